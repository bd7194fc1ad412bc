// Judging is comparing scores with what is known: an item whose score lies above a threshold is flagged, and a flag is
// right where the item is an anomaly. Nothing here knows where scores come from.
#pragma once

#include <cstdint>
#include <span>

namespace vitrine::datasets {

// How flags and truth fall together. Shares of nothing are 0.
struct Verdicts {
  std::int64_t hits = 0, misses = 0, false_alarms = 0, passes = 0;

  std::int64_t all() const { return hits + misses + false_alarms + passes; }
  double accuracy() const;
  double precision() const;
  double recall() const;
  double f_beta(double beta) const;  // above 1, recall counts more
};

Verdicts verdicts(std::span<const float> scores, std::span<const std::uint8_t> anomalous, double threshold);

// How often an anomaly scores above a normal item; ties count half. One half where one of the two is absent.
double area_under_curve(std::span<const float> scores, std::span<const std::uint8_t> anomalous);

}  // namespace vitrine::datasets
