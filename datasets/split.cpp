// Stratified division by counted random numbers.
#include "datasets/split.h"

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/core/random.h"

namespace vitrine::datasets {
namespace {

constexpr std::uint64_t kShuffleKey = 0x5368756666'6C65ull;  // keeps these numbers apart from other uses of a seed

// Items of each class, in order; all in one list when there are no classes.
std::vector<std::vector<ItemId>> strata(const Dataset& data) {
  std::vector<std::vector<ItemId>> lists(std::max<std::size_t>(1, data.info().classes.size()));
  const bool classes = data.info().task == Task::classify;
  for (ItemId item = 0; item < data.size(); ++item) lists[classes ? data.class_of(item) : 0].push_back(item);
  return lists;
}

}  // namespace

void shuffle(std::span<ItemId> items, std::uint64_t seed, std::uint32_t round) {
  random::Draw draw(seed ^ kShuffleKey, round, 0);
  for (std::size_t left = items.size(); left > 1; --left) {
    // The high half of a product spreads 2^32 words over `left` places as evenly as whole words can.
    const std::uint64_t place = std::uint64_t{draw.word()} * left >> 32;
    std::swap(items[left - 1], items[static_cast<std::size_t>(place)]);
  }
}

Split split(const Dataset& data, const SplitRecipe& recipe) {
  const int train = recipe.train_percent, validation = recipe.validation_percent;
  if (train < 0 || validation < 0 || train > 100 || validation > 100 - train) {
    throw UsageError({"the split", "its shares do not fit into the whole",
                      "shares from 0 to 100 % that add to at most 100",
                      to_text(std::int64_t{train}) + " % and " + to_text(std::int64_t{validation}) + " %",
                      "Choose smaller shares."});
  }
  Split parts;
  std::uint32_t stratum = 0;
  // Shares are rounded over the running total, not class by class: small classes would otherwise all round the same
  // way.
  std::size_t seen = 0, trained = 0, validated = 0;
  for (std::vector<ItemId>& items : strata(data)) {
    shuffle(items, recipe.seed, stratum++);
    seen += items.size();
    const auto due = [&](int percent) { return (seen * static_cast<std::size_t>(percent) + 50) / 100; };
    const std::size_t first = std::min(items.size(), due(train) - trained);
    const std::size_t second = std::min(items.size(), due(train + validation) - trained - validated);
    const auto at = [&](std::size_t n) { return items.begin() + static_cast<std::ptrdiff_t>(n); };
    parts.train.insert(parts.train.end(), at(0), at(first));
    parts.validation.insert(parts.validation.end(), at(first), at(std::max(first, second)));
    parts.test.insert(parts.test.end(), at(std::max(first, second)), items.end());
    trained = parts.train.size(), validated = parts.validation.size();
  }
  for (std::vector<ItemId>* part : {&parts.train, &parts.validation, &parts.test})
    shuffle(*part, recipe.seed, stratum++);
  return parts;
}

}  // namespace vitrine::datasets
