// Pairs of offset and factor from the numbers of many items, one pass for each kind.
#include "datasets/scaling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/assert.h"
#include "engine/core/error.h"

namespace vitrine::datasets {
namespace {

using Range = Scaling::Range;

// A number that never changes tells nothing: it is moved to 0 and left at its size.
float factor_for(double width) {
  return width > 0 && std::isfinite(width) ? static_cast<float>(1 / width) : 1.0f;
}

template <class Use>
void for_each_item(const Dataset& data, std::span<const ItemId> items, Use use) {
  std::vector<float> values(data.info().shape.size());
  for (const ItemId item : items) {
    data.read(item, values);
    use(std::span<const float>(values));
  }
}

Range range_of(const Dataset& data, std::span<const ItemId> items) {
  const std::size_t n = data.info().shape.size();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  Range range{std::vector<float>(n, kInfinity), std::vector<float>(n, -kInfinity)};
  for_each_item(data, items, [&](std::span<const float> values) {
    for (std::size_t i = 0; i < n; ++i) {
      range.low[i] = std::min(range.low[i], values[i]);
      range.high[i] = std::max(range.high[i], values[i]);
    }
  });
  return range;
}

// A quantile by linear interpolation between the two nearest of the sorted values.
double quantile(std::span<const float> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return static_cast<double>(sorted[below]) * (1 - part) + static_cast<double>(sorted[above]) * part;
}

// From the mean to one deviation above it. Two passes: a variance from sums of squares loses what it subtracts.
Range standard_range(const Dataset& data, std::span<const ItemId> items) {
  const std::size_t n = data.info().shape.size();
  const double count = static_cast<double>(items.size());
  std::vector<double> mean(n), variance(n);
  for_each_item(data, items, [&](std::span<const float> values) {
    for (std::size_t i = 0; i < n; ++i) mean[i] += static_cast<double>(values[i]) / count;
  });
  for_each_item(data, items, [&](std::span<const float> values) {
    for (std::size_t i = 0; i < n; ++i) {
      const double away = static_cast<double>(values[i]) - mean[i];
      variance[i] += away * away / count;
    }
  });
  Range range;
  for (std::size_t i = 0; i < n; ++i) {
    range.low.push_back(static_cast<float>(mean[i]));
    range.high.push_back(static_cast<float>(mean[i] + std::sqrt(variance[i])));
  }
  return range;
}

// From the median to as far above it as one deviation of a normal distribution with the same middle half.
Range robust_range(const Dataset& data, std::span<const ItemId> items) {
  constexpr double kMiddleHalf = 1.3489795003921634;  // in deviations of a normal distribution
  constexpr std::size_t kSample = 4096;               // medians need all values side by side; so many settle them
  const std::size_t n = data.info().shape.size(), pace = (items.size() + kSample - 1) / kSample;
  std::vector<ItemId> sample;
  for (std::size_t i = 0; i < items.size(); i += pace) sample.push_back(items[i]);
  std::vector<float> all, step(sample.size());
  all.reserve(sample.size() * n);
  for_each_item(data, sample,
                [&](std::span<const float> values) { all.insert(all.end(), values.begin(), values.end()); });
  Range range;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < step.size(); ++k) step[k] = all[k * n + i];
    std::ranges::sort(step);
    const double middle = quantile(step, 0.5);
    range.low.push_back(static_cast<float>(middle));
    range.high.push_back(static_cast<float>(middle + (quantile(step, 0.75) - quantile(step, 0.25)) / kMiddleHalf));
  }
  return range;
}

}  // namespace

std::span<const ScalingName> scaling_names() {
  static constexpr std::array<ScalingName, 5> kNames{{
      {ScalingKind::none, "none", "As it is", "Numbers go to the network as they lie in the data."},
      {ScalingKind::range_per_step, "step", "Range of each step",
       "Every step of an item is brought to 0 … 1 by its own least and greatest value."},
      {ScalingKind::range, "range", "Range of all",
       "All numbers are brought to 0 … 1 by one least and one greatest value."},
      {ScalingKind::standard, "standard", "Standard", "Every step has mean 0 and deviation 1."},
      {ScalingKind::robust, "robust", "Robust", "Every step has median 0; far outliers do not count."},
  }};
  return kNames;
}

Scaling Scaling::from_range(const Range& range) {
  VITRINE_ASSERT(range.low.size() == range.high.size());
  Scaling scaling;
  scaling.offset_ = range.low;
  for (std::size_t i = 0; i < range.low.size(); ++i) {
    scaling.factor_.push_back(factor_for(static_cast<double>(range.high[i]) - static_cast<double>(range.low[i])));
  }
  return scaling;
}

Scaling Scaling::fitted(ScalingKind kind, const Dataset& data, std::span<const ItemId> items) {
  if (kind == ScalingKind::none) return {};
  if (items.empty()) {
    throw UsageError({data.info().label, "there is nothing to fit the scaling on", "at least one item", "none",
                      "Give training a larger share."});
  }
  if (kind == ScalingKind::standard) return from_range(standard_range(data, items));
  if (kind == ScalingKind::robust) return from_range(robust_range(data, items));
  const Range range = range_of(data, items);
  if (kind == ScalingKind::range_per_step) return from_range(range);
  return from_range(Range{{*std::ranges::min_element(range.low)}, {*std::ranges::max_element(range.high)}});
}

void Scaling::apply(std::span<float> values) const {
  const std::size_t n = offset_.size();
  for (std::size_t i = 0; n > 0 && i < values.size(); ++i) values[i] = (values[i] - offset_[i % n]) * factor_[i % n];
}

void Scaling::undo(std::span<float> values) const {
  const std::size_t n = offset_.size();
  for (std::size_t i = 0; n > 0 && i < values.size(); ++i) values[i] = values[i] / factor_[i % n] + offset_[i % n];
}

}  // namespace vitrine::datasets
