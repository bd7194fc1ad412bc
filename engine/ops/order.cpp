// Entries of the ops that compare and total lines.
#include "engine/ops/order.h"

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

int expect_axis(const ShapeRule& rule) {
  const std::int64_t axis = rule.attr<std::int64_t>(0);
  const int rank = rule.input(0).shape.rank();
  if (axis < 0 || axis >= rank) {
    rule.refuse("axis", "is no axis of x", "0 to " + to_text(std::int64_t{rank - 1}), to_text(axis), "Reshape it.");
  }
  return static_cast<int>(axis);
}

void arg_shape(ShapeRule& rule) {
  expect_types(rule, 0, kNumber | kTruth);
  const int axis = expect_axis(rule);
  Integers extents = extents_of(rule.input(0).shape);
  if (extents[static_cast<std::size_t>(axis)] == 0) {
    rule.refuse("x", "has no elements along the axis", "1 or more", "0", "Check the size.");
  }
  extents.erase(extents.begin() + axis);
  rule.output({DType::int32, shape_of(extents)});
}

void top_k_shape(ShapeRule& rule) {
  expect_types(rule, 0, kNumber);
  Shape shape = rule.input(0).shape;
  const std::int64_t k = rule.attr<std::int64_t>(0);
  if (shape.rank() == 0) rule.refuse("x", "has no axis", "1 or more", text_of(shape), "Reshape it.");
  if (k < 0 || k > shape[shape.rank() - 1]) {
    rule.refuse("k", "is out of range", "0 to " + to_text(shape[shape.rank() - 1]), to_text(k),
                "Ask for at most what the last axis has.");
  }
  shape[shape.rank() - 1] = k;
  rule.output({rule.input(0).dtype, shape});
  rule.output({DType::int32, shape});
}

std::vector<Tensor> top_k_gradient(const GradientCall& call) {
  const Shape& shape = call.inputs[0].shape();
  const std::int64_t n = shape[shape.rank() - 1], k = std::get<std::int64_t>(call.attrs[0]);
  const std::int64_t lines = product(extents_of(shape), 0, static_cast<std::size_t>(shape.rank() - 1));
  if (!call.cotangents[0]) return {Tensor()};
  const Tensor dy = reshape(call.cotangents[0], {lines, k, 1});
  return {reshape(apply(kSegmentSum, {dy, reshape(call.outputs[1], {lines, k})}, {n}), shape)};
}

void search_sorted_shape(ShapeRule& rule) {
  expect_types(rule, 0, kNumber);
  expect_same_type(rule, 0, 1);
  const Shape &sorted = rule.input(0).shape, &values = rule.input(1).shape;
  if (sorted.rank() != 2 || values.rank() != 2 || sorted[0] != values[0]) {
    rule.refuse("values", "do not fit the sorted lines", "matrices with as many lines",
                text_of(sorted) + " and " + text_of(values), "Reshape them.");
  }
  rule.output({DType::int32, values});
}

void cumsum_shape(ShapeRule& rule) {
  expect_types(rule, 0, kNumber);
  expect_axis(rule);
  rule.output(rule.input(0));
}

std::vector<Tensor> cumsum_gradient(const GradientCall& call) {
  return {cumsum(call.cotangents[0], std::get<std::int64_t>(call.attrs[0]), std::get<bool>(call.attrs[1]),
                 !std::get<bool>(call.attrs[2]))};
}

std::vector<Sample> arg_samples() {
  const auto one = [](DType dtype, Shape shape, std::int64_t axis) {
    return Sample{.inputs = {{dtype, shape}}, .attrs = {axis}};
  };
  return {one(DType::float32, {13}, 0), one(DType::float32, {3, 5, 7}, 1), one(DType::float32, {257, 2}, 0),
          one(DType::int32, {4, 9}, 1), one(DType::boolean, {5, 6}, 0),    one(DType::float32, {3, 0}, 0)};
}
std::vector<Sample> top_k_samples() {
  const auto one = [](DType dtype, Shape shape, std::int64_t k) {
    return Sample{.inputs = {{dtype, shape}}, .attrs = {k}};
  };
  return {one(DType::float32, {13}, 3), one(DType::float32, {2, 5}, 5), one(DType::int32, {3, 127}, 9),
          one(DType::float32, {2, 4}, 0)};
}
std::vector<Sample> search_sorted_samples() {
  // Drawn numbers are not sorted; where the search ends is then still the same everywhere.
  const auto one = [](DType dtype, Shape sorted, Shape values, bool right) {
    return Sample{.inputs = {{dtype, sorted}, {dtype, values}}, .attrs = {right}};
  };
  return {one(DType::float32, {1, 13}, {1, 5}, false), one(DType::float32, {2, 1}, {2, 7}, true),
          one(DType::int32, {1, 1}, {1, 9}, true), one(DType::float32, {2, 0}, {2, 3}, false)};
}
std::vector<Sample> cumsum_samples() {
  const auto one = [](DType dtype, Shape shape, std::int64_t axis, bool exclusive, bool reverse) {
    return Sample{.inputs = {{dtype, shape}}, .attrs = {axis, exclusive, reverse}};
  };
  return {one(DType::float32, {13}, 0, false, false),  one(DType::float32, {3, 5}, 0, true, false),
          one(DType::float32, {3, 5}, 1, false, true), one(DType::float32, {2, 7, 3}, 1, true, true),
          one(DType::int32, {4, 5}, 1, false, false),  one(DType::float32, {0, 2}, 0, false, false)};
}

