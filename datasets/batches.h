// Batches hand out a split's items some at a time: shuffled anew for every round by (seed, round), augmented, scaled,
// and written into memory that the caller owns. Making Batches allocates; handing out does not. A round can be started
// at any place, so a run continues where it was saved.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "datasets/augment.h"
#include "datasets/dataset.h"
#include "datasets/scaling.h"

namespace vitrine::datasets {

struct BatchRecipe {
  std::size_t size = 32;
  std::uint64_t seed = 1;
  bool shuffled = true;   // false: every round in the order given
  bool only_full = true;  // a last batch that is not full is left out, as plans of a fixed shape need it
  Augment augment = {};
  Scaling scaling = {};  // after the augmentation, which thinks in the units of the data
};

class Batches {
 public:
  Batches(Dataset data, std::span<const ItemId> items, BatchRecipe recipe);

  std::size_t size() const { return recipe_.size; }
  std::size_t per_round() const;  // batches
  void start(std::uint32_t round, std::size_t batch = 0);
  std::uint32_t round() const { return round_; }
  std::size_t batch() const { return next_ / recipe_.size; }  // of this round, the next one

  // Fills `values` (size × item) and `labels`, each in the batch's order, and answers the items, whose memory lives
  // until the next call of start. Empty at the end of the round.
  std::span<const ItemId> next(std::span<float> values, std::span<float> labels);

 private:
  Dataset data_;
  BatchRecipe recipe_;
  std::vector<ItemId> given_, order_;
  std::vector<float> scratch_;
  std::uint32_t round_ = 0;
  std::size_t next_ = 0;
};

}  // namespace vitrine::datasets
