// Time, steps or fields first, then the curves.
#include "views/heartbeats/beat_csv.h"

#include "app/ui/offers.h"
#include "engine/core/number.h"
#include "views/heartbeats/time_axis.h"

namespace vitrine::views::heartbeats {
namespace {

std::string place_of(const TimeAxis& time, std::size_t step) {
  if (step < time.names().size()) return ui::csv_field(time.names()[step]);
  return time.counts().empty() ? to_text(time.seconds()[step]) : to_text(time.counts()[step]);
}

}  // namespace

std::vector<float> squared_errors(std::span<const float> recorded, std::span<const float> rebuilt) {
  std::vector<float> squares;
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    const float away = recorded[i] - rebuilt[i];
    squares.push_back(away * away);
  }
  return squares;
}

std::string curves_csv(const Snapshot& s, std::span<const NamedCurve> curves) {
  const TimeAxis time(s);
  std::string out(time.what());
  for (const auto& [name, values] : curves)
    if (!values.empty()) out += "," + ui::csv_field(name);
  out += '\n';
  for (std::size_t i = 0; i < s.beats->width; ++i) {
    out += place_of(time, i);
    for (const auto& [name, values] : curves)
      if (!values.empty()) out += "," + to_text(values[i]);
    out += '\n';
  }
  return out;
}

}  // namespace vitrine::views::heartbeats
