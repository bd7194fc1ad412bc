// Objectives as compositions; their gradients follow. Probabilities are kept 1e-7 away from 0 and 1.
#include "engine/ops/objective.h"

#include <limits>
#include <map>

#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/normal.h"
#include "engine/ops/order.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

constexpr float kLargest = std::numeric_limits<float>::max();

Integers last(const Tensor& x) {
  return {resolved_axis("objective", x, -1)};
}
std::int64_t classes_of(const Tensor& x) {
  return x.shape()[static_cast<int>(last(x)[0])];
}
Tensor mean_last(const Tensor& x) {
  return mean(x, last(x));
}
Tensor sum_last(const Tensor& x) {
  return sum(x, last(x));
}
Tensor one(const Tensor& x) {
  return like(x, 1);
}
Tensor probability(const Tensor& p) {
  return clip(p, kObjectiveEpsilon, 1 - kObjectiveEpsilon);
}
Tensor truth_number(const Tensor& x) {
  return cast(x, DType::float32);
}

Tensor squared_error(const Tensor& t, const Tensor& p) {
  return mean_last(squared_difference(p, t));
}
Tensor absolute_error(const Tensor& t, const Tensor& p) {
  return mean_last(abs(p - t));
}
Tensor percentage_error(const Tensor& t, const Tensor& p) {
  return 100.0f * mean_last(abs((t - p) / clip(abs(t), kObjectiveEpsilon, kLargest)));
}
Tensor logarithmic_error(const Tensor& t, const Tensor& p) {
  const auto logarithm = [](const Tensor& x) { return log1p(clip(x, kObjectiveEpsilon, kLargest)); };
  return mean_last(squared_difference(logarithm(p), logarithm(t)));
}
Tensor hinge(const Tensor& t, const Tensor& p) {
  return mean_last(relu(one(p) - t * p));
}
Tensor squared_hinge(const Tensor& t, const Tensor& p) {
  return mean_last(square(relu(one(p) - t * p)));
}
Tensor categorical_hinge(const Tensor& t, const Tensor& p) {
  const Tensor wrong = max((one(t) - t) * p, last(p));
  return relu(one(p) + (wrong - sum_last(t * p)));
}
Tensor log_cosh(const Tensor& t, const Tensor& p) {
  const Tensor x = p - t;
  return mean_last(x + softplus(-2.0f * x) - like(x, 0.693147181f));
}
Tensor categorical_cross_entropy(const Tensor& t, const Tensor& p) {
  const Tensor shares = p / sum(p, last(p), true);
  return neg(sum_last(t * log(probability(shares))));
}
Tensor sparse_cross_entropy(const Tensor& t, const Tensor& p) {
  const std::int64_t classes = classes_of(p);
  const Shape lead(p.shape().extents().first(static_cast<std::size_t>(p.shape().rank() - 1)));
  const Tensor labels = one_hot(cast(reshape(t, lead), DType::int32), classes, 1, 0, DType::float32);
  return categorical_cross_entropy(labels, probability(p));
}
Tensor binary_cross_entropy(const Tensor& t, const Tensor& p) {
  const Tensor kept = probability(p);
  const Tensor logit = log(kept / (one(p) - kept));
  return mean_last(softplus(logit) - logit * t);
}
Tensor divergence(const Tensor& t, const Tensor& p) {
  const Tensor from = clip(t, kObjectiveEpsilon, 1), to = clip(p, kObjectiveEpsilon, 1);
  return sum_last(t * log(from / to));
}
Tensor poisson(const Tensor& t, const Tensor& p) {
  return mean_last(p - t * log(p + like(p, kObjectiveEpsilon)));
}
Tensor proximity(const Tensor& t, const Tensor& p) {
  const auto direction = [](const Tensor& x) {
    return x / sqrt(maximum(sum(square(x), last(x), true), like(x, kObjectiveEpsilon)));
  };
  return neg(sum_last(direction(t) * direction(p)));
}

