// A ThresholdRule chooses above which score an item is flagged, declared once: its name, what it means, whether it
// needs labels. Rules with labels try every cut between two scores; the others only look at how the scores of the items
// that were learnt from are spread, as one has to where nobody labels anything.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vitrine::datasets {

struct Evidence {
  std::span<const float> scores{};            // of labelled items that nothing was learnt from
  std::span<const std::uint8_t> anomalous{};  // their labels
  std::span<const float> learnt{};            // scores of the items that were learnt from
  double beta = 1;                            // of F-beta
  double price_of_miss = 5;                   // where a false alarm costs 1
  double percentile = 95;                     // of the scores learnt
  double sigmas = 3;                          // above their mean
  double risk = 0.01;                         // extreme value: the share of normal items that may be flagged
};

struct ThresholdRule {
  std::string_view id, label, meaning;
  bool needs_labels;
  double (*choose)(const Evidence& evidence);
};

std::span<const ThresholdRule> threshold_rules();
const ThresholdRule* find_threshold_rule(std::string_view id);  // null when there is none

}  // namespace vitrine::datasets
