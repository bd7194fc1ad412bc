// The baselines that data sets are held against, written plainly: area under the curve, distance from the mean,
// distance from the plane of the first principal components, nearest neighbour.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/scaling.h"

namespace vitrine::datasets {

struct Sample {  // all items of a set, one behind the other
  std::size_t width = 0;
  std::vector<float> values;
  std::vector<std::size_t> classes;
  std::span<const float> item(std::size_t i) const { return std::span(values).subspan(i * width, width); }
};
Sample sample_of(const Dataset& data, const Scaling& scaling = {});
std::vector<ItemId> all_items(const Dataset& data);

// How often a positive scores above a negative; ties count half.
double area_under_curve(std::span<const double> scores, const std::vector<bool>& positive);

struct Baselines {
  double mean_beat, pca;  // areas under the curve: normal (class 0) against all others
};
Baselines baselines(const Sample& train, const Sample& test, std::size_t components);

// The share of `asked` whose nearest item of `known` is of the same class.
double nearest_neighbour_accuracy(const Sample& known, const Sample& asked);

}  // namespace vitrine::datasets
