// Words and curves for each of the three.
#include "views/heartbeats/staged.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/ui/number.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

std::string verdict_of(float score, double threshold) {
  const bool flagged = static_cast<double>(score) > threshold;
  return std::string(flagged ? "flagged" : "passes") + ": error " + ui::number_text(static_cast<double>(score)) +
         (flagged ? " above " : " up to ") + ui::number_text(threshold);
}

std::string point_text(const std::vector<float>& code) {
  std::string text;
  for (const float value : code) text += (text.empty() ? "" : ", ") + ui::number_text(static_cast<double>(value));
  return text;
}

// A step on average, in the numbers of the plot, so that it can be seen there.
std::string change_words(const Change& change, const std::vector<float>& recorded) {
  const double steps = static_cast<double>(std::max<std::size_t>(1, recorded.size()));
  return "Hide change, " + ui::number_text(change.size / std::sqrt(steps)) + " a step";
}

}  // namespace

Staged staged(const Snapshot& s, std::size_t beat) {
  if (s.probe && s.probe->recorded.empty())
    return {.title = "Decoded", .name = "(" + point_text(s.probe->code) + ")", .rebuilt = s.probe->rebuilt};
  if (s.probe)
    return {.title = "Your beat",
            .recorded = s.probe->recorded,
            .rebuilt = s.probe->rebuilt,
            .verdict = verdict_of(s.probe->score, s.validation->threshold)};
  if (static_cast<const Settings*>(s.settings.get())->shows == Shows::timing) return {.title = "On this machine"};
  if (s.program) return {.title = "As a program"};
  const std::size_t width = s.beats->width;
  const Rows& rows = s.beats->validation;
  const auto row_of = [&](const std::vector<float>& values) {
    const auto row = std::span(values).subspan(beat * width, width);
    return std::vector<float>(row.begin(), row.end());
  };
  const std::size_t kind = rows.kinds[beat];
  const float score = s.validation->rebuilt.scores[beat];
  Staged now{.title = "Beat " + to_text(static_cast<std::int64_t>(beat)),
             .name = kind < s.beats->kinds.size() ? s.beats->kinds[kind] : "",
             .category = rows.anomalous[beat] != 0 ? 1 : 0,
             .recorded = row_of(rows.values),
             .rebuilt = row_of(s.validation->rebuilt.values),
             .verdict = verdict_of(score, s.validation->threshold)};
  if (!(static_cast<double>(score) > s.validation->threshold)) return now;
  now.flagged = static_cast<std::int64_t>(beat);
  if (now.flagged != static_cast<const Settings*>(s.settings.get())->change) return now;
  now.change = s.passing ? change_words(s.passing->change, now.recorded) : "No change passes";
  if (s.passing) now.passing = s.passing->change.beat;
  return now;
}

}  // namespace vitrine::views::heartbeats
