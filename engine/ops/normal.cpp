// Normalisations, made of reductions and arithmetic.
#include "engine/ops/normal.h"

#include "engine/core/error.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::ops {

Tensor softmax(const Tensor& x, std::int64_t axis) {
  return exp(log_softmax(x, axis));
}

Tensor log_softmax(const Tensor& x, std::int64_t axis) {
  const Tensor logits = at_least(x, DType::float32);
  return logits - log_sum_exp(logits, {axis}, true);
}

Moments moments(const Tensor& x, const Integers& axes, bool keep) {
  const Tensor numbers = at_least(x, DType::float32);
  const Tensor centre = mean(numbers, axes, true);
  return {keep ? centre : mean(numbers, axes, false), mean(square(numbers - centre), axes, keep)};
}

Tensor norm(const Tensor& x, Norm kind, Integers axes, bool keep) {
  const bool all = axes.empty();
  const Integers given = all ? all_axes(x) : axes;
  const std::size_t named = all ? 1 : given.size();
  if (named > 2) throw UsageError({"[norm] axes", "are too many", "1 or 2", "more", "Reshape the tensor first."});
  if (kind == Norm::euclidean) return sqrt(sum(square(x), given, keep));
  const Tensor sizes = abs(x);
  if (named == 1) {
    return kind == Norm::one        ? sum(sizes, given, keep)
           : kind == Norm::infinity ? max(sizes, given, keep)
                                    : min(sizes, given, keep);
  }
  // Of a matrix: sums along one axis, the extreme of them along the other.
  const Integers summed{given[kind == Norm::one ? 0 : 1]}, compared{given[kind == Norm::one ? 1 : 0]};
  const Tensor sums = sum(sizes, summed, true);
  const Tensor result = kind == Norm::minus_infinity ? min(sums, compared, true) : max(sums, compared, true);
  return keep ? result : squeeze(result, given);
}

Tensor batch_norm(const Tensor& x, const Tensor& mean, const Tensor& variance, const Tensor& offset,
                  const Tensor& scale, float epsilon) {
  Tensor factor = rsqrt(variance + like(variance, epsilon));
  if (scale) factor = factor * scale;
  const Tensor y = (x - mean) * factor;
  return offset ? y + offset : y;
}

Tensor local_response_norm(const Tensor& x, std::int64_t radius, float bias, float alpha, float beta) {
  const Integers size = extents_of(x.shape());
  if (size.empty() || radius < 0) {
    throw UsageError({"[local_response_norm]", "needs channels and a radius", "an axis, 0 or more", text_of(x.shape()),
                      "Check the call."});
  }
  // Neighbours beyond the ends count as zeros; those farther than there are channels never meet any.
  const std::int64_t reach = std::min(radius, size.back());
  Integers around(size.size(), 0), begin = around;
  around.back() = reach;
  const Tensor squares = pad(square(x), around, around);
  Tensor total;
  for (std::int64_t i = 0; i <= 2 * reach; ++i) {
    begin.back() = i;
    const Tensor shifted = slice(squares, begin, size);
    total = total ? total + shifted : shifted;
  }
  return x * pow(like(x, bias) + alpha * total, like(x, -beta));
}

Cell basic_lstm_cell(const Tensor& forget_bias, const Tensor& kernel, const Tensor& bias, const Tensor& data,
                     const Cell& before) {
  const Tensor both[] = {data, before.h};
  const auto gates = split(matmul(concat(both, 1), kernel) + bias, std::int64_t{4}, 1);
  const Tensor c = sigmoid(gates[0]) * tanh(gates[1]) + before.c * sigmoid(forget_bias + gates[2]);
  return {c, tanh(c) * sigmoid(gates[3])};
}

}  // namespace vitrine::ops
