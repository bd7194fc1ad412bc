// One entry a way to go wrong.
#include "datasets/anomaly/injection.h"

#include <algorithm>
#include <array>

#include "engine/core/math_power.h"

namespace vitrine::datasets {
namespace {

constexpr float kSpikeHeight = 5;   // deviations: a spike is short, so it must be high to be as large as the others
constexpr float kGapShare = 0.15f;  // of the row, at strength 1

float deviation_of(std::span<const float> row) {
  const auto count = static_cast<float>(std::max<std::size_t>(1, row.size()));
  float mean = 0, square = 0;
  for (const float value : row) mean += value / count;
  for (const float value : row) square += (value - mean) * (value - mean) / count;
  return square > 0 ? math::square_root(square) : 1;  // a flat row can be spoiled, too
}

std::size_t place_in(std::size_t count, random::Draw& draw) {
  return std::min(count - 1, static_cast<std::size_t>(draw.uniform() * static_cast<float>(count)));
}

float sign(random::Draw& draw) {
  return draw.uniform() < 0.5f ? -1.0f : 1.0f;
}

void spike(std::span<float> row, float strength, random::Draw& draw) {
  const std::size_t at = place_in(row.size(), draw);
  const float height = sign(draw) * strength * kSpikeHeight * deviation_of(row);
  row[at] += height;
  if (at > 0) row[at - 1] += height / 2;
  if (at + 1 < row.size()) row[at + 1] += height / 2;
}

void drift(std::span<float> row, float strength, random::Draw& draw) {
  const float end = sign(draw) * 2 * strength * deviation_of(row);
  const auto last = static_cast<float>(std::max<std::size_t>(1, row.size() - 1));
  for (std::size_t i = 0; i < row.size(); ++i) row[i] += end * static_cast<float>(i) / last;
}

// Nothing was recorded for a while: the last value stays.
void gap(std::span<float> row, float strength, random::Draw& draw) {
  const float wanted = strength * kGapShare * static_cast<float>(row.size());
  const auto length = std::min(row.size(), static_cast<std::size_t>(wanted));
  if (length == 0) return;
  const std::size_t start = place_in(row.size() - length + 1, draw);
  const float held = row[start];
  for (std::size_t i = start; i < start + length; ++i) row[i] = held;
}

void noise(std::span<float> row, float strength, random::Draw& draw) {
  const float deviation = strength * deviation_of(row);
  for (float& value : row) value += deviation * draw.normal();
}

}  // namespace

std::span<const Injection> injections() {
  static constexpr std::array kAll{
      Injection{"spike", "Spike", "One short peak, up or down.", spike},
      Injection{"drift", "Drift", "The line rises or falls from the first step to the last.", drift},
      Injection{"gap", "Gap", "For a while the last value stays.", gap},
      Injection{"noise", "Noise", "Chance is added to every step.", noise},
  };
  return kAll;
}

const Injection* find_injection(std::string_view id) {
  const auto all = injections();
  const auto found = std::ranges::find(all, id, &Injection::id);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace vitrine::datasets
