// Entries of the layout ops that see the same memory in another way.
#include "engine/ops/layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/axes.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

Spec with_shape(const Spec& spec, const Shape& shape) {
  return {spec.dtype, shape};
}
std::string text_of_rank(int rank) {
  return to_text(std::int64_t{rank}) + " axes";
}

void broadcast_shape(ShapeRule& rule) {
  const Shape wanted{std::span<const std::int64_t>(rule.attr<Integers>(0))};
  if (broadcast_shapes(rule.op(), rule.input(0).shape, wanted) != wanted) {
    rule.refuse("shape", "is smaller than the tensor", "a shape it stretches to", text_of(wanted), "Swap them.");
  }
  rule.output(with_shape(rule.input(0), wanted));
}

bool broadcast_view(const Spec& input, const Layout& layout, const Attrs&, const Spec& output, Layout& view) {
  view = {broadcast_strides(input.shape, layout.strides, output.shape), layout.offset};
  return true;
}

// The walk sums what was stretched.
std::vector<Tensor> pass_through(const GradientCall& call) {
  return {call.cotangents[0]};
}

void transpose_shape(ShapeRule& rule) {
  const auto& axes = rule.attr<Integers>(0);
  expect_length(rule, "axes", axes);
  std::array<bool, limits::kRank> seen{};
  Shape shape = rule.input(0).shape;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto axis = static_cast<std::size_t>(axes[i]);
    if (axes[i] < 0 || axis >= axes.size() || seen[axis]) {
      rule.refuse("axes", "is no permutation", "each axis once", to_text(axes[i]), "List every axis from 0.");
    }
    seen[axis] = true;
    shape[static_cast<int>(i)] = rule.input(0).shape[static_cast<int>(axis)];
  }
  rule.output(with_shape(rule.input(0), shape));
}

bool transpose_view(const Spec&, const Layout& layout, const Attrs& attrs, const Spec&, Layout& view) {
  const auto& axes = std::get<Integers>(attrs[0]);
  view.offset = layout.offset;
  for (std::size_t i = 0; i < axes.size(); ++i) view.strides[i] = layout.strides[static_cast<std::size_t>(axes[i])];
  return true;
}

std::vector<Tensor> transpose_gradient(const GradientCall& call) {
  const auto& axes = std::get<Integers>(call.attrs[0]);
  Integers inverse(axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i)
    inverse[static_cast<std::size_t>(axes[i])] = static_cast<std::int64_t>(i);
  return {transpose(call.cotangents[0], inverse)};
}

void slice_shape(ShapeRule& rule) {
  const auto& begin = rule.attr<Integers>(0);
  const auto& size = rule.attr<Integers>(1);
  const auto& step = rule.attr<Integers>(2);
  expect_length(rule, "begin", begin);
  expect_length(rule, "size", size);
  expect_length(rule, "step", step);
  Shape shape = rule.input(0).shape;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    if (step[i] < 1 || step[i] > limits::kElements) {
      rule.refuse("step", "is out of range", "1 or more", to_text(step[i]), "Use reverse to turn.");
    }
    const bool inside = begin[i] >= 0 && begin[i] <= shape[axis];
    if (!inside || size[i] < 0 || size[i] > (shape[axis] - begin[i] + step[i] - 1) / step[i]) {
      rule.refuse("size", "reaches outside",
                  "at most " + to_text(shape[axis]) + " along axis " + to_text(std::int64_t{axis}),
                  to_text(begin[i]) + " and " + to_text(size[i]) + " more", "Cut inside the tensor.");
    }
    shape[axis] = size[i];
  }
  rule.output(with_shape(rule.input(0), shape));
}

bool slice_view(const Spec& input, const Layout& layout, const Attrs& attrs, const Spec& output, Layout& view) {
  view = layout;
  const auto& begin = std::get<Integers>(attrs[0]);
  const auto& step = std::get<Integers>(attrs[2]);
  for (std::size_t i = 0; i < static_cast<std::size_t>(input.shape.rank()); ++i) {
    if (output.shape.elements() > 0) view.offset += begin[i] * layout.strides[i];  // of nothing: stay inside
    if (output.shape[static_cast<int>(i)] > 1) view.strides[i] = layout.strides[i] * step[i];
  }
  return true;
}

