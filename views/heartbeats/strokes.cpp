// Straight lines, bells, and one pass of 1 2 1.
#include "views/heartbeats/strokes.h"

#include <algorithm>
#include <cmath>

namespace vitrine::views::heartbeats {
namespace {

constexpr double kReachShare = 0.04;  // of the beat: how wide the bell of a bend is

}  // namespace

void draw_stroke(std::span<float> beat, const Place& from, const Place& to) {
  if (beat.empty()) return;
  const auto last = static_cast<double>(beat.size() - 1);
  const Place& left = from.step <= to.step ? from : to;
  const Place& right = from.step <= to.step ? to : from;
  const double width = right.step - left.step;
  const double first = std::max(0.0, std::round(left.step)), end = std::min(last, std::round(right.step));
  for (double step = first; step <= end; ++step) {
    const double along = width > 0 ? std::clamp((step - left.step) / width, 0.0, 1.0) : 1;
    const double value = width > 0 ? left.value + (right.value - left.value) * along : to.value;
    beat[static_cast<std::size_t>(step)] = static_cast<float>(value);
  }
}

void bend(std::span<float> beat, double step, double by) {
  const double reach = std::max(1.0, kReachShare * static_cast<double>(beat.size()));
  for (std::size_t i = 0; i < beat.size(); ++i) {
    const double away = (static_cast<double>(i) - step) / reach;
    beat[i] += static_cast<float>(by / (1 + away * away * away * away));
  }
}

void smooth(std::span<float> beat) {
  float before = beat.empty() ? 0 : beat.front();
  for (std::size_t i = 0; i < beat.size(); ++i) {
    const float here = beat[i], after = i + 1 < beat.size() ? beat[i + 1] : here;
    beat[i] = (before + 2 * here + after) / 4;
    before = here;
  }
}

}  // namespace vitrine::views::heartbeats
