// Entries of sine and its family.
#include "engine/ops/trigonometry.h"

#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

Tensor one_plus(const Tensor& x) {
  return like(x, 1) + x;
}
Tensor one_minus(const Tensor& x) {
  return like(x, 1) - x;
}

std::vector<Tensor> sin_gradient(const GradientCall& call) {
  return {call.cotangents[0] * cos(call.inputs[0])};
}
std::vector<Tensor> cos_gradient(const GradientCall& call) {
  return {neg(call.cotangents[0] * sin(call.inputs[0]))};
}
std::vector<Tensor> tan_gradient(const GradientCall& call) {
  return {call.cotangents[0] * one_plus(square(call.outputs[0]))};
}
std::vector<Tensor> asin_gradient(const GradientCall& call) {
  return {call.cotangents[0] / sqrt(one_minus(square(call.inputs[0])))};
}
std::vector<Tensor> acos_gradient(const GradientCall& call) {
  return {neg(call.cotangents[0] / sqrt(one_minus(square(call.inputs[0]))))};
}
std::vector<Tensor> atan_gradient(const GradientCall& call) {
  return {call.cotangents[0] / one_plus(square(call.inputs[0]))};
}
std::vector<Tensor> atan2_gradient(const GradientCall& call) {
  const Tensor &y = call.inputs[0], &x = call.inputs[1];
  const Tensor share = call.cotangents[0] / (square(x) + square(y));
  return {x * share, call.wanted[1] ? neg(y * share) : Tensor()};
}
std::vector<Tensor> sinh_gradient(const GradientCall& call) {
  return {call.cotangents[0] * cosh(call.inputs[0])};
}
std::vector<Tensor> cosh_gradient(const GradientCall& call) {
  return {call.cotangents[0] * sinh(call.inputs[0])};
}
std::vector<Tensor> asinh_gradient(const GradientCall& call) {
  return {call.cotangents[0] / sqrt(one_plus(square(call.inputs[0])))};
}
std::vector<Tensor> acosh_gradient(const GradientCall& call) {
  return {call.cotangents[0] / sqrt(square(call.inputs[0]) - like(call.inputs[0], 1))};
}
std::vector<Tensor> atanh_gradient(const GradientCall& call) {
  return {call.cotangents[0] / one_minus(square(call.inputs[0]))};
}

}  // namespace

constinit const Op kSin = unary_op("sin", "sin x", Micro::sin, sin_gradient, unary_between<-700, 700>);
constinit const Op kCos = unary_op("cos", "cos x", Micro::cos, cos_gradient, unary_between<-700, 700>);
constinit const Op kTan = unary_op("tan", "tan x", Micro::tan, tan_gradient, unary_between<-120, 120>);
constinit const Op kAsin = unary_op("asin", "arcsin x", Micro::asin, asin_gradient, unary_between<-80, 80>);
constinit const Op kAcos = unary_op("acos", "arccos x", Micro::acos, acos_gradient, unary_between<-80, 80>);
constinit const Op kAtan = unary_op("atan", "arctan x", Micro::atan, atan_gradient, unary_between<-300, 300>);
constinit const Op kAtan2{.name = "atan2",
                          .formula = "the angle of the point (b, a)",
                          .least_inputs = 2,
                          .most_inputs = 2,
                          .attrs = {},
                          .shape = broadcast2,
                          .gradient = {atan2_gradient, {}},
                          .samples = binary_between<30, 200>,
                          .micro = Micro::atan2,
                          .cpu_only = kNoShaderYet};
constinit const Op kSinh = unary_op("sinh", "(eˣ − e⁻ˣ) / 2", Micro::sinh, sinh_gradient, unary_samples);
constinit const Op kCosh = unary_op("cosh", "(eˣ + e⁻ˣ) / 2", Micro::cosh, cosh_gradient, unary_samples);
constinit const Op kAsinh = unary_op("asinh", "ln(x + √(x² + 1))", Micro::asinh, asinh_gradient, unary_samples);
constinit const Op kAcosh =
    unary_op("acosh", "ln(x + √(x² − 1))", Micro::acosh, acosh_gradient, unary_between<140, 400>);
constinit const Op kAtanh =
    unary_op("atanh", "ln((1 + x) / (1 − x)) / 2", Micro::atanh, atanh_gradient, unary_between<-80, 80>);

Tensor sin(const Tensor& x) {
  return apply_to_float(kSin, x);
}
Tensor cos(const Tensor& x) {
  return apply_to_float(kCos, x);
}
Tensor tan(const Tensor& x) {
  return apply_to_float(kTan, x);
}
Tensor asin(const Tensor& x) {
  return apply_to_float(kAsin, x);
}
Tensor acos(const Tensor& x) {
  return apply_to_float(kAcos, x);
}
Tensor atan(const Tensor& x) {
  return apply_to_float(kAtan, x);
}
Tensor atan2(const Tensor& y, const Tensor& x) {
  return apply(kAtan2, {at_least(y, DType::float32), at_least(x, DType::float32)});
}
Tensor sinh(const Tensor& x) {
  return apply_to_float(kSinh, x);
}
Tensor cosh(const Tensor& x) {
  return apply_to_float(kCosh, x);
}
Tensor asinh(const Tensor& x) {
  return apply_to_float(kAsinh, x);
}
Tensor acosh(const Tensor& x) {
  return apply_to_float(kAcosh, x);
}
Tensor atanh(const Tensor& x) {
  return apply_to_float(kAtanh, x);
}

}  // namespace vitrine::ops
