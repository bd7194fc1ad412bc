// Entries of the ops on numbered rows.
#include "engine/ops/gather.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

// x [b, n, k] or [b, m, k] and numbers [b, m].
void expect_rows(const ShapeRule& rule) {
  rule.expect_dtype(1, DType::int32);
  const Shape &x = rule.input(0).shape, &numbers = rule.input(1).shape;
  if (x.rank() != 3) rule.refuse("x", "has other axes", "batch, row, column", text_of(x), "Reshape it first.");
  if (numbers.rank() != 2 || numbers[0] != x[0]) {
    rule.refuse("numbers", "do not fit x", "[" + to_text(x[0]) + ", any]", text_of(numbers), "Reshape them first.");
  }
}

void gather_shape(ShapeRule& rule) {
  expect_rows(rule);
  const Shape &x = rule.input(0).shape, &numbers = rule.input(1).shape;
  rule.output({rule.input(0).dtype, {x[0], numbers[1], x[2]}});
}

std::vector<Tensor> gather_gradient(const GradientCall& call) {
  return {apply(kSegmentSum, {call.cotangents[0], call.inputs[1]}, {call.inputs[0].shape()[1]}), Tensor()};
}

void segment_sum_shape(ShapeRule& rule) {
  expect_types(rule, 0, kAnyNumber);
  expect_rows(rule);
  const Shape &x = rule.input(0).shape, &numbers = rule.input(1).shape;
  const std::int64_t rows = rule.attr<std::int64_t>(0);
  if (numbers[1] != x[1]) {
    rule.refuse("numbers", "do not fit x", to_text(x[1]) + " a batch", to_text(numbers[1]), "Give each row one.");
  }
  if (rows < 0) rule.refuse("rows", "is negative", "0 or more", to_text(rows), "Say how many rows there are.");
  rule.output({rule.input(0).dtype, {x[0], rows, x[2]}});
}

std::vector<Tensor> segment_sum_gradient(const GradientCall& call) {
  return {apply(kGather, {call.cotangents[0], call.inputs[1]}), Tensor()};
}

void flat_index_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::int32);
  const Shape& in = rule.input(0).shape;
  const auto& extents = rule.attr<Integers>(0);
  if (in.rank() == 0 || in[in.rank() - 1] != static_cast<std::int64_t>(extents.size())) {
    rule.refuse("indices", "have another depth",
                to_text(static_cast<std::int64_t>(extents.size())) + " along the last axis", text_of(in),
                "Give one index for each axis named.");
  }
  if (shape_of(extents).elements() > std::numeric_limits<std::int32_t>::max()) {
    rule.refuse("extents", "are too large", "rows that an int32 counts", text_of(shape_of(extents)), "Split it.");
  }
  rule.output({DType::int32, Shape(in.extents().first(static_cast<std::size_t>(in.rank() - 1)))});
}

void last_writer_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::int32);
  const std::int64_t rows = rule.attr<std::int64_t>(0);
  if (rule.input(0).shape.rank() != 1) {
    rule.refuse("rows", "is no list", "1 axis", text_of(rule.input(0).shape), "Reshape it first.");
  }
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (rows < 0 || rows > kMost || rule.input(0).shape[0] > kMost - rows) {
    rule.refuse("rows", "is out of range", "rows that an int32 counts", to_text(rows), "Split it.");
  }
  rule.output({DType::int32, {rows}});
}

void one_hot_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::int32);
  const std::int64_t depth = rule.attr<std::int64_t>(0);
  if (depth < 0) rule.refuse("depth", "is negative", "0 or more", to_text(depth), "Say how many classes there are.");
  const DType dtype = dtype_named(rule.attr<std::string>(3));
  if (dtype == DType::complex64 || dtype == DType::string) {
    rule.refuse("dtype", "has no on and off", "float32, int32 or bool", std::string(name_of(dtype)), "Choose another.");
  }
  Integers extents = extents_of(rule.input(0).shape);
  extents.push_back(depth);
  rule.output({dtype, shape_of(extents)});
}

