// Samples, their weights, and their order.
#include "engine/learn/data.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/core/random.h"

namespace vitrine::learn {

Rows::Rows(const Shape& sample, std::vector<float> values) : sample_(sample) {
  const auto size = sample.elements();
  const auto given = static_cast<std::int64_t>(values.size());
  if (size == 0 || given % size != 0) {
    throw ShapeError({"rows", "are no whole number of samples", "a multiple of " + to_text(size), to_text(given),
                      "Check the shape of one sample: " + text_of(sample) + "."});
  }
  count_ = given / size;
  values_ = std::make_shared<const std::vector<float>>(std::move(values));
}

std::span<const float> Rows::values() const {
  if (values_ == nullptr) return {};
  const std::int64_t size = sample_.elements();
  return std::span(*values_).subspan(static_cast<std::size_t>(first_ * size), static_cast<std::size_t>(count_ * size));
}

std::span<const float> Rows::operator[](std::int64_t row) const {
  VITRINE_ASSERT(row >= 0 && row < count_);
  const auto size = static_cast<std::size_t>(sample_.elements());
  return values().subspan(static_cast<std::size_t>(row) * size, size);
}

Rows Rows::part(std::int64_t first, std::int64_t count) const {
  VITRINE_ASSERT(first >= 0 && count >= 0 && first + count <= count_);
  Rows rows = *this;
  rows.first_ += first;
  rows.count_ = count;
  return rows;
}

Data Data::part(std::int64_t first, std::int64_t size) const {
  Data some;
  for (const Rows& rows : x) some.x.push_back(rows.part(first, size));
  for (const Rows& rows : y) some.y.push_back(rows.part(first, size));
  if (!weights.empty()) some.weights.assign(weights.begin() + first, weights.begin() + first + size);
  return some;
}

void expect_even(const Data& data) {
  const auto refuse = [&](std::string_view what, std::int64_t got) {
    throw ShapeError({std::string(what), "has another number of samples than the first input", to_text(data.count()),
                      to_text(got), "Give one for each sample."});
  };
  for (const Rows& rows : data.x) {
    if (rows.count() != data.count()) refuse("an input", rows.count());
  }
  for (const Rows& rows : data.y) {
    if (rows.count() != data.count()) refuse("an output", rows.count());
  }
  const auto weighted = static_cast<std::int64_t>(data.weights.size());
  if (weighted != 0 && weighted != data.count()) refuse("the list of weights", weighted);
}

std::vector<float> sample_weights(const Data& data, const ClassWeights& classes) {
  if (classes.empty()) return data.weights;
  VITRINE_ASSERT(!data.y.empty());
  std::vector<float> weights = data.weights;
  weights.resize(static_cast<std::size_t>(data.count()), 1);
  for (std::int64_t row = 0; row < data.count(); ++row) {
    const std::span<const float> label = data.y[0][row];
    const auto largest = std::ranges::max_element(label) - label.begin();
    const std::int64_t number = label.size() == 1 ? static_cast<std::int64_t>(label[0]) : largest;
    const auto found = classes.find(number);
    if (found == classes.end()) {
      throw UsageError(
          {"class weights", "lack a class that occurs", "a weight for every class", to_text(number), "Add it."});
    }
    weights[static_cast<std::size_t>(row)] *= static_cast<float>(found->second);
  }
  return weights;
}

void shuffle(std::span<std::int64_t> order, std::uint64_t seed, std::int64_t round) {
  constexpr std::size_t kAtOnce = 16;
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t left = order.size(); left > 1;) {
    const std::size_t first = left > kAtOnce ? left - kAtOnce + 1 : 1;
    const auto words = random::first_words<kAtOnce>(seed, static_cast<std::uint32_t>(round), first);
    for (; left >= std::max(first, std::size_t{2}); --left) {
      // The high half of a product spreads 32 random bits over `left` places; its unevenness is below left / 2³².
      const auto place = static_cast<std::size_t>((std::uint64_t{words[left - first]} * left) >> 32);
      std::swap(order[left - 1], order[place]);
    }
  }
}

}  // namespace vitrine::learn
