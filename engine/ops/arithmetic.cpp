// Entries of the elementwise arithmetic ops.
#include "engine/ops/arithmetic.h"

#include "engine/core/error.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> add_gradient(const GradientCall& call) {
  return {call.cotangents[0], call.cotangents[0]};
}

// What was subtracted or divided by is often stretched: then its share is negated after the sum, as exactly and on far
// fewer numbers.
std::vector<Tensor> sub_gradient(const GradientCall& call) {
  return {call.cotangents[0], call.wanted[1] ? neg(sum_to(call.cotangents[0], call.inputs[1].shape())) : Tensor()};
}

std::vector<Tensor> mul_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  return {call.wanted[0] ? dy * conj(call.inputs[1]) : Tensor(), call.wanted[1] ? dy * conj(call.inputs[0]) : Tensor()};
}

std::vector<Tensor> div_gradient(const GradientCall& call) {
  const Tensor share = call.cotangents[0] / conj(call.inputs[1]);
  return {share, call.wanted[1] ? neg(sum_to(share * conj(call.outputs[0]), call.inputs[1].shape())) : Tensor()};
}

std::vector<Tensor> neg_gradient(const GradientCall& call) {
  return {neg(call.cotangents[0])};
}

std::vector<Tensor> square_gradient(const GradientCall& call) {
  return {call.cotangents[0] * (2.0f * conj(call.inputs[0]))};
}

std::vector<Tensor> abs_gradient(const GradientCall& call) {
  return {call.cotangents[0] * sign(call.inputs[0])};
}

// Of equal numbers the first is the winner; with a NaN there is none.
std::vector<Tensor> maximum_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  const Tensor zero = like(dy, 0);
  return {call.wanted[0] ? where(greater_equal(call.inputs[0], call.inputs[1]), dy, zero) : Tensor(),
          call.wanted[1] ? where(greater(call.inputs[1], call.inputs[0]), dy, zero) : Tensor()};
}

std::vector<Tensor> minimum_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  const Tensor zero = like(dy, 0);
  return {call.wanted[0] ? where(greater_equal(call.inputs[1], call.inputs[0]), dy, zero) : Tensor(),
          call.wanted[1] ? where(greater(call.inputs[0], call.inputs[1]), dy, zero) : Tensor()};
}

std::vector<Tensor> mod_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  return {dy, call.wanted[1] ? neg(dy * floor(call.inputs[0] / call.inputs[1])) : Tensor()};
}

// The slope towards the exponent is that of real powers; a base that is not positive has none.
std::vector<Tensor> pow_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  const Tensor &a = call.inputs[0], &b = call.inputs[1];
  Tensor da, db;
  if (call.wanted[0]) da = dy * (b * pow(a, b - like(b, 1)));
  if (call.wanted[1]) {
    const Tensor positive = greater(a, like(a, 0));
    db = dy * where(positive, call.outputs[0] * log(where(positive, a, like(a, 1))), like(a, 0));
  }
  return {da, db};
}

std::vector<Tensor> where_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  const Tensor zero = like(dy, 0);
  return {Tensor(), call.wanted[1] ? where(call.inputs[0], dy, zero) : Tensor(),
          call.wanted[2] ? where(call.inputs[0], zero, dy) : Tensor()};
}

void where_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::boolean);
  expect_same_type(rule, 1, 2);
  const Shape values = broadcast_shapes(rule.op(), rule.input(1).shape, rule.input(2).shape);
  rule.output({rule.input(1).dtype, broadcast_shapes(rule.op(), rule.input(0).shape, values)});
}

std::vector<Sample> abs_samples() {
  return also(unary_between<10, 200>(), kInteger);
}

std::vector<Sample> where_samples() {
  const Spec condition{DType::boolean, {5, 7}};
  return {{.inputs = {condition, {DType::float32, {5, 7}}, {DType::float32, {5, 7}}}, .attrs = {}},
          {.inputs = {condition, {DType::float32, {7}}, {DType::float32, {}}}, .attrs = {}},
          {.inputs = {condition, {DType::int32, {7}}, {DType::int32, {5, 1}}}, .attrs = {}},
          {.inputs = {condition, {DType::boolean, {7}}, {DType::boolean, {5, 7}}}, .attrs = {}},
          {.inputs = {condition, {DType::complex64, {7}}, {DType::complex64, {5, 7}}}, .attrs = {}}};
}

// The public functions bring operands to one type; entries know only equal ones.
constexpr Op binary_op(std::string_view name, std::string_view formula, Micro micro, void (*shape)(ShapeRule&),
                       std::vector<Tensor> (*gradient)(const GradientCall&), std::vector<Sample> (*samples)(),
                       std::string_view cpu_only) {
  return {.name = name,
          .formula = formula,
          .least_inputs = 2,
          .most_inputs = 2,
          .attrs = {},
          .shape = shape,
          .gradient = {gradient, {}},
          .samples = samples,
          .micro = micro,
          .cpu_only = cpu_only};
}

// Positive, and no two equal.
std::vector<Sample> positive_samples() {
  return also(binary_between<20, 200>(), kInteger);
}
// Away from equal numbers, where the quotient steps.
std::vector<Sample> mod_samples() {
  return also(binary_between<110, 190>(), kInteger);
}

}  // namespace