const AttrSpec kArgAttrs[] = {{"axis", std::int64_t{0}}};
const AttrSpec kTopKAttrs[] = {{"k", std::int64_t{1}}};
const AttrSpec kSearchSortedAttrs[] = {{"right", false}};
const AttrSpec kCumsumAttrs[] = {{"axis", std::int64_t{0}}, {"exclusive", false}, {"reverse", false}};

constexpr std::string_view kPlaces = "places have no slopes";

}  // namespace

const Op kArgMax{.name = "arg_max",
                 .formula = "the first index of max x",
                 .attrs = kArgAttrs,
                 .shape = arg_shape,
                 .gradient = no_gradient(kPlaces),
                 .samples = arg_samples,
                 .cpu_only = kNoShaderYet};
const Op kArgMin{.name = "arg_min",
                 .formula = "the first index of min x",
                 .attrs = kArgAttrs,
                 .shape = arg_shape,
                 .gradient = no_gradient(kPlaces),
                 .samples = arg_samples,
                 .cpu_only = kNoShaderYet};
const Op kTopK{.name = "top_k",
               .formula = "the k largest of each line and their indices",
               .attrs = kTopKAttrs,
               .shape = top_k_shape,
               .gradient = {top_k_gradient, {}},
               .samples = top_k_samples,
               .cpu_only = kNoShaderYet};
const Op kSearchSorted{.name = "search_sorted",
                       .formula = "how many of a sorted line come before each value",
                       .least_inputs = 2,
                       .most_inputs = 2,
                       .attrs = kSearchSortedAttrs,
                       .shape = search_sorted_shape,
                       .gradient = no_gradient(kPlaces),
                       .samples = search_sorted_samples,
                       .cpu_only = kNoShaderYet};
const Op kCumsum{.name = "cumsum",
                 .formula = "yᵢ = x₁ + … + xᵢ",
                 .attrs = kCumsumAttrs,
                 .shape = cumsum_shape,
                 .gradient = {cumsum_gradient, {}},
                 .samples = cumsum_samples,
                 .cpu_only = kNoShaderYet};

Tensor arg_max(const Tensor& x, std::int64_t axis) {
  return apply(kArgMax, {x}, {resolved_axis("arg_max", x, axis)});
}
Tensor arg_min(const Tensor& x, std::int64_t axis) {
  return apply(kArgMin, {x}, {resolved_axis("arg_min", x, axis)});
}

TopK top_k(const Tensor& x, std::int64_t k) {
  auto both = apply_all(kTopK, {&x, 1}, {k});
  return {both[0], both[1]};
}

Tensor search_sorted(const Tensor& sorted, const Tensor& values, bool right) {
  const auto lines = [](const Tensor& x) {
    const Integers extents = extents_of(x.shape());
    if (extents.empty()) return reshape(x, {1, 1});
    return reshape(x, {product(extents, 0, extents.size() - 1), extents.back()});
  };
  return reshape(apply(kSearchSorted, {lines(sorted), lines(values)}, {right}), values.shape());
}

Tensor cumsum(const Tensor& x, std::int64_t axis, bool exclusive, bool reverse) {
  return apply(kCumsum, {x}, {resolved_axis("cumsum", x, axis), exclusive, reverse});
}

Tensor cumprod(const Tensor& x, std::int64_t axis, bool exclusive, bool reverse) {
  const auto along = static_cast<std::size_t>(resolved_axis("cumprod", x, axis));
  const Integers size = extents_of(x.shape()), zeros(size.size(), 0);
  // x moved on by some places along the axis; what comes in is 1.
  const auto moved = [&](const Tensor& y, std::int64_t by) {
    Integers begin = zeros, before = zeros, after = zeros, kept = size;
    kept[along] -= by;
    begin[along] = reverse ? by : 0;
    (reverse ? after : before)[along] = by;
    return pad(slice(y, begin, kept), before, after, 1);
  };
  // Doubling: products of 1, 2, 4, … neighbours. No division, so the gradient is right at zeros as well.
  Tensor y = exclusive && size[along] > 0 ? moved(x, 1) : x;
  for (std::int64_t by = 1; by < size[along]; by *= 2) y = y * moved(y, by);
  return y;
}

}  // namespace vitrine::ops
