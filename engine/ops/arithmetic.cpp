// Entries of the elementwise arithmetic ops.
#include "engine/ops/arithmetic.h"

#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

std::vector<Tensor> add_gradient(const GradientCall& call) {
  return {call.cotangents[0], call.cotangents[0]};
}

std::vector<Tensor> sub_gradient(const GradientCall& call) {
  return {call.cotangents[0], call.wanted[1] ? neg(call.cotangents[0]) : Tensor()};
}

std::vector<Tensor> mul_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  return {call.wanted[0] ? dy * call.inputs[1] : Tensor(), call.wanted[1] ? dy * call.inputs[0] : Tensor()};
}

std::vector<Tensor> neg_gradient(const GradientCall& call) {
  return {neg(call.cotangents[0])};
}

std::vector<Tensor> square_gradient(const GradientCall& call) {
  return {call.cotangents[0] * (2.0f * call.inputs[0])};
}

std::vector<Tensor> where_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  const Tensor zero = like(dy, 0);
  return {Tensor(), call.wanted[1] ? where(call.inputs[0], dy, zero) : Tensor(),
          call.wanted[2] ? where(call.inputs[0], zero, dy) : Tensor()};
}

void greater_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::float32);
  rule.expect_dtype(1, DType::float32);
  rule.output({DType::boolean, broadcast_shapes(rule.op(), rule.input(0).shape, rule.input(1).shape)});
}

void where_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::boolean);
  rule.expect_dtype(1, DType::float32);
  rule.expect_dtype(2, DType::float32);
  const Shape values = broadcast_shapes(rule.op(), rule.input(1).shape, rule.input(2).shape);
  rule.output({DType::float32, broadcast_shapes(rule.op(), rule.input(0).shape, values)});
}

std::vector<Sample> where_samples() {
  const Spec condition{DType::boolean, {5, 7}};
  return {{.inputs = {condition, {DType::float32, {5, 7}}, {DType::float32, {5, 7}}}, .attrs = {}},
          {.inputs = {condition, {DType::float32, {7}}, {DType::float32, {}}}, .attrs = {}}};
}

}  // namespace

constinit const Op kAdd{.name = "add",
                        .formula = "a + b",
                        .least_inputs = 2,
                        .most_inputs = 2,
                        .attrs = {},
                        .shape = broadcast2,
                        .gradient = {add_gradient, {}},
                        .samples = binary_samples,
                        .micro = Micro::add,
                        .cpu_only = {}};
constinit const Op kSub{.name = "sub",
                        .formula = "a − b",
                        .least_inputs = 2,
                        .most_inputs = 2,
                        .attrs = {},
                        .shape = broadcast2,
                        .gradient = {sub_gradient, {}},
                        .samples = binary_samples,
                        .micro = Micro::sub,
                        .cpu_only = {}};
constinit const Op kMul{.name = "mul",
                        .formula = "a × b",
                        .least_inputs = 2,
                        .most_inputs = 2,
                        .attrs = {},
                        .shape = broadcast2,
                        .gradient = {mul_gradient, {}},
                        .samples = binary_samples,
                        .micro = Micro::mul,
                        .cpu_only = {}};
constinit const Op kNeg{.name = "neg",
                        .formula = "−x",
                        .attrs = {},
                        .shape = same_shape,
                        .gradient = {neg_gradient, {}},
                        .samples = unary_samples,
                        .micro = Micro::neg,
                        .cpu_only = {}};
constinit const Op kSquare{.name = "square",
                           .formula = "x²",
                           .attrs = {},
                           .shape = same_shape,
                           .gradient = {square_gradient, {}},
                           .samples = unary_samples,
                           .micro = Micro::square,
                           .cpu_only = {}};
constinit const Op kGreater{.name = "greater",
                            .formula = "a > b",
                            .least_inputs = 2,
                            .most_inputs = 2,
                            .attrs = {},
                            .shape = greater_shape,
                            .gradient = no_gradient("a comparison is constant almost everywhere"),
                            .samples = binary_samples,
                            .micro = Micro::greater,
                            .cpu_only = {}};
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
  return apply(kAdd, {a, b});
}
Tensor sub(const Tensor& a, const Tensor& b) {
  return apply(kSub, {a, b});
}
Tensor mul(const Tensor& a, const Tensor& b) {
  return apply(kMul, {a, b});
}
Tensor neg(const Tensor& x) {
  return apply(kNeg, {x});
}
Tensor square(const Tensor& x) {
  return apply(kSquare, {x});
}
Tensor greater(const Tensor& a, const Tensor& b) {
  return apply(kGreater, {a, b});
}
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  return apply(kWhere, {condition, a, b});
}

}  // namespace vitrine::ops
