// Entries of the reductions.
#include "engine/ops/reduction.h"

#include <algorithm>

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

template <unsigned types>
void reduce_shape(ShapeRule& rule) {
  expect_types(rule, 0, types);
  const auto& axes = rule.attr<Integers>(0);
  const bool keep = rule.attr<bool>(1);
  const Shape& shape = rule.input(0).shape;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (axes[i] < 0 || axes[i] >= shape.rank() || (i > 0 && axes[i] <= axes[i - 1])) {
      rule.refuse("axes", "must be axes of the tensor in rising order",
                  "0 to " + to_text(std::int64_t{shape.rank() - 1}), to_text(axes[i]), "Sort them, each once.");
    }
  }
  Integers extents;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool reduced = std::ranges::find(axes, axis) != axes.end();
    if (!reduced) extents.push_back(shape[axis]);
    if (reduced && keep) extents.push_back(1);
  }
  rule.output({rule.input(0).dtype, shape_of(extents)});
}

Shape with_kept_axes(const Shape& shape, const Integers& axes) {
  Shape kept = shape;
  for (const std::int64_t axis : axes) kept[static_cast<int>(axis)] = 1;
  return kept;
}

std::vector<Tensor> sum_gradient(const GradientCall& call) {
  const Shape& shape = call.inputs[0].shape();
  const Shape kept = with_kept_axes(shape, std::get<Integers>(call.attrs[0]));
  return {broadcast(reshape(call.cotangents[0], kept), shape)};
}

std::vector<Tensor> mean_gradient(const GradientCall& call) {
  const std::int64_t from = call.inputs[0].shape().elements();
  const std::int64_t to = std::max<std::int64_t>(call.outputs[0].shape().elements(), 1);
  const float share = static_cast<float>(to) / static_cast<float>(std::max<std::int64_t>(from, 1));
  const Shape& shape = call.inputs[0].shape();
  const Shape kept = with_kept_axes(shape, std::get<Integers>(call.attrs[0]));
  return {broadcast(reshape(share * call.cotangents[0], kept), shape)};
}

// The largest or smallest gets the cotangent, and so does each that equals it.
std::vector<Tensor> extreme_gradient(const GradientCall& call) {
  const Tensor& x = call.inputs[0];
  const Shape kept = with_kept_axes(x.shape(), std::get<Integers>(call.attrs[0]));
  return {where(equal(x, reshape(call.outputs[0], kept)), broadcast(reshape(call.cotangents[0], kept), x.shape()),
                like(x, 0))};
}

std::vector<Tensor> log_sum_exp_gradient(const GradientCall& call) {
  const Tensor& x = call.inputs[0];
  const Shape kept = with_kept_axes(x.shape(), std::get<Integers>(call.attrs[0]));
  return {exp(x - reshape(call.outputs[0], kept)) * reshape(call.cotangents[0], kept)};
}

std::vector<Sample> reduce_samples() {
  const auto one = [](Shape shape, Integers axes, bool keep) {
    return Sample{.inputs = {{DType::float32, shape}}, .attrs = {std::move(axes), keep}};
  };
  return {one({}, {}, false),       one({13}, {0}, false),           one({257}, {0}, true),
          one({10, 4}, {0}, false), one({5, 37}, {1}, true),         one({3, 4, 5}, {0, 2}, false),
          one({2, 0}, {0}, false),  one({3, 4, 5}, {0, 1, 2}, false)};
}

template <unsigned types>
std::vector<Sample> reduce_samples_in() {
  return also(reduce_samples(), types);
}
std::vector<Sample> log_sum_exp_samples() {
  auto samples = reduce_samples();
  std::erase_if(samples, [](const Sample& sample) { return sample.inputs[0].shape.elements() == 0; });
  return samples;
}

const AttrSpec kReduceAttrs[] = {{"axes", Integers{}}, {"keep", false}};

}  // namespace

const Op kSum{.name = "sum",
              .formula = "Σ x",
              .attrs = kReduceAttrs,
              .shape = reduce_shape<kNumber>,
              .gradient = {sum_gradient, {}},
              .samples = reduce_samples_in<kInteger>,
              .cpu_only = {}};
const Op kMax{.name = "max",
              .formula = "the largest x; NaN if there is one",
              .attrs = kReduceAttrs,
              .shape = reduce_shape<kNumber | kTruth>,
              .gradient = {extreme_gradient, {}},
              .samples = reduce_samples_in<kInteger | kTruth>,
              .cpu_only = kNoShaderYet};
