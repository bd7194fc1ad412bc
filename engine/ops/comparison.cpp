// Entries of the comparisons, and logic made of them.
#include "engine/ops/comparison.h"

#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

constexpr Op comparison_op(std::string_view name, std::string_view formula, Micro micro, void (*shape)(ShapeRule&),
                           std::vector<Sample> (*samples)(), std::string_view cpu_only) {
  return {.name = name,
          .formula = formula,
          .least_inputs = 2,
          .most_inputs = 2,
          .attrs = {},
          .shape = shape,
          .gradient = no_gradient("a comparison is constant almost everywhere"),
          .samples = samples,
          .micro = micro,
          .cpu_only = cpu_only};
}

constexpr unsigned kOrdered = kNumber | kTruth;

std::vector<Sample> whole_samples() {
  auto samples = also(binary_samples(), kInteger);
  return {samples.end() - 4, samples.end()};
}

void expect_truths(std::string_view op, std::initializer_list<Tensor> inputs) {
  for (const Tensor& input : inputs) {
    if (input.dtype() != DType::boolean) {
      throw UsageError({"[" + std::string(op) + "]", "works on truths", "bool", std::string(name_of(input.dtype())),
                        "Compare first, or convert with cast."});
    }
  }
}

}  // namespace

constinit const Op kGreater =
    comparison_op("greater", "a > b", Micro::greater, comparison_shape<kOrdered>, binary_in_types<kOrdered>, {});
constinit const Op kGreaterEqual = comparison_op("greater_equal", "a ≥ b", Micro::greater_equal,
                                                 comparison_shape<kOrdered>, binary_in_types<kOrdered>, kNoShaderYet);
constinit const Op kEqual = comparison_op("equal", "a = b", Micro::equal, comparison_shape<kComparable>,
                                          binary_in_types<kAnyType>, kNoShaderYet);
constinit const Op kNotEqual = comparison_op("not_equal", "a ≠ b", Micro::not_equal, comparison_shape<kComparable>,
                                             binary_in_types<kAnyType>, kNoShaderYet);
constinit const Op kBitAnd{.name = "bit_and",
                           .formula = "the bits that a and b share",
                           .least_inputs = 2,
                           .most_inputs = 2,
                           .attrs = {},
                           .shape = binary_shape<kInteger>,
                           .gradient = no_gradient("whole numbers have no slope"),
                           .samples = whole_samples,
                           .micro = Micro::bit_and,
                           .cpu_only = kNoShaderYet};

Tensor greater(const Tensor& a, const Tensor& b) {
  const auto [x, y] = alike(a, b);
  return apply(kGreater, {x, y});
}
Tensor greater_equal(const Tensor& a, const Tensor& b) {
  const auto [x, y] = alike(a, b);
  return apply(kGreaterEqual, {x, y});
}
Tensor less(const Tensor& a, const Tensor& b) {
  return greater(b, a);
}
Tensor less_equal(const Tensor& a, const Tensor& b) {
  return greater_equal(b, a);
}
Tensor equal(const Tensor& a, const Tensor& b) {
  const auto [x, y] = alike(a, b);
  return apply(kEqual, {x, y});
}
Tensor not_equal(const Tensor& a, const Tensor& b) {
  const auto [x, y] = alike(a, b);
  return apply(kNotEqual, {x, y});
}

Tensor is_nan(const Tensor& x) {
  return not_equal(x, x);
}
Tensor is_inf(const Tensor& x) {
  return equal(abs(at_least(x, DType::float32)), like(x, std::numeric_limits<float>::infinity()));
}
Tensor is_finite(const Tensor& x) {
  return less(abs(at_least(x, DType::float32)), like(x, std::numeric_limits<float>::infinity()));
}

Tensor logical_not(const Tensor& x) {
  expect_truths("logical_not", {x});
  return equal(x, cast(like(x, 0), DType::boolean));
}
Tensor logical_and(const Tensor& a, const Tensor& b) {
  expect_truths("logical_and", {a, b});
  return where(a, b, a);
}
Tensor logical_or(const Tensor& a, const Tensor& b) {
  expect_truths("logical_or", {a, b});
  return where(a, a, b);
}
Tensor logical_xor(const Tensor& a, const Tensor& b) {
  expect_truths("logical_xor", {a, b});
  return not_equal(a, b);
}
Tensor bitwise_and(const Tensor& a, const Tensor& b) {
  return apply(kBitAnd, {a, b});
}

}  // namespace vitrine::ops
