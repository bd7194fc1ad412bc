// Entries of the activations.
#include "engine/ops/activation.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> tanh_gradient(const GradientCall& call) {
  return {call.cotangents[0] * (like(call.outputs[0], 1) - square(call.outputs[0]))};
}

// The answer is above zero where the input is, so that a plan need not keep the input.
std::vector<Tensor> relu_gradient(const GradientCall& call) {
  const Tensor &y = call.outputs[0], zero = like(y, 0);
  return {where(greater(y, zero), call.cotangents[0], zero)};
}

std::vector<Tensor> sigmoid_gradient(const GradientCall& call) {
  const Tensor& y = call.outputs[0];
  return {call.cotangents[0] * (y * (like(y, 1) - y))};
}

std::vector<Tensor> softplus_gradient(const GradientCall& call) {
  return {call.cotangents[0] * sigmoid(call.inputs[0])};
}

// Away from the kink at 0, where no finite difference is right.
std::vector<Sample> relu_samples() {
  auto samples = unary_samples();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].low = i % 2 == 0 ? 0.1 : -2;
    samples[i].high = i % 2 == 0 ? 2 : -0.1;
  }
  return also(std::move(samples), kInteger);
}

Tensor below_zero(const Tensor& x) {
  return minimum(x, like(x, 0));
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
                         .formula = "max(x, 0); NaN stays",
                         .attrs = {},
                         .shape = unary_shape<kNumber>,
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

constinit const Op kSoftplus = unary_op("softplus", "ln(1 + eˣ)", Micro::softplus, softplus_gradient, unary_samples);

Tensor tanh(const Tensor& x) {
  return apply_to_float(kTanh, x);
}
Tensor relu(const Tensor& x) {
  return apply(kRelu, {at_least(x, DType::int32)});
}
Tensor sigmoid(const Tensor& x) {
  return apply_to_float(kSigmoid, x);
}
Tensor softplus(const Tensor& x) {
  return apply_to_float(kSoftplus, x);
}
Tensor log_sigmoid(const Tensor& x) {
  return neg(softplus(neg(x)));
}
Tensor relu6(const Tensor& x) {
  return minimum(relu(x), like(x, 6));
}
Tensor clip(const Tensor& x, float low, float high) {
  if (!(low <= high)) {
    throw UsageError({"[clip]", "the bounds are the wrong way round", "low at most high",
                      to_text(low) + " and " + to_text(high), "Swap them."});
  }
  return cast(minimum(maximum(x, like(x, low)), like(x, high)), at_least(x, DType::int32).dtype());
}
// What lies above and below 0 is added, each with a slope of its own; nothing overflows on the other side.
Tensor elu(const Tensor& x) {
  return relu(x) + expm1(below_zero(x));
}
Tensor selu(const Tensor& x) {
  constexpr float kScale = 1.05070099f, kScaleAlpha = 1.75809934f;
  return kScale * relu(x) + kScaleAlpha * expm1(below_zero(x));
}
Tensor leaky_relu(const Tensor& x, float alpha) {
  return relu(x) + alpha * below_zero(x);
}
Tensor prelu(const Tensor& x, const Tensor& alpha) {
  return relu(x) + alpha * below_zero(x);
}
Tensor hard_sigmoid(const Tensor& x) {
  return clip(0.2f * x + like(x, 0.5f), 0, 1);
}
Tensor softsign(const Tensor& x) {
  return x / (like(x, 1) + abs(x));
}
Tensor swish(const Tensor& x, float alpha) {
  return x * sigmoid(alpha == 1 ? x : alpha * x);
}
Tensor mish(const Tensor& x) {
  return x * tanh(softplus(x));
}
Tensor gelu(const Tensor& x) {
  constexpr float kRootOfHalf = 0.707106781f;
  return 0.5f * (x * (like(x, 1) + erf(kRootOfHalf * x)));
}
Tensor gelu_tanh(const Tensor& x) {
  constexpr float kRootOfTwoOverPi = 0.797884561f;
  const Tensor cubic = x + 0.044715f * (x * square(x));
  return 0.5f * (x * (like(x, 1) + tanh(kRootOfTwoOverPi * cubic)));
}

}  // namespace vitrine::ops
