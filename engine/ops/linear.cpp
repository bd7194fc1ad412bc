// Entry of the matrix product, and what is made of it.
#include "engine/ops/linear.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::ops {
namespace {

Shape leading(const Shape& shape) {
  return Shape(shape.extents().first(static_cast<std::size_t>(shape.rank() - 2)));
}

void matmul_shape(ShapeRule& rule) {
  const char* names[] = {"a", "b"};
  for (int i = 0; i < 2; ++i) {
    rule.expect_dtype(i, DType::float32);
    if (rule.input(i).shape.rank() < 2) {
      rule.refuse(names[i], "has too few axes", "2 or more", text_of(rule.input(i).shape), "Reshape it to a matrix.");
    }
  }
  const Shape& a = rule.input(0).shape;
  const Shape& b = rule.input(1).shape;
  const std::int64_t inner = a[a.rank() - 1];
  if (b[b.rank() - 2] != inner) {
    rule.refuse("b", "does not fit a", to_text(inner) + " rows", to_text(b[b.rank() - 2]) + " rows",
                "Transpose one of them.");
  }
  const Shape lead = broadcast_shapes(rule.op(), leading(a), leading(b));
  Integers extents(lead.extents().begin(), lead.extents().end());
  extents.push_back(a[a.rank() - 2]);
  extents.push_back(b[b.rank() - 1]);
  rule.output({DType::float32, Shape(std::span<const std::int64_t>(extents))});
}

std::vector<Tensor> matmul_gradient(const GradientCall& call) {
  const Tensor& dy = call.cotangents[0];
  return {call.wanted[0] ? matmul(dy, transpose(call.inputs[1])) : Tensor(),
          call.wanted[1] ? matmul(transpose(call.inputs[0]), dy) : Tensor()};
}

std::vector<Sample> matmul_samples() {
  const auto pair = [](Shape a, Shape b) {
    return Sample{.inputs = {{DType::float32, a}, {DType::float32, b}}, .attrs = {}};
  };
  return {pair({1, 1}, {1, 1}), pair({10, 2}, {2, 4}),    pair({13, 7}, {7, 17}),
          pair({3, 0}, {0, 4}), pair({2, 5, 3}, {3, 19}), pair({2, 1, 3, 4}, {3, 4, 5})};
}

}  // namespace

constinit const Op kMatmul{.name = "matmul",
                           .formula = "Σₖ aᵢₖ bₖⱼ",
                           .least_inputs = 2,
                           .most_inputs = 2,
                           .attrs = {},
                           .shape = matmul_shape,
                           .gradient = {matmul_gradient, {}},
                           .samples = matmul_samples,
                           .cpu_only = {}};

Tensor matmul(const Tensor& a, const Tensor& b) {
  return apply(kMatmul, {a, b});
}

Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b) {
  return matmul(transpose_a ? transpose(a) : a, transpose_b ? transpose(b) : b);
}

Tensor dot(const Tensor& a, const Tensor& b) {
  const int left = a.shape().rank(), right = b.shape().rank();
  if (left < 1 || left > 2 || right < 1 || right > 2) {
    throw ShapeError({"[dot]", "takes vectors and matrices", "1 or 2 axes",
                      text_of(a.shape()) + " and " + text_of(b.shape()), "Use matmul for stacks of matrices."});
  }
  const Tensor row = left == 1 ? reshape(a, {1, a.shape()[0]}) : a;
  const Tensor column = right == 1 ? reshape(b, {b.shape()[0], 1}) : b;
  Integers extents;
  if (left == 2) extents.push_back(a.shape()[0]);
  if (right == 2) extents.push_back(b.shape()[1]);
  return reshape(matmul(row, column), shape_of(extents));
}

Tensor outer_product(const Tensor& a, const Tensor& b) {
  if (a.shape().rank() != 1 || b.shape().rank() != 1) {
    throw ShapeError({"[outer_product]", "takes two vectors", "1 axis each",
                      text_of(a.shape()) + " and " + text_of(b.shape()), "Reshape them."});
  }
  return matmul(reshape(a, {a.shape()[0], 1}), reshape(b, {1, b.shape()[0]}));
}

Tensor finished(const Tensor& y, const Finish& finish) {
  const Tensor x = finish.bias ? y + finish.bias : y;
  const std::string_view name = finish.activation;
  if (name == "linear") return x;
  if (name == "relu") return relu(x);
  if (name == "relu6") return relu6(x);
  if (name == "elu") return elu(x);
  if (name == "sigmoid") return sigmoid(x);
  if (name == "leakyrelu") return leaky_relu(x, finish.slope);
  if (name == "prelu" && finish.slopes) return prelu(x, finish.slopes);
  throw UsageError({"activation", "cannot follow a linear op in one call",
                    "linear, relu, relu6, elu, sigmoid, leakyrelu, or prelu with its slopes", std::string(name),
                    "Call it on its own."});
}

}  // namespace vitrine::ops
