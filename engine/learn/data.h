// Rows are samples of one shape, one after the other; copies share the numbers. Data is what a model learns from: rows
// for each of its inputs and outputs, and how much each sample counts.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "engine/tensor/shape.h"

namespace vitrine::learn {

class Rows {
 public:
  Rows() = default;
  Rows(const Shape& sample, std::vector<float> values);  // ShapeError where they are no whole number of samples
  std::int64_t count() const { return count_; }
  const Shape& sample() const { return sample_; }
  std::span<const float> values() const;
  std::span<const float> operator[](std::int64_t row) const;
  bool same_numbers(const Rows& other) const {  // not equal ones: the very same
    return values_ == other.values_ && first_ == other.first_ && sample_ == other.sample_;
  }
  Rows part(std::int64_t first, std::int64_t count) const;  // the same numbers, no copy

 private:
  Shape sample_;
  std::int64_t first_ = 0, count_ = 0;
  std::shared_ptr<const std::vector<float>> values_;
};

struct Data {
  std::vector<Rows> x, y;
  std::vector<float> weights{};  // one for each sample; none: 1

  std::int64_t count() const { return x.empty() ? 0 : x[0].count(); }
  Data part(std::int64_t first, std::int64_t count) const;
};
void expect_even(const Data& data);  // ShapeError where counts differ

// The weight of each sample times that of its class, which the first labels say: a number, or the place of the largest.
using ClassWeights = std::map<std::int64_t, double>;
std::vector<float> sample_weights(const Data& data, const ClassWeights& classes);

// 0 … count - 1 in an order that follows from seed and round alone.
void shuffle(std::span<std::int64_t> order, std::uint64_t seed, std::int64_t round);

}  // namespace vitrine::learn