void band_part_shape(ShapeRule& rule) {
  if (rule.input(0).shape.rank() < 2) {
    rule.refuse("x", "is no matrix", "2 axes or more", text_of(rule.input(0).shape), "Reshape it first.");
  }
  rule.output(rule.input(0));
}

std::vector<Tensor> band_part_gradient(const GradientCall& call) {
  return {apply(kBandPart, {call.cotangents[0]}, call.attrs)};
}

Sample rows_sample(DType dtype, Shape x, Shape numbers, Attrs attrs) {  // with numbers outside of the rows, too
  return {.inputs = {{dtype, x}, {DType::int32, numbers}}, .attrs = std::move(attrs), .low = -1, .high = 4};
}
std::vector<Sample> gather_samples() {
  return {rows_sample(DType::float32, {1, 3, 5}, {1, 4}, {}), rows_sample(DType::float32, {2, 3, 1}, {2, 7}, {}),
          rows_sample(DType::int32, {1, 2, 13}, {1, 3}, {}),  rows_sample(DType::boolean, {2, 3, 3}, {2, 2}, {}),
          rows_sample(DType::float32, {1, 0, 2}, {1, 2}, {}), rows_sample(DType::float32, {1, 3, 2}, {1, 0}, {})};
}
std::vector<Sample> segment_sum_samples() {
  const Attrs three{std::int64_t{3}};
  return {rows_sample(DType::float32, {1, 4, 5}, {1, 4}, three), rows_sample(DType::float32, {2, 7, 1}, {2, 7}, three),
          rows_sample(DType::int32, {1, 5, 2}, {1, 5}, three), rows_sample(DType::float32, {1, 3, 131}, {1, 3}, three),
          rows_sample(DType::float32, {1, 0, 2}, {1, 0}, three)};
}
std::vector<Sample> flat_index_samples() {
  return {{.inputs = {{DType::int32, {7, 2}}}, .attrs = {Integers{3, 4}}, .low = -1, .high = 4},
          {.inputs = {{DType::int32, {2, 3, 1}}}, .attrs = {Integers{3}}, .low = 0, .high = 4},
          {.inputs = {{DType::int32, {0}}}, .attrs = {Integers{}}}};
}
std::vector<Sample> last_writer_samples() {
  return {{.inputs = {{DType::int32, {9}}}, .attrs = {std::int64_t{5}}, .low = -1, .high = 7},
          {.inputs = {{DType::int32, {0}}}, .attrs = {std::int64_t{3}}}};
}
std::vector<Sample> one_hot_samples() {
  const auto one = [](Shape shape, std::int64_t depth, double on, double off, std::string dtype) {
    return Sample{.inputs = {{DType::int32, shape}}, .attrs = {depth, on, off, std::move(dtype)}, .low = -1, .high = 6};
  };
  return {one({13}, 5, 1, 0, "float32"), one({2, 3}, 4, 5, -2, "int32"), one({}, 3, 1, 0, "bool"),
          one({0}, 3, 1, 0, "float32")};
}
std::vector<Sample> band_part_samples() {
  const auto one = [](Spec spec, std::int64_t lower, std::int64_t upper) {
    return Sample{.inputs = {spec}, .attrs = {lower, upper}};
  };
  return {one({DType::float32, {5, 4}}, 1, 0), one({DType::float32, {2, 3, 7}}, -1, 2),
          one({DType::int32, {3, 3}}, 0, -1)};
}

const AttrSpec kSegmentSumAttrs[] = {{"rows", std::int64_t{3}}};
const AttrSpec kFlatIndexAttrs[] = {{"extents", Integers{}}};
const AttrSpec kOneHotAttrs[] = {
    {"depth", std::int64_t{3}}, {"on", 1.0}, {"off", 0.0}, {"dtype", std::string("int32")}};
const AttrSpec kBandPartAttrs[] = {{"lower", std::int64_t{0}}, {"upper", std::int64_t{0}}};