std::vector<Tensor> slice_gradient(const GradientCall& call) {
  const Shape& whole = call.inputs[0].shape();
  const auto& begin = std::get<Integers>(call.attrs[0]);
  const auto& size = std::get<Integers>(call.attrs[1]);
  const auto& step = std::get<Integers>(call.attrs[2]);
  Integers after, between;
  for (std::size_t i = 0; i < begin.size(); ++i) {
    const std::int64_t span = size[i] == 0 ? 0 : (size[i] - 1) * step[i] + 1;
    after.push_back(whole[static_cast<int>(i)] - begin[i] - span);
    between.push_back(step[i] - 1);
  }
  return {apply(kPad, {call.cotangents[0]}, {begin, after, between, 0.0})};
}

void reverse_shape(ShapeRule& rule) {
  const auto& axes = rule.attr<Integers>(0);
  std::array<bool, limits::kRank> seen{};
  for (const std::int64_t axis : axes) {
    if (axis < 0 || axis >= rule.input(0).shape.rank() || seen[static_cast<std::size_t>(axis)]) {
      rule.refuse("axes", "must be axes of the tensor",
                  "each once, below " + to_text(std::int64_t{rule.input(0).shape.rank()}), to_text(axis),
                  "Count axes from 0.");
    }
    seen[static_cast<std::size_t>(axis)] = true;
  }
  rule.output(rule.input(0));
}

bool reverse_view(const Spec& input, const Layout& layout, const Attrs& attrs, const Spec&, Layout& view) {
  view = layout;
  if (input.shape.elements() == 0) return true;  // there is no last element to begin with
  for (const std::int64_t axis : std::get<Integers>(attrs[0])) {
    const auto i = static_cast<std::size_t>(axis);
    view.offset += (input.shape[static_cast<int>(axis)] - 1) * layout.strides[i];
    view.strides[i] = -layout.strides[i];
  }
  return true;
}

std::vector<Tensor> reverse_gradient(const GradientCall& call) {
  return {reverse(call.cotangents[0], std::get<Integers>(call.attrs[0]))};
}

void reshape_shape(ShapeRule& rule) {
  const Shape wanted{std::span<const std::int64_t>(rule.attr<Integers>(0))};
  if (wanted.elements() != rule.input(0).shape.elements()) {
    rule.refuse("shape", "holds another number of elements", to_text(rule.input(0).shape.elements()),
                to_text(wanted.elements()), "Choose extents with the same product.");
  }
  rule.output(with_shape(rule.input(0), wanted));
}

bool reshape_view(const Spec& input, const Layout& layout, const Attrs&, const Spec& output, Layout& view) {
  view = {dense_strides(output.shape), layout.offset};
  return is_dense(input.shape, layout.strides);
}

std::vector<Tensor> reshape_gradient(const GradientCall& call) {
  return {reshape(call.cotangents[0], call.inputs[0].shape())};
}

void like_input(ShapeRule& rule) {
  rule.output(rule.input(0));
}

bool same_view(const Spec&, const Layout& layout, const Attrs&, const Spec&, Layout& view) {
  view = layout;
  return true;
}

const AttrSpec kBroadcastAttrs[] = {{"shape", Integers{}}};
const AttrSpec kTransposeAttrs[] = {{"axes", Integers{}}};
const AttrSpec kSliceAttrs[] = {{"begin", Integers{}}, {"size", Integers{}}, {"step", Integers{}}};
const AttrSpec kReverseAttrs[] = {{"axes", Integers{}}};
const AttrSpec kReshapeAttrs[] = {{"shape", Integers{}}};
const AttrSpec kTapAttrs[] = {{"label", std::string{}}};

std::vector<Sample> broadcast_samples() {
  return {{.inputs = {{DType::float32, {}}}, .attrs = {Integers{3, 5}}},
          {.inputs = {{DType::float32, {5, 1}}}, .attrs = {Integers{2, 5, 7}}}};
}
std::vector<Sample> transpose_samples() {
  return {{.inputs = {{DType::float32, {3, 5}}}, .attrs = {Integers{1, 0}}},
          {.inputs = {{DType::float32, {2, 3, 7}}}, .attrs = {Integers{2, 0, 1}}}};
}
std::vector<Sample> slice_samples() {
  return {{.inputs = {{DType::float32, {5, 7}}}, .attrs = {Integers{1, 2}, Integers{3, 4}, Integers{1, 1}}},
          {.inputs = {{DType::float32, {5, 8}}}, .attrs = {Integers{1, 0}, Integers{2, 3}, Integers{3, 3}}},
          {.inputs = {{DType::int32, {7}}}, .attrs = {Integers{1}, Integers{3}, Integers{2}}},
          {.inputs = {{DType::float32, {13}}}, .attrs = {Integers{13}, Integers{0}, Integers{1}}}};
}
std::vector<Sample> reverse_samples() {
  return {{.inputs = {{DType::float32, {3, 5}}}, .attrs = {Integers{1}}},
          {.inputs = {{DType::float32, {2, 3, 7}}}, .attrs = {Integers{2, 0}}},
          {.inputs = {{DType::boolean, {13}}}, .attrs = {Integers{0}}},
          {.inputs = {{DType::float32, {0, 2}}}, .attrs = {Integers{0, 1}}}};
}
std::vector<Sample> reshape_samples() {
  return {{.inputs = {{DType::float32, {3, 4}}}, .attrs = {Integers{2, 6}}},
          {.inputs = {{DType::float32, {}}}, .attrs = {Integers{1, 1}}}};
}
std::vector<Sample> tap_samples() {
  return {{.inputs = {{DType::float32, {3, 4}}}, .attrs = {std::string("here")}}};
}
std::vector<Sample> copy_samples() {
  return {{.inputs = {{DType::float32, {3, 13}}}, .attrs = {}}};
}

}  // namespace

