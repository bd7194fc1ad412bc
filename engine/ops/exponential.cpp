// Entries of the exponentials.
#include "engine/ops/exponential.h"

#include "engine/ops/arithmetic.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> exp_gradient(const GradientCall& call) {
  return {call.cotangents[0] * call.outputs[0]};
}

}  // namespace

constinit const Op kExp{.name = "exp",
                        .formula = "eˣ",
                        .attrs = {},
                        .shape = same_shape,
                        .gradient = {exp_gradient, {}},
                        .samples = unary_samples,
                        .micro = Micro::exp,
                        .cpu_only = "its shader waits for the first plan that needs it"};

Tensor exp(const Tensor& x) {
  return apply(kExp, {x});
}

}  // namespace vitrine::ops
