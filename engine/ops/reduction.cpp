// Entries of the reductions.
#include "engine/ops/reduction.h"

#include <algorithm>

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

void reduce_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::float32);
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
  rule.output({DType::float32, Shape(std::span<const std::int64_t>(extents))});
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

std::vector<Sample> reduce_samples() {
  const auto one = [](Shape shape, Integers axes, bool keep) {
    return Sample{.inputs = {{DType::float32, shape}}, .attrs = {std::move(axes), keep}};
  };
  return {one({}, {}, false),       one({13}, {0}, false),           one({257}, {0}, true),
          one({10, 4}, {0}, false), one({5, 37}, {1}, true),         one({3, 4, 5}, {0, 2}, false),
          one({2, 0}, {0}, false),  one({3, 4, 5}, {0, 1, 2}, false)};
}

const AttrSpec kReduceAttrs[] = {{"axes", Integers{}}, {"keep", false}};

}  // namespace

const Op kSum{.name = "sum",
              .formula = "Σ x",
              .attrs = kReduceAttrs,
              .shape = reduce_shape,
              .gradient = {sum_gradient, {}},
              .samples = reduce_samples,
              .cpu_only = {}};
const Op kMean{.name = "mean",
               .formula = "Σ x / n",
               .attrs = kReduceAttrs,
               .shape = reduce_shape,
               .gradient = {mean_gradient, {}},
               .samples = reduce_samples,
               .cpu_only = {}};

Tensor sum(const Tensor& x, Integers axes, bool keep) {
  return apply(kSum, {x}, {std::move(axes), keep});
}
Tensor sum(const Tensor& x) {
  return sum(x, all_axes(x));
}
Tensor mean(const Tensor& x, Integers axes, bool keep) {
  return apply(kMean, {x}, {std::move(axes), keep});
}
Tensor mean(const Tensor& x) {
  return mean(x, all_axes(x));
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