constexpr std::string_view kWhole = "whole numbers have no slopes";

// Throws the first index that is outside, if there are numbers to look at.
void expect_inside(std::string_view op, const Tensor& indices, const Integers& extents) {
  if (indices.dtype() != DType::int32) {
    throw UsageError({"[" + std::string(op) + "] indices", "are of the wrong kind", "int32",
                      std::string(name_of(indices.dtype())), "Cast them first."});
  }
  if (indices.symbolic()) return;
  const std::vector<std::byte> bytes = indices.bytes();
  for (std::size_t i = 0; i * sizeof(std::int32_t) < bytes.size(); ++i) {
    std::int32_t index;
    std::memcpy(&index, bytes.data() + i * sizeof index, sizeof index);
    const std::int64_t extent = extents[i % extents.size()];
    if (index < 0 || index >= extent) {
      throw UsageError({"[" + std::string(op) + "] index " + to_text(static_cast<std::int64_t>(i)), "is outside",
                        extent == 0 ? "no index, as there is nothing" : "0 to " + to_text(extent - 1),
                        to_text(std::int64_t{index}), "Check what computes the indices."});
    }
  }
}

// Indices [.., d] of the first axes of a whole: the parts they name, as rows.
struct Parts {
  Tensor rows;       // int32, flat
  Integers leading;  // extents of the indices without the last
  std::int64_t count, inner;
  Integers rest;  // extents of one part
};
Parts parts_of(std::string_view op, const Tensor& indices, const Shape& whole) {
  const Shape& shape = indices.shape();
  const std::int64_t depth = shape.rank() == 0 ? 0 : shape[shape.rank() - 1];
  if (shape.rank() == 0 || depth > whole.rank()) {
    throw ShapeError({"[" + std::string(op) + "] indices", "have the wrong depth",
                      "at most " + to_text(std::int64_t{whole.rank()}) + " along the last axis", text_of(shape),
                      "Give one index for each axis named."});
  }
  const Integers all = extents_of(whole);
  const Integers named(all.begin(), all.begin() + depth);
  if (!named.empty()) expect_inside(op, indices, named);
  Parts parts;
  parts.rest.assign(all.begin() + depth, all.end());
  parts.leading = extents_of(shape);
  parts.leading.pop_back();
  parts.count = product(named, 0, named.size());
  parts.inner = product(parts.rest, 0, parts.rest.size());
  parts.rows = apply(kFlatIndex, {indices}, {named});
  parts.rows = reshape(parts.rows, {parts.rows.shape().elements()});
  return parts;
}

Tensor updates_of(std::string_view op, const Parts& parts, const Tensor& updates) {
  Integers wanted = parts.leading;
  wanted.insert(wanted.end(), parts.rest.begin(), parts.rest.end());
  if (updates.shape() != shape_of(wanted)) {
    throw ShapeError({"[" + std::string(op) + "] updates", "do not fit the indices", text_of(shape_of(wanted)),
                      text_of(updates.shape()), "Give one part for each index."});
  }
  return reshape(updates, {1, parts.rows.shape()[0], parts.inner});
}

}  // namespace

const Op kGather{.name = "gather",
                 .formula = "rows of x by number; zeros for a number that no row has",
                 .least_inputs = 2,
                 .most_inputs = 2,
                 .attrs = {},
                 .shape = gather_shape,
                 .gradient = {gather_gradient, {}},
                 .samples = gather_samples,
                 .cpu_only = kNoShaderYet};
const Op kSegmentSum{.name = "segment_sum",
                     .formula = "rows of x added to the rows they are numbered for",
                     .least_inputs = 2,
                     .most_inputs = 2,
                     .attrs = kSegmentSumAttrs,
                     .shape = segment_sum_shape,
                     .gradient = {segment_sum_gradient, {}},
                     .samples = segment_sum_samples,
                     .cpu_only = kNoShaderYet};
