// A Split divides a data set's items into those to learn from, those to tune with and those to judge by. A seed names
// it exactly; with labels that are classes, every class is divided in the same shares, so that a rare class is in each
// part.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

struct SplitRecipe {
  std::uint64_t seed = 1;
  int train_percent = 80, validation_percent = 0;  // the rest is for the test
};

struct Split {
  std::vector<ItemId> train, validation, test;
};

Split split(const Dataset& data, const SplitRecipe& recipe);

// Puts items into an order that (seed, round) names: the same on every machine, another one every round.
void shuffle(std::span<ItemId> items, std::uint64_t seed, std::uint32_t round);

}  // namespace vitrine::datasets
