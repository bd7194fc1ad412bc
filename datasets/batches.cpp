// Orders, cuts and fills.
#include "datasets/batches.h"

#include <algorithm>
#include <utility>

#include "datasets/split.h"
#include "engine/core/assert.h"

namespace vitrine::datasets {

Batches::Batches(Dataset data, std::span<const ItemId> items, BatchRecipe recipe)
    : data_(std::move(data)), recipe_(std::move(recipe)), given_(items.begin(), items.end()), order_(given_) {
  VITRINE_ASSERT(recipe_.size > 0);
  if (recipe_.augment.any()) scratch_.resize(data_.info().shape.size());
  start(0);
}

std::size_t Batches::per_round() const {
  return recipe_.only_full ? order_.size() / recipe_.size : (order_.size() + recipe_.size - 1) / recipe_.size;
}

void Batches::start(std::uint32_t round, std::size_t batch) {
  VITRINE_ASSERT(batch <= per_round());
  round_ = round;
  next_ = batch * recipe_.size;
  if (!recipe_.shuffled) return;
  // From the order given, not from the last one: a round's order must not depend on the rounds before.
  std::ranges::copy(given_, order_.begin());
  shuffle(order_, recipe_.seed, round);
}

std::span<const ItemId> Batches::next(std::span<float> values, std::span<float> labels) {
  const std::size_t left = order_.size() - std::min(next_, order_.size());
  const std::size_t count = std::min(left, recipe_.size);
  if (count == 0 || (recipe_.only_full && count < recipe_.size)) return {};
  const ItemShape& shape = data_.info().shape;
  const std::size_t each = shape.size();
  VITRINE_ASSERT(values.size() >= count * each && labels.size() >= count);
  const auto items = std::span<const ItemId>(order_).subspan(next_, count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = values.subspan(i * each, each);
    data_.read(items[i], place);
    augment(recipe_.augment, shape, recipe_.seed, round_, items[i], place, scratch_);
    recipe_.scaling.apply(place);
    labels[i] = data_.label(items[i]);
  }
  next_ += count;
  return items;
}

}  // namespace vitrine::datasets