Tensor binary_accuracy(const Tensor& t, const Tensor& p) {
  return mean_last(truth_number(equal(t, truth_number(greater(p, like(p, 0.5f))))));
}
Tensor categorical_accuracy(const Tensor& t, const Tensor& p) {
  return truth_number(equal(arg_max(t, t.shape().rank() - 1), arg_max(p, p.shape().rank() - 1)));
}
Tensor sparse_accuracy(const Tensor& t, const Tensor& p) {
  const Tensor chosen = truth_number(arg_max(p, p.shape().rank() - 1));
  return truth_number(equal(reshape(t, chosen.shape()), chosen));
}
Tensor hits(const Tensor& t, const Tensor& p) {
  return sum(truth_number(logical_and(equal(t, one(t)), equal(p, one(p)))));
}
Tensor precision(const Tensor& t, const Tensor& p) {
  return div_no_nan(hits(t, p), sum(truth_number(equal(p, one(p)))));
}
Tensor recall(const Tensor& t, const Tensor& p) {
  return div_no_nan(hits(t, p), sum(truth_number(equal(t, one(t)))));
}
Tensor r2_score(const Tensor& t, const Tensor& p) {
  return one(p) - sum(squared_difference(t, p)) / sum(squared_difference(t, mean(t)));
}

using Table = std::map<std::string_view, Objective>;
Objective find(const Table& table, std::string_view name) {
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

Tensor norm_along(const Tensor& w, int axis) {
  return sqrt(sum(square(w), {axis}, true));
}
Tensor with_norm(const Tensor& w, const Tensor& wanted, const Tensor& norm) {
  return w * (wanted / (norm + like(norm, kObjectiveEpsilon)));
}

}  // namespace

Tensor softmax_cross_entropy(const Tensor& labels, const Tensor& logits, float smoothing) {
  const auto classes = static_cast<float>(classes_of(labels));
  const Tensor wanted = smoothing == 0 ? labels : (1 - smoothing) * labels + like(labels, smoothing / classes);
  return neg(sum_last(wanted * log_softmax(logits)));
}

Objective find_loss(std::string_view name) {
  static const Table table = {{"meanSquaredError", squared_error},
                              {"meanAbsoluteError", absolute_error},
                              {"meanAbsolutePercentageError", percentage_error},
                              {"meanSquaredLogarithmicError", logarithmic_error},
                              {"squaredHinge", squared_hinge},
                              {"hinge", hinge},
                              {"categoricalHinge", categorical_hinge},
                              {"logcosh", log_cosh},
                              {"categoricalCrossentropy", categorical_cross_entropy},
                              {"sparseCategoricalCrossentropy", sparse_cross_entropy},
                              {"binaryCrossentropy", binary_cross_entropy},
                              {"kullbackLeiblerDivergence", divergence},
                              {"poisson", poisson},
                              {"cosineProximity", proximity}};
  return find(table, name);
}

Objective find_metric(std::string_view name) {
  static const Table table = {{"binaryAccuracy", binary_accuracy},
                              {"categoricalAccuracy", categorical_accuracy},
                              {"sparseCategoricalAccuracy", sparse_accuracy},
                              {"precision", precision},
                              {"recall", recall},
                              {"r2Score", r2_score}};
  const Objective own = find(table, name);
  return own != nullptr ? own : find_loss(name);
}

Tensor max_norm(const Tensor& w, float largest, int axis) {
  const Tensor norm = norm_along(w, axis);
  return with_norm(w, clip(norm, 0, largest), norm);
}
Tensor unit_norm(const Tensor& w, int axis) {
  const Tensor norm = norm_along(w, axis);
  return w / (norm + like(norm, kObjectiveEpsilon));
}
Tensor non_negative(const Tensor& w) {
  return relu(w);
}
Tensor min_max_norm(const Tensor& w, float smallest, float largest, float rate, int axis) {
  const Tensor norm = norm_along(w, axis);
  return with_norm(w, rate * clip(norm, smallest, largest) + (1 - rate) * norm, norm);
}
Tensor penalty(const Tensor& w, float l1, float l2) {
  const Tensor size = l1 * sum(abs(w)), energy = l2 * sum(square(w));
  return l1 == 0 ? energy : l2 == 0 ? size : size + energy;
}

}  // namespace vitrine::ops
