// A Scaling brings the numbers of items into a range that a network learns from: y = (x - offset) * factor, with one
// pair for all numbers or one pair for each number of an item. It is fitted on the items to learn from and then applied
// to all, so that nothing of the test leaks into training; undo brings a network's answer back into the units of the
// data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

enum class ScalingKind : std::uint8_t {
  none,
  range_per_step,  // every number of an item from its least to its greatest, to 0 … 1
  range,           // one least and one greatest for all numbers
  standard,        // every number to mean 0 and deviation 1
  robust,          // every number to median 0 and a middle half as wide as that of a normal distribution
};

struct ScalingName {
  ScalingKind kind;
  std::string_view id, label, meaning;
};
std::span<const ScalingName> scaling_names();

class Scaling {
 public:
  struct Range {  // what becomes 0 and what becomes 1: one pair, or one for each number of an item
    std::vector<float> low, high;
  };
  Scaling() = default;  // leaves numbers as they are
  static Scaling fitted(ScalingKind kind, const Dataset& data, std::span<const ItemId> items);
  static Scaling from_range(const Range& range);  // pairs that somebody else fitted

  void apply(std::span<float> values) const;  // whole items, one behind the other
  void undo(std::span<float> values) const;
  std::span<const float> offsets() const { return offset_; }  // empty, one, or one for each number
  std::span<const float> factors() const { return factor_; }

 private:
  std::vector<float> offset_, factor_;
};

}  // namespace vitrine::datasets
