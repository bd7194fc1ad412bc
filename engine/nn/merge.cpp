// Merging: several inputs become one.
#include <algorithm>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/objective.h"
#include "engine/ops/reduction.h"

namespace vitrine::nn {
namespace {

constexpr int kMostMerged = 1024;

// Steps count where they count in every input that has a mask.
Tensor common_mask(const Call& call) {
  Tensor mask;
  for (std::size_t i = 0; i < call.inputs(); ++i) {
    if (call.mask(i)) mask = mask ? ops::logical_and(mask, call.mask(i)) : call.mask(i);
  }
  return mask;
}

// The inputs with as many axes: those with fewer get axes of extent 1 behind the batch.
std::vector<Tensor> of_one_rank(const Call& call) {
  int rank = 0;
  for (std::size_t i = 0; i < call.inputs(); ++i) rank = std::max(rank, call.input(i).shape().rank());
  std::vector<Tensor> inputs;
  for (std::size_t i = 0; i < call.inputs(); ++i) {
    Tensor x = call.input(i);
    while (x.shape().rank() < rank) x = ops::expand_dims(x, 1);
    inputs.push_back(x);
  }
  return inputs;
}

template <Tensor (*pair)(const Tensor&, const Tensor&)>
Tensor merged(const Call& call) {
  const std::vector<Tensor> inputs = of_one_rank(call);
  Tensor result = inputs[0];
  for (std::size_t i = 1; i < inputs.size(); ++i) result = pair(result, inputs[i]);
  return result;
}
template <Tensor (*pair)(const Tensor&, const Tensor&)>
void merge(Call& call) {
  call.output(merged<pair>(call), common_mask(call));
}
void average(Call& call) {
  call.output((1 / static_cast<float>(call.inputs())) * merged<ops::add>(call), common_mask(call));
}

constexpr auto kConcatenateArguments =
    rows(Argument{"axis", Takes::whole, -1.0, "along which the inputs are put one behind the other"});

void concatenate(Call& call) {
  std::vector<Tensor> inputs, masks;
  for (std::size_t i = 0; i < call.inputs(); ++i) {
    inputs.push_back(call.input(i));
    if (call.mask(i)) masks.push_back(call.mask(i));
  }
  const std::int64_t axis = call.arguments().whole("axis"), rank = inputs[0].shape().rank();
  const bool along_steps = axis == 1 || axis == 1 - rank;
  const bool all_masked = masks.size() == inputs.size();
  const Tensor mask = !along_steps ? common_mask(call) : all_masked ? ops::concat(masks, 1) : Tensor();
  call.output(ops::concat(inputs, axis), mask);
}

constexpr auto kDotArguments = rows(
    Argument{"axes", Takes::wholes, kRequired, "over which products are summed: one for both inputs, or one for each"},
    Argument{"normalize", Takes::truth, false, "whether they are scaled to length 1 first: the cosine"});

Tensor of_length_one(const Tensor& x, std::int64_t axis) {
  const Tensor energy = ops::sum(ops::square(x), {axis}, true);
  return x / ops::sqrt(ops::maximum(energy, like(energy, ops::kObjectiveEpsilon)));
}

// x with the axis last, or first behind the batch, and the others flattened: [batch, others, axis].
Tensor as_matrix(const Tensor& x, std::int64_t axis, bool last) {
  Integers order{0};
  std::int64_t others = 1;
  for (int i = 1; i < x.shape().rank(); ++i) {
    if (i == axis) continue;
    order.push_back(i);
    others *= x.shape()[i];
  }
  order.insert(last ? order.end() : order.begin() + 1, axis);
  const std::int64_t along = x.shape()[static_cast<int>(axis)];
  const Shape shape = last ? Shape{x.shape()[0], others, along} : Shape{x.shape()[0], along, others};
  return ops::reshape(ops::transpose(x, order), shape);
}

void dot(Call& call) {
  const Integers axes = call.arguments().wholes("axes", 2);
  std::vector<Tensor> sides;
  Integers extents{call.input().shape()[0]};
  for (std::size_t i = 0; i < 2; ++i) {
    const Tensor& x = call.input(i);
    const std::int64_t axis = ops::resolved_axis("dot", x, axes[i]);
    if (axis == 0) call.arguments().refuse("axes", "names the batch", "an axis behind it", "Choose another axis.");
    const Tensor scaled = call.arguments().truth("normalize") ? of_length_one(x, axis) : x;
    sides.push_back(as_matrix(scaled, axis, i == 0));
    for (int other = 1; other < x.shape().rank(); ++other) {
      if (other != axis) extents.push_back(x.shape()[other]);
    }
  }
  if (extents.size() == 1) extents.push_back(1);
  call.output(ops::reshape(ops::matmul(sides[0], sides[1]), ops::shape_of(extents)));
}

constexpr LayerKind merge_kind(std::string_view name, std::string_view meaning, void (*call)(Call&), int least = 2,
                               int most = kMostMerged) {
  return {.name = name, .meaning = meaning, .least_inputs = least, .most_inputs = most, .call = call};
}

}  // namespace

namespace layers {
const LayerKind Add = merge_kind("Add", "the sum of its inputs", merge<ops::add>);
const LayerKind Subtract = merge_kind("Subtract", "the first input less the second", merge<ops::sub>, 2, 2);
const LayerKind Multiply = merge_kind("Multiply", "the product of its inputs", merge<ops::mul>);
const LayerKind Average = merge_kind("Average", "the mean of its inputs", average);
const LayerKind Maximum = merge_kind("Maximum", "the largest of its inputs", merge<ops::maximum>);
const LayerKind Minimum = merge_kind("Minimum", "the smallest of its inputs", merge<ops::minimum>);
const LayerKind Concatenate{.name = "Concatenate",
                            .meaning = "its inputs, one behind the other",
                            .arguments = kConcatenateArguments,
                            .least_inputs = 1,
                            .most_inputs = kMostMerged,
                            .call = concatenate};
const LayerKind Dot{.name = "Dot",
                    .meaning = "products of two inputs, summed along an axis of each",
                    .arguments = kDotArguments,
                    .least_inputs = 2,
                    .most_inputs = 2,
                    .call = dot};
}  // namespace layers

}  // namespace vitrine::nn
