// Entries of the exponentials.
#include "engine/ops/exponential.h"

#include "engine/ops/arithmetic.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> sqrt_gradient(const GradientCall& call) {
  return {call.cotangents[0] / (2.0f * call.outputs[0])};
}
std::vector<Tensor> exp_gradient(const GradientCall& call) {
  return {call.cotangents[0] * call.outputs[0]};
}
std::vector<Tensor> expm1_gradient(const GradientCall& call) {
  return {call.cotangents[0] * exp(call.inputs[0])};
}
std::vector<Tensor> log_gradient(const GradientCall& call) {
  return {call.cotangents[0] / call.inputs[0]};
}
std::vector<Tensor> log1p_gradient(const GradientCall& call) {
  return {call.cotangents[0] / (like(call.inputs[0], 1) + call.inputs[0])};
}
std::vector<Tensor> erf_gradient(const GradientCall& call) {
  constexpr float kTwoOverRootPi = 1.12837917f;
  return {call.cotangents[0] * (kTwoOverRootPi * exp(neg(square(call.inputs[0]))))};
}

}  // namespace

constinit const Op kSqrt = unary_op("sqrt", "√x", Micro::sqrt, sqrt_gradient, unary_between<20, 300>);
constinit const Op kExp = unary_op("exp", "eˣ", Micro::exp, exp_gradient, unary_samples);
constinit const Op kExpm1 = unary_op("expm1", "eˣ − 1", Micro::expm1, expm1_gradient, unary_samples);
constinit const Op kLog = unary_op("log", "ln x", Micro::log, log_gradient, unary_between<20, 300>);
constinit const Op kLog1p = unary_op("log1p", "ln(1 + x)", Micro::log1p, log1p_gradient, unary_between<-80, 300>);
constinit const Op kErf = unary_op("erf", "2/√π ∫₀ˣ e^(−t²) dt", Micro::erf, erf_gradient, unary_samples);

Tensor sqrt(const Tensor& x) {
  return apply_to_float(kSqrt, x);
}
Tensor rsqrt(const Tensor& x) {
  return reciprocal(sqrt(x));
}
Tensor reciprocal(const Tensor& x) {
  return like(x, 1) / x;
}
Tensor exp(const Tensor& x) {
  return apply_to_float(kExp, x);
}
Tensor expm1(const Tensor& x) {
  return apply_to_float(kExpm1, x);
}
Tensor log(const Tensor& x) {
  return apply_to_float(kLog, x);
}
Tensor log1p(const Tensor& x) {
  return apply_to_float(kLog1p, x);
}
Tensor erf(const Tensor& x) {
  return apply_to_float(kErf, x);
}

}  // namespace vitrine::ops