constinit const Op kAdd =
    binary_op("add", "a + b", Micro::add, binary_shape<kAnyNumber>, add_gradient, binary_in_types<kAnyNumber>, {});
constinit const Op kSub =
    binary_op("sub", "a − b", Micro::sub, binary_shape<kAnyNumber>, sub_gradient, binary_in_types<kAnyNumber>, {});
constinit const Op kMul =
    binary_op("mul", "a × b", Micro::mul, binary_shape<kAnyNumber>, mul_gradient, binary_in_types<kAnyNumber>, {});
constinit const Op kDiv = binary_op("div", "a / b; of whole numbers ⌊a / b⌋", Micro::div, binary_shape<kAnyNumber>,
                                    div_gradient, positive_samples, kNoShaderYet);
constinit const Op kMaximum =
    binary_op("maximum", "the larger of a and b; NaN where either is", Micro::maximum, binary_shape<kNumber>,
              maximum_gradient, binary_in_types<kNumber>, kNoShaderYet);
constinit const Op kMinimum =
    binary_op("minimum", "the smaller of a and b; NaN where either is", Micro::minimum, binary_shape<kNumber>,
              minimum_gradient, binary_in_types<kNumber>, kNoShaderYet);
constinit const Op kMod =
    binary_op("mod", "a − b ⌊a / b⌋", Micro::mod, binary_shape<kNumber>, mod_gradient, mod_samples, kNoShaderYet);
constinit const Op kPow =
    binary_op("pow", "aᵇ", Micro::pow, binary_shape<kNumber>, pow_gradient, positive_samples, kNoShaderYet);
constinit const Op kNeg{.name = "neg",
                        .formula = "−x",
                        .attrs = {},
                        .shape = unary_shape<kAnyNumber>,
                        .gradient = {neg_gradient, {}},
                        .samples = unary_in_types<kAnyNumber>,
                        .micro = Micro::neg,
                        .cpu_only = {}};
constinit const Op kSquare{.name = "square",
                           .formula = "x²",
                           .attrs = {},
                           .shape = unary_shape<kAnyNumber>,
                           .gradient = {square_gradient, {}},
                           .samples = unary_in_types<kAnyNumber>,
                           .micro = Micro::square,
                           .cpu_only = {}};
constinit const Op kAbs{.name = "abs",
                        .formula = "|x|; its slope at 0 is 0",
                        .attrs = {},
                        .shape = unary_shape<kNumber>,
                        .gradient = {abs_gradient, {}},
                        .samples = abs_samples,
                        .micro = Micro::abs,
                        .cpu_only = kNoShaderYet};
constinit const Op kWhere{.name = "where",
                          .formula = "a where c, else b",
                          .least_inputs = 3,
                          .most_inputs = 3,
                          .attrs = {},
                          .shape = where_shape,
                          .gradient = {where_gradient, {}},
                          .samples = where_samples,
                          .micro = Micro::where,
                          .cpu_only = {}};

Tensor add(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kAdd, {x, y});
}
Tensor sub(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kSub, {x, y});
}
Tensor mul(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kMul, {x, y});
}
Tensor div(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kDiv, {x, y});
}
Tensor maximum(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kMaximum, {x, y});
}
Tensor minimum(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kMinimum, {x, y});
}
Tensor mod(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kMod, {x, y});
}
Tensor pow(const Tensor& a, const Tensor& b) {
  const auto [x, y] = numbers(a, b);
  return apply(kPow, {x, y});
}
Tensor neg(const Tensor& x) {
  return apply(kNeg, {at_least(x, DType::int32)});
}
Tensor square(const Tensor& x) {
  return apply(kSquare, {at_least(x, DType::int32)});
}
Tensor abs(const Tensor& x) {
  if (x.dtype() == DType::complex64) return sqrt(square(real(x)) + square(imag(x)));
  return apply(kAbs, {at_least(x, DType::int32)});
}
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  const auto [x, y] = alike(a, b);
  return apply(kWhere, {condition, x, y});
}

Tensor squared_difference(const Tensor& a, const Tensor& b) {
  return square(a - b);
}
Tensor div_no_nan(const Tensor& a, const Tensor& b) {
  const Tensor none = equal(b, like(b, 0));
  return where(none, like(b, 0), a / where(none, like(b, 1), b));
}
Tensor floor_div(const Tensor& a, const Tensor& b) {
  const Tensor quotient = a / b;
  return cast(quotient.dtype() == DType::int32 ? quotient : floor(quotient), DType::int32);
}
Tensor add_n(std::span<const Tensor> terms) {
  if (terms.empty()) {
    throw UsageError({"[add_n]", "got no tensors", "1 or more", "0", "Give at least one."});
  }
  Tensor total = terms[0];
  for (const Tensor& term : terms.subspan(1)) {
    if (term.shape() != total.shape()) {
      throw ShapeError({"[add_n]", "the shapes differ", text_of(total.shape()), text_of(term.shape()),
                        "Use add, which broadcasts."});
    }
    total = total + term;
  }
  return total;
}

}  // namespace vitrine::ops