const Op kBroadcast{.name = "broadcast",
                    .formula = "x stretched along axes of extent 1",
                    .attrs = kBroadcastAttrs,
                    .shape = broadcast_shape,
                    .gradient = {pass_through, {}},
                    .samples = broadcast_samples,
                    .view = broadcast_view,
                    .cpu_only = {}};
const Op kTranspose{.name = "transpose",
                    .formula = "axes in another order",
                    .attrs = kTransposeAttrs,
                    .shape = transpose_shape,
                    .gradient = {transpose_gradient, {}},
                    .samples = transpose_samples,
                    .view = transpose_view,
                    .cpu_only = {}};
const Op kSlice{.name = "slice",
                .formula = "x[begin : begin + size]",
                .attrs = kSliceAttrs,
                .shape = slice_shape,
                .gradient = {slice_gradient, {}},
                .samples = slice_samples,
                .view = slice_view,
                .cpu_only = {}};
const Op kReverse{.name = "reverse",
                  .formula = "x from the last to the first along axes",
                  .attrs = kReverseAttrs,
                  .shape = reverse_shape,
                  .gradient = {reverse_gradient, {}},
                  .samples = reverse_samples,
                  .view = reverse_view,
                  .cpu_only = {}};
const Op kReshape{.name = "reshape",
                  .formula = "the same numbers under another shape",
                  .attrs = kReshapeAttrs,
                  .shape = reshape_shape,
                  .gradient = {reshape_gradient, {}},
                  .samples = reshape_samples,
                  .view = reshape_view,
                  .cpu_only = {}};
const Op kTap{.name = "tap",
              .formula = "x, kept under a label",
              .attrs = kTapAttrs,
              .shape = like_input,
              .gradient = {pass_through, {}},
              .samples = tap_samples,
              .view = same_view,
              .cpu_only = {}};
const Op kCopy{.name = "copy",
               .formula = "x in memory of its own",
               .attrs = {},
               .shape = like_input,
               .gradient = {pass_through, {}},
               .samples = copy_samples,
               .cpu_only = {}};

Tensor broadcast(const Tensor& x, const Shape& shape) {
  return x.shape() == shape ? x : apply(kBroadcast, {x}, {extents_of(shape)});
}
Tensor transpose(const Tensor& x, Integers axes) {
  return apply(kTranspose, {x}, {std::move(axes)});
}
Tensor transpose(const Tensor& x) {
  const int rank = x.shape().rank();
  if (rank < 2) {
    throw ShapeError({"[transpose] x", "has too few axes", "2 or more", text_of_rank(rank), "Reshape it first."});
  }
  Integers axes;
  for (int axis = 0; axis < rank; ++axis) axes.push_back(axis);
  std::swap(axes[axes.size() - 1], axes[axes.size() - 2]);
  return transpose(x, std::move(axes));
}
Tensor slice(const Tensor& x, Integers begin, Integers size, Integers step) {
  if (step.empty()) step.assign(begin.size(), 1);
  return apply(kSlice, {x}, {std::move(begin), std::move(size), std::move(step)});
}
Tensor reverse(const Tensor& x, Integers axes) {
  return apply(kReverse, {x}, {resolved_axes("reverse", x, std::move(axes))});
}
Tensor reshape(const Tensor& x, const Shape& shape) {
  return x.shape() == shape ? x : apply(kReshape, {x}, {extents_of(shape)});
}
Tensor copy(const Tensor& x) {
  return apply(kCopy, {x});
}
Tensor tap(const Tensor& x, std::string label) {
  return apply(kTap, {x}, {std::move(label)});
}

}  // namespace vitrine::ops
