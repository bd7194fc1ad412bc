// Entries of the activations.
#include "engine/ops/activation.h"

#include "engine/ops/arithmetic.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> tanh_gradient(const GradientCall& call) {
  return {call.cotangents[0] * (like(call.outputs[0], 1) - square(call.outputs[0]))};
}

std::vector<Tensor> relu_gradient(const GradientCall& call) {
  const Tensor zero = like(call.inputs[0], 0);
  return {where(greater(call.inputs[0], zero), call.cotangents[0], zero)};
}

std::vector<Tensor> sigmoid_gradient(const GradientCall& call) {
  const Tensor& y = call.outputs[0];
  return {call.cotangents[0] * (y * (like(y, 1) - y))};
}

// Away from the kink at 0, where no finite difference is right.
std::vector<Sample> relu_samples() {
  auto samples = unary_samples();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].low = i % 2 == 0 ? 0.1 : -2;
    samples[i].high = i % 2 == 0 ? 2 : -0.1;
  }
  return samples;
}

}  // namespace

constinit const Op kTanh{.name = "tanh",
                         .formula = "tanh x",
                         .attrs = {},
                         .shape = same_shape,
                         .gradient = {tanh_gradient, {}},
                         .samples = unary_samples,
                         .micro = Micro::tanh,
                         .cpu_only = {}};
constinit const Op kRelu{.name = "relu",
                         .formula = "max(x, 0)",
                         .attrs = {},
                         .shape = same_shape,
                         .gradient = {relu_gradient, {}},
                         .samples = relu_samples,
                         .micro = Micro::relu,
                         .cpu_only = {}};
constinit const Op kSigmoid{.name = "sigmoid",
                            .formula = "1 / (1 + e⁻ˣ)",
                            .attrs = {},
                            .shape = same_shape,
                            .gradient = {sigmoid_gradient, {}},
                            .samples = unary_samples,
                            .micro = Micro::sigmoid,
                            .cpu_only = {}};

Tensor tanh(const Tensor& x) {
  return apply(kTanh, {x});
}
Tensor relu(const Tensor& x) {
  return apply(kRelu, {x});
}
Tensor sigmoid(const Tensor& x) {
  return apply(kSigmoid, {x});
}

}  // namespace vitrine::ops
