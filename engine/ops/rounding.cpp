// Entries of the steps.
#include "engine/ops/rounding.h"

#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> flat_gradient(const GradientCall&) {
  return {Tensor()};
}

std::vector<Sample> sign_samples() {
  return also(unary_between<10, 200>(), kInteger);
}

}  // namespace

constinit const Op kFloor = unary_op("floor", "⌊x⌋", Micro::floor, flat_gradient, unary_between<-90, -10>);
constinit const Op kRound = unary_op("round", "the nearest whole number, halves to the even one", Micro::round,
                                     flat_gradient, unary_between<60, 140>);
constinit const Op kSign{.name = "sign",
                         .formula = "−1, 0 or 1; 0 for NaN",
                         .attrs = {},
                         .shape = unary_shape<kNumber>,
                         .gradient = {flat_gradient, {}},
                         .samples = sign_samples,
                         .micro = Micro::sign,
                         .cpu_only = kNoShaderYet};

Tensor floor(const Tensor& x) {
  return apply(kFloor, {at_least(x, DType::float32)});
}
Tensor ceil(const Tensor& x) {
  return neg(floor(neg(x)));
}
Tensor round(const Tensor& x) {
  return apply(kRound, {at_least(x, DType::float32)});
}
Tensor sign(const Tensor& x) {
  return apply(kSign, {at_least(x, DType::int32)});
}
Tensor step(const Tensor& x, float alpha) {
  const Tensor sides = where(greater(x, like(x, 0)), like(x, 1), like(x, alpha));
  return where(is_nan(x), x, sides);
}

}  // namespace vitrine::ops