const Op kFlatIndex{.name = "flat_index",
                    .formula = "one row number of an index for each axis; −1 outside",
                    .attrs = kFlatIndexAttrs,
                    .shape = flat_index_shape,
                    .gradient = no_gradient(kWhole),
                    .samples = flat_index_samples,
                    .cpu_only = kNoShaderYet};
const Op kLastWriter{
    .name = "last_writer",
    .formula = "for each row the last that is numbered for it, counted behind the rows; itself if none",
    .attrs = kSegmentSumAttrs,
    .shape = last_writer_shape,
    .gradient = no_gradient(kWhole),
    .samples = last_writer_samples,
    .cpu_only = kNoShaderYet};
const Op kOneHot{.name = "one_hot",
                 .formula = "a line that is on at the index and off elsewhere",
                 .attrs = kOneHotAttrs,
                 .shape = one_hot_shape,
                 .gradient = no_gradient(kWhole),
                 .samples = one_hot_samples,
                 .cpu_only = kNoShaderYet};
const Op kBandPart{.name = "band_part",
                   .formula = "xᵢⱼ near the diagonal, 0 elsewhere",
                   .attrs = kBandPartAttrs,
                   .shape = band_part_shape,
                   .gradient = {band_part_gradient, {}},
                   .samples = band_part_samples,
                   .cpu_only = kNoShaderYet};

Tensor gather(const Tensor& x, const Tensor& indices, std::int64_t axis, std::int64_t batch_dims) {
  const auto along = static_cast<std::size_t>(resolved_axis("gather", x, axis));
  const int rank = indices.shape().rank();
  const auto batch = static_cast<std::size_t>(batch_dims < 0 ? batch_dims + rank : batch_dims);
  const Integers from = extents_of(x.shape()), at = extents_of(indices.shape());
  if (batch_dims < -rank || batch > std::min(along, at.size()) ||
      !std::equal(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(batch), from.begin())) {
    throw ShapeError(
        {"[gather] batch_dims", "do not fit", "axes that x and the indices share, before the axis gathered from",
         to_text(batch_dims) + " of " + text_of(x.shape()) + " and " + text_of(indices.shape()), "Use fewer."});
  }
  expect_inside("gather", indices, {from[along]});
  // Axes between the batch and the axis are more batches, with the same indices each.
  const std::int64_t outer = product(from, 0, batch), between = product(from, batch, along);
  const std::int64_t count = product(at, batch, at.size()), inner = product(from, along + 1, from.size());
  const Tensor numbers =
      reshape(broadcast(reshape(indices, {outer, 1, count}), {outer, between, count}), {outer * between, count});
  Integers extents(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(along));
  extents.insert(extents.end(), at.begin() + static_cast<std::ptrdiff_t>(batch), at.end());
  extents.insert(extents.end(), from.begin() + static_cast<std::ptrdiff_t>(along) + 1, from.end());
  return reshape(apply(kGather, {reshape(x, {outer * between, from[along], inner}), numbers}), shape_of(extents));
}

Tensor gather_nd(const Tensor& x, const Tensor& indices) {
  const Parts parts = parts_of("gather_nd", indices, x.shape());
  Integers extents = parts.leading;
  extents.insert(extents.end(), parts.rest.begin(), parts.rest.end());
  const Tensor rows = reshape(parts.rows, {1, parts.rows.shape()[0]});
  return reshape(apply(kGather, {reshape(x, {1, parts.count, parts.inner}), rows}), shape_of(extents));
}

Tensor scatter_nd(const Tensor& indices, const Tensor& updates, const Shape& shape) {
  const Parts parts = parts_of("scatter_nd", indices, shape);
  const Tensor rows = reshape(parts.rows, {1, parts.rows.shape()[0]});
  return reshape(apply(kSegmentSum, {updates_of("scatter_nd", parts, updates), rows}, {parts.count}), shape);
}