const Op kMin{.name = "min",
              .formula = "the smallest x; NaN if there is one",
              .attrs = kReduceAttrs,
              .shape = reduce_shape<kNumber | kTruth>,
              .gradient = {extreme_gradient, {}},
              .samples = reduce_samples_in<kInteger | kTruth>,
              .cpu_only = kNoShaderYet};
const Op kLogSumExp{.name = "log_sum_exp",
                    .formula = "ln Σ eˣ",
                    .attrs = kReduceAttrs,
                    .shape = reduce_shape<kFloat>,
                    .gradient = {log_sum_exp_gradient, {}},
                    .samples = log_sum_exp_samples,
                    .cpu_only = kNoShaderYet};
const Op kMean{.name = "mean",
               .formula = "Σ x / n",
               .attrs = kReduceAttrs,
               .shape = reduce_shape<kFloat>,
               .gradient = {mean_gradient, {}},
               .samples = reduce_samples,
               .cpu_only = {}};

Tensor sum(const Tensor& x, Integers axes, bool keep) {
  if (x.dtype() == DType::complex64) return complex(sum(real(x), axes, keep), sum(imag(x), axes, keep));
  return apply(kSum, {at_least(x, DType::int32)}, {resolved_axes("sum", x, std::move(axes)), keep});
}
Tensor sum(const Tensor& x) {
  return sum(x, all_axes(x));
}
Tensor mean(const Tensor& x, Integers axes, bool keep) {
  return apply(kMean, {at_least(x, DType::float32)}, {resolved_axes("mean", x, std::move(axes)), keep});
}
Tensor mean(const Tensor& x) {
  return mean(x, all_axes(x));
}
Tensor max(const Tensor& x, Integers axes, bool keep) {
  return apply(kMax, {x}, {resolved_axes("max", x, std::move(axes)), keep});
}
Tensor max(const Tensor& x) {
  return max(x, all_axes(x));
}
Tensor min(const Tensor& x, Integers axes, bool keep) {
  return apply(kMin, {x}, {resolved_axes("min", x, std::move(axes)), keep});
}
Tensor min(const Tensor& x) {
  return min(x, all_axes(x));
}
Tensor log_sum_exp(const Tensor& x, Integers axes, bool keep) {
  return apply(kLogSumExp, {x}, {resolved_axes("log_sum_exp", x, std::move(axes)), keep});
}
Tensor any(const Tensor& x, Integers axes, bool keep) {
  return max(cast(x, DType::boolean), std::move(axes), keep);
}
Tensor all(const Tensor& x, Integers axes, bool keep) {
  return min(cast(x, DType::boolean), std::move(axes), keep);
}

Tensor prod(const Tensor& x, Integers axes, bool keep) {
  axes = resolved_axes("prod", x, std::move(axes));
  const Shape& shape = x.shape();
  // The reduced axes first, as one; then halves are multiplied until one is left. Without a division, so the gradient
  // is right at zeros as well.
  Integers order = axes, rest;
  std::int64_t n = 1, others = 1;
  for (const std::int64_t axis : axes) n *= shape[static_cast<int>(axis)];
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool reduced = std::ranges::find(axes, axis) != axes.end();
    if (!reduced) order.push_back(axis);
    if (!reduced) others *= shape[axis];
    if (!reduced || keep) rest.push_back(reduced ? 1 : shape[axis]);
  }
  Tensor y = reshape(transpose(at_least(x, DType::int32), order), {n, others});
  if (n == 0) y = pad(y, {0, 0}, {1, 0}, 1);
  while (n > 1) {
    const std::int64_t half = (n + 1) / 2;
    Tensor second = slice(y, {half, 0}, {n - half, others});
    if (n % 2 != 0) second = pad(second, {0, 0}, {1, 0}, 1);
    y = slice(y, {0, 0}, {half, others}) * second;
    n = half;
  }
  return reshape(y, shape_of(rest));
}

Tensor sum_to(const Tensor& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  if (x.dtype() == DType::complex64) return complex(sum_to(real(x), shape), sum_to(imag(x), shape));
  const int lead = x.shape().rank() - shape.rank();
  Integers axes;
  for (int axis = 0; axis < x.shape().rank(); ++axis) {
    if (axis < lead || (shape[axis - lead] == 1 && x.shape()[axis] != 1)) axes.push_back(axis);
  }
  return reshape(sum(x, axes), shape);
}

}  // namespace vitrine::ops
