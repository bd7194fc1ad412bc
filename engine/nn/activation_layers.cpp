// Activations that are layers of their own: rectifiers with arguments or weights, softmax along an axis.
#include <algorithm>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/normal.h"
#include "engine/ops/types.h"

namespace vitrine::nn {
namespace {

float number(const Call& call, std::string_view name) {
  return static_cast<float>(call.arguments().real(name));
}

constexpr auto kReluArguments =
    rows(Argument{"max_value", Takes::real, kNone, "above which it stays level"}.at_least(0),
         Argument{"negative_slope", Takes::real, 0.0, "of the part below the threshold"}.at_least(0),
         Argument{"threshold", Takes::real, 0.0, "below which it is level, or falls slowly"}.at_least(0));

void relu(Call& call) {
  const Tensor& x = call.input();
  const float threshold = number(call, "threshold"), slope = number(call, "negative_slope");
  Tensor y;
  if (threshold != 0) {
    const Tensor below = slope * (x - like(x, threshold));
    y = ops::where(ops::greater_equal(x, like(x, threshold)), x, below);
  } else {
    y = slope != 0 ? ops::leaky_relu(x, slope) : ops::relu(x);
  }
  if (!call.arguments().has("max_value")) return call.output(y);
  const float most = number(call, "max_value");
  call.output(slope != 0 ? ops::minimum(y, like(y, most)) : ops::clip(y, 0, most));
}

constexpr auto kLeakyArguments = rows(Argument{"alpha", Takes::real, 0.3, "the slope below 0"}.at_least(0));

void leaky_relu(Call& call) {
  call.output(ops::leaky_relu(call.input(), number(call, "alpha")));
}

constexpr auto kPreluArguments = join(
    weight_arguments("alpha_initializer", "alpha_regularizer", "alpha_constraint", "zeros", "zeros"),
    rows(Argument{"shared_axes", Takes::wholes, kNone, "along which all have one slope, counted from 1"}.at_least(1)));

void prelu_weights(Build& build) {
  const Integers shared = build.arguments().wholes("shared_axes");
  Integers extents;
  for (std::int64_t axis = 1; axis < static_cast<std::int64_t>(build.input().rank()); ++axis) {
    const bool one = std::ranges::find(shared, axis) != shared.end();
    extents.push_back(one ? 1 : build.extent(axis));
  }
  build.weight("alpha", ops::shape_of(extents), "alpha");
}

void prelu(Call& call) {
  call.output(ops::prelu(call.input(), call.weight("alpha")));
}

constexpr auto kEluArguments = rows(Argument{"alpha", Takes::real, 1.0, "how far below 0 it goes"}.at_least(0));

void elu(Call& call) {
  const float alpha = number(call, "alpha");
  const Tensor y = ops::elu(call.input());
  call.output(alpha == 1 ? y : ops::where(ops::greater(call.input(), like(y, 0)), y, alpha * y));
}

constexpr auto kThresholdArguments = rows(Argument{"theta", Takes::real, 1.0, "above which numbers pass"}.at_least(0));

void thresholded_relu(Call& call) {
  const Tensor& x = call.input();
  call.output(x * ops::cast(ops::greater(x, like(x, number(call, "theta"))), DType::float32));
}

constexpr auto kSoftmaxArguments =
    rows(Argument{"axis", Takes::whole, 1.0, "along which the answers sum to 1"}.ours(-1.0));

void softmax(Call& call) {
  call.output(ops::softmax(call.input(), call.arguments().whole("axis")));
}

}  // namespace

namespace layers {
const LayerKind ReLU{
    .name = "ReLU", .meaning = "0 where negative", .arguments = kReluArguments, .call = relu, .masks = Masks::pass};
const LayerKind LeakyReLU{.name = "LeakyReLU",
                          .meaning = "small where negative",
                          .arguments = kLeakyArguments,
                          .call = leaky_relu,
                          .masks = Masks::pass};
const LayerKind PReLU{.name = "PReLU",
                      .meaning = "small where negative, with learned slopes",
                      .arguments = kPreluArguments,
                      .weights = prelu_weights,
                      .call = prelu,
                      .masks = Masks::pass};
const LayerKind ELU{.name = "ELU",
                    .meaning = "alpha (eˣ − 1) where negative",
                    .arguments = kEluArguments,
                    .call = elu,
                    .masks = Masks::pass};
const LayerKind ThresholdedReLU{.name = "ThresholdedReLU",
                                .meaning = "0 up to a threshold",
                                .arguments = kThresholdArguments,
                                .call = thresholded_relu,
                                .masks = Masks::pass};
const LayerKind Softmax{.name = "Softmax",
                        .meaning = "positive numbers that sum to 1",
                        .arguments = kSoftmaxArguments,
                        .call = softmax,
                        .masks = Masks::pass};
}  // namespace layers

}  // namespace vitrine::nn
