// The baselines, by textbook.
#include "tests/datasets/baselines.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vitrine::datasets {
namespace {

using Vector = std::vector<double>;

double product(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Vector away_from(std::span<const float> item, const Vector& mean) {
  Vector away(item.begin(), item.end());
  for (std::size_t i = 0; i < away.size(); ++i) away[i] -= mean[i];
  return away;
}

Vector mean_of_normal(const Sample& sample) {
  Vector mean(sample.width);
  double count = 0;
  for (std::size_t i = 0; i < sample.classes.size(); ++i) {
    if (sample.classes[i] != 0) continue;
    const auto item = sample.item(i);
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += static_cast<double>(item[k]);
    ++count;
  }
  for (double& value : mean) value /= count;
  return mean;
}

// Power iteration on the covariance of normal items, each axis kept at right angles to those before.
std::vector<Vector> principal_axes(const Sample& sample, const Vector& mean, std::size_t components) {
  const std::size_t n = mean.size();
  std::vector<Vector> covariance(n, Vector(n));
  for (std::size_t i = 0; i < sample.classes.size(); ++i) {
    if (sample.classes[i] != 0) continue;
    const Vector away = away_from(sample.item(i), mean);
    for (std::size_t r = 0; r < n; ++r) {
      for (std::size_t c = 0; c < n; ++c) covariance[r][c] += away[r] * away[c];
    }
  }
  std::vector<Vector> axes;
  while (axes.size() < components) {
    Vector axis(n, 1);
    axis[axes.size()] += 1;
    for (int turn = 0; turn < 300; ++turn) {
      Vector next(n);
      for (std::size_t r = 0; r < n; ++r) next[r] = product(covariance[r], axis);
      for (const Vector& other : axes) {
        const double along = product(next, other);
        for (std::size_t r = 0; r < n; ++r) next[r] -= along * other[r];
      }
      const double length = std::sqrt(product(next, next));
      for (std::size_t r = 0; r < n; ++r) axis[r] = next[r] / length;
    }
    axes.push_back(axis);
  }
  return axes;
}

}  // namespace

std::vector<ItemId> all_items(const Dataset& data) {
  std::vector<ItemId> items(data.size());
  std::iota(items.begin(), items.end(), ItemId{0});
  return items;
}

Sample sample_of(const Dataset& data, const Scaling& scaling) {
  const std::size_t n = data.info().shape.size();
  Sample sample{n, std::vector<float>(data.size() * n), {}};
  for (const ItemId item : all_items(data)) {
    data.read(item, std::span(sample.values).subspan(item * n, n));
    sample.classes.push_back(data.class_of(item));
  }
  scaling.apply(sample.values);
  return sample;
}

double area_under_curve(std::span<const double> scores, const std::vector<bool>& positive) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return scores[i]; });
  double rank_sum = 0, positives = 0;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last < order.size() && scores[order[last]] == scores[order[first]]) ++last;
    const double rank = static_cast<double>(first + last + 1) / 2;  // the mean rank of the tie, from 1
    for (; first < last; ++first) {
      if (positive[order[first]]) rank_sum += rank, ++positives;
    }
  }
  const double negatives = static_cast<double>(scores.size()) - positives;
  return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives);
}

Baselines baselines(const Sample& train, const Sample& test, std::size_t components) {
  const Vector mean = mean_of_normal(train);
  const std::vector<Vector> axes = principal_axes(train, mean, components);
  std::vector<double> whole, rest;
  std::vector<bool> ill;
  for (std::size_t i = 0; i < test.classes.size(); ++i) {
    const Vector away = away_from(test.item(i), mean);
    whole.push_back(product(away, away));
    rest.push_back(whole.back());
    for (const Vector& axis : axes) rest.back() -= product(away, axis) * product(away, axis);
    ill.push_back(test.classes[i] != 0);
  }
  return {area_under_curve(whole, ill), area_under_curve(rest, ill)};
}

double nearest_neighbour_accuracy(const Sample& known, const Sample& asked) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < asked.classes.size(); ++i) {
    const auto item = asked.item(i);
    float least = std::numeric_limits<float>::infinity();
    std::size_t found = 0;
    for (std::size_t k = 0; k < known.classes.size(); ++k) {
      const auto other = known.item(k);
      float away = 0;
      for (std::size_t t = 0; t < item.size(); ++t) away += (item[t] - other[t]) * (item[t] - other[t]);
      if (away < least) least = away, found = known.classes[k];
    }
    right += found == asked.classes[i] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(asked.classes.size());
}

}  // namespace vitrine::datasets