Tensor tensor_scatter_update(const Tensor& x, const Tensor& indices, const Tensor& updates) {
  const Parts parts = parts_of("tensor_scatter_update", indices, x.shape());
  const Tensor both[] = {reshape(x, {1, parts.count, parts.inner}),
                         updates_of("tensor_scatter_update", parts, updates)};
  const Tensor writers = apply(kLastWriter, {parts.rows}, {parts.count});
  return reshape(apply(kGather, {concat(both, 1), reshape(writers, {1, parts.count})}), x.shape());
}

Tensor sparse_to_dense(const Tensor& indices, const Tensor& values, const Tensor& otherwise, const Shape& shape) {
  Tensor places = indices;
  if (indices.shape().rank() < 2) places = reshape(indices, {indices.shape().elements(), 1});
  const Tensor each = values.shape().rank() == 0 ? broadcast(values, {places.shape()[0]}) : values;
  return tensor_scatter_update(broadcast(otherwise, shape), places, each);
}

Tensor unsorted_segment_sum(const Tensor& x, const Tensor& ids, std::int64_t segments) {
  const Integers from = extents_of(x.shape()), at = extents_of(ids.shape());
  if (at.size() > from.size() || !std::equal(at.begin(), at.end(), from.begin())) {
    throw ShapeError({"[unsorted_segment_sum] ids", "do not fit x", "the first extents of x, " + text_of(x.shape()),
                      text_of(ids.shape()), "Give each row one."});
  }
  Integers extents{segments};
  extents.insert(extents.end(), from.begin() + static_cast<std::ptrdiff_t>(at.size()), from.end());
  const std::int64_t rows = product(at, 0, at.size());
  const Tensor lines = reshape(x, {1, rows, product(extents, 1, extents.size())});
  return reshape(apply(kSegmentSum, {lines, reshape(ids, {1, rows})}, {segments}), shape_of(extents));
}

Tensor bincount(const Tensor& x, const Tensor& weights, std::int64_t size) {
  Integers extents = extents_of(x.shape());
  const std::int64_t along = extents.empty() ? 1 : extents.back();
  const std::int64_t lines = extents.empty() ? 1 : product(extents, 0, extents.size() - 1);
  const Tensor each = weights.shape().elements() == 0 ? broadcast(like(x, 1), x.shape()) : weights;
  const Tensor counts = apply(kSegmentSum, {reshape(each, {lines, along, 1}), reshape(x, {lines, along})}, {size});
  if (extents.empty()) extents.push_back(0);
  extents.back() = size;
  return reshape(counts, shape_of(extents));
}

Tensor dense_bincount(const Tensor& x, const Tensor& weights, std::int64_t size, bool binary) {
  if (!binary) return bincount(x, weights, size);
  const Tensor counts = bincount(x, broadcast(like(x, 1), x.shape()), size);
  return where(greater(counts, like(counts, 0)), like(counts, 1), like(counts, 0));
}

Tensor confusion_matrix(const Tensor& labels, const Tensor& predictions, std::int64_t classes) {
  const Shape column{labels.shape().elements(), 1};
  const Tensor pair[] = {reshape(labels, column), reshape(predictions, column)};
  const Tensor places = concat(pair, 1);
  return cast(scatter_nd(places, broadcast(like(labels, 1), {column[0]}), {classes, classes}), DType::int32);
}

Tensor one_hot(const Tensor& indices, std::int64_t depth, double on, double off, DType dtype) {
  return apply(kOneHot, {indices}, {depth, on, off, std::string(name_of(dtype))});
}

Tensor band_part(const Tensor& x, std::int64_t lower, std::int64_t upper) {
  return apply(kBandPart, {x}, {lower, upper});
}

Tensor diag(const Tensor& x) {
  // Each element at the head of a line that is one longer than there are elements: the diagonal of a square.
  const std::int64_t n = x.shape().elements();
  const Tensor lines = pad(reshape(x, {n, 1}), {0, 0}, {0, n});
  Integers extents = extents_of(x.shape());
  extents.insert(extents.end(), extents.begin(), extents.begin() + x.shape().rank());
  return reshape(slice(reshape(lines, {n * (n + 1)}), {0}, {n * n}), shape_of(extents));
}

}  // namespace vitrine::ops
