// Augmentation shows a network variations of an item that mean the same: a picture moved, mirrored or lit differently,
// a beat a little earlier, taller or noisier. Which variation it is follows from (seed, round, item) alone, so a run
// that is repeated sees the same pictures.
#pragma once

#include <cstdint>
#include <span>

#include "datasets/dataset.h"

namespace vitrine::datasets {

struct Augment {
  int shift = 0;         // pixels or samples to any side; what enters repeats the edge
  bool mirror = false;   // pictures: left and right change places every other time
  float brightness = 0;  // deviation of a factor on all numbers
  float noise = 0;       // deviation of what is added to every number
  bool any() const { return shift > 0 || mirror || brightness > 0 || noise > 0; }
};

// Changes one item in place. `scratch` is as large and is overwritten.
void augment(const Augment& how, const ItemShape& shape, std::uint64_t seed, std::uint32_t round, ItemId item,
             std::span<float> values, std::span<float> scratch);

}  // namespace vitrine::datasets
