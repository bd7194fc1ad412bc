// Entries of the layout ops that make memory of their own: pad and concat.
#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

constexpr int kMostJoined = 8;  // what one kernel takes

void pad_shape(ShapeRule& rule) {
  const auto& before = rule.attr<Integers>(0);
  const auto& after = rule.attr<Integers>(1);
  const auto& between = rule.attr<Integers>(2);
  expect_length(rule, "before", before);
  expect_length(rule, "after", after);
  expect_length(rule, "between", between);
  if (rule.input(0).dtype == DType::string && rule.attr<double>(3) != 0) {
    rule.refuse("value", "is a number among strings", "0, which stands for the empty string",
                to_text(static_cast<float>(rule.attr<double>(3))), "Join what is to be added with concat.");
  }
  Shape shape = rule.input(0).shape;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    for (const std::int64_t width : {before[i], after[i], between[i]}) {
      if (width < 0 || width > limits::kElements) {
        rule.refuse("width", "is out of range", "0 or more", to_text(width), "Use slice to cut.");
      }
    }
    if (between[i] > 0 && shape[axis] > limits::kElements / (between[i] + 1)) {
      rule.refuse("between", "is too wide", "a tensor that fits in memory", to_text(between[i]), "Use less.");
    }
    shape[axis] += before[i] + after[i] + (shape[axis] > 1 ? (shape[axis] - 1) * between[i] : 0);
  }
  rule.output({rule.input(0).dtype, Shape(shape.extents())});  // checks the size once more
}

std::vector<Tensor> pad_gradient(const GradientCall& call) {
  Integers step = std::get<Integers>(call.attrs[2]);
  for (std::int64_t& s : step) ++s;
  return {slice(call.cotangents[0], std::get<Integers>(call.attrs[0]), extents_of(call.inputs[0].shape()), step)};
}

void concat_shape(ShapeRule& rule) {
  const std::int64_t axis = rule.attr<std::int64_t>(0);
  Spec whole = rule.input(0);
  if (axis < 0 || axis >= whole.shape.rank()) {
    rule.refuse("axis", "is no axis of the tensors", "0 to " + to_text(std::int64_t{whole.shape.rank() - 1}),
                to_text(axis), "Stack tensors along a new axis with stack.");
  }
  const int along = static_cast<int>(axis);
  for (int i = 1; i < rule.inputs(); ++i) {
    Spec fitting = rule.input(i);
    if (fitting.shape.rank() > along) fitting.shape[along] = whole.shape[along];
    if (fitting != whole) {
      rule.refuse("input " + to_text(std::int64_t{i}), "does not fit the first", text_of(rule.input(0)),
                  text_of(rule.input(i)), "All extents but that of the axis must agree, and the type.");
    }
    whole.shape[along] += rule.input(i).shape[along];
  }
  rule.output({whole.dtype, Shape(whole.shape.extents())});
}

std::vector<Tensor> concat_gradient(const GradientCall& call) {
  const auto axis = static_cast<std::size_t>(std::get<std::int64_t>(call.attrs[0]));
  Integers begin(static_cast<std::size_t>(call.outputs[0].shape().rank()), 0);
  std::vector<Tensor> answers;
  for (std::size_t i = 0; i < call.inputs.size(); ++i) {
    const Shape& shape = call.inputs[i].shape();
    answers.push_back(call.wanted[i] ? slice(call.cotangents[0], begin, extents_of(shape)) : Tensor());
    begin[axis] += shape[static_cast<int>(axis)];
  }
  return answers;
}

const AttrSpec kPadAttrs[] = {{"before", Integers{}}, {"after", Integers{}}, {"between", Integers{}}, {"value", 0.0}};
const AttrSpec kConcatAttrs[] = {{"axis", std::int64_t{0}}};

std::vector<Sample> pad_samples() {
  const auto one = [](Spec spec, Integers before, Integers after, Integers between, double value) {
    return Sample{.inputs = {spec}, .attrs = {std::move(before), std::move(after), std::move(between), value}};
  };
  return {one({DType::float32, {3, 4}}, {1, 0}, {2, 3}, {0, 0}, 0),
          one({DType::float32, {0}}, {2}, {0}, {0}, 0),
          one({DType::float32, {3, 4}}, {1, 0}, {0, 2}, {2, 1}, 0),
          one({DType::float32, {2, 3}}, {0, 1}, {1, 0}, {0, 1}, -1.5),
          one({DType::int32, {2, 3}}, {1, 1}, {1, 1}, {0, 1}, 7),
          one({DType::boolean, {5}}, {3}, {1}, {0}, 1)};
}
std::vector<Sample> concat_samples() {
  const auto of = [](DType dtype, std::initializer_list<Shape> shapes, std::int64_t axis) {
    Sample sample{.inputs = {}, .attrs = {axis}};
    for (const Shape& shape : shapes) sample.inputs.push_back({dtype, shape});
    return sample;
  };
  return {of(DType::float32, {{2, 3}, {1, 3}}, 0),
          of(DType::float32, {{2, 3}, {2, 0}, {2, 13}}, 1),
          of(DType::float32, {{2, 3, 4}, {2, 1, 4}, {2, 2, 4}}, 1),
          of(DType::int32, {{1}, {1}, {1}, {1}, {1}, {1}, {1}, {2}}, 0),
          of(DType::boolean, {{3, 5}, {3, 2}}, 1),
          of(DType::float32, {{7}}, 0)};
}

}  // namespace

const Op kConcat{.name = "concat",
                 .formula = "x₁, x₂, … one after another along an axis",
                 .most_inputs = kMostJoined,
                 .attrs = kConcatAttrs,
                 .shape = concat_shape,
                 .gradient = {concat_gradient, {}},
                 .samples = concat_samples,
                 .cpu_only = "its shader waits for the first plan that needs it"};
const Op kPad{.name = "pad",
              .formula = "x with a value before, after and between its elements",
              .attrs = kPadAttrs,
              .shape = pad_shape,
              .gradient = {pad_gradient, {}},
              .samples = pad_samples,
              .cpu_only = {}};

Tensor pad(const Tensor& x, Integers before, Integers after, double value) {
  Integers between(before.size(), 0);
  return apply(kPad, {x}, {std::move(before), std::move(after), std::move(between), value});
}
Tensor concat(std::span<const Tensor> tensors, std::int64_t axis) {
  if (tensors.empty()) {
    throw UsageError({"[concat]", "got no tensor", "1 or more", "0", "Give the tensors to join."});
  }
  const std::int64_t along = resolved_axis("concat", tensors[0], axis);
  std::vector<Tensor> pieces(tensors.begin(), tensors.end());
  while (pieces.size() > 1) {  // in rounds, so that each number moves a few times at most
    std::vector<Tensor> joined;
    for (std::size_t at = 0; at < pieces.size(); at += kMostJoined) {
      const auto some = std::span(pieces).subspan(at, std::min(pieces.size() - at, std::size_t{kMostJoined}));
      joined.push_back(some.size() == 1 ? some[0] : apply_all(kConcat, some, {along}).front());
    }
    pieces = std::move(joined);
  }
  return pieces.front();
}

}  // namespace vitrine::ops
