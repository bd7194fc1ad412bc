// Comparisons and logic: ops whose answers are truths. Operands are brought to the wider of their types; a NaN equals
// nothing, itself neither.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kGreater, kGreaterEqual, kEqual, kNotEqual, kBitAnd;

Tensor greater(const Tensor& a, const Tensor& b);
Tensor greater_equal(const Tensor& a, const Tensor& b);
Tensor less(const Tensor& a, const Tensor& b);
Tensor less_equal(const Tensor& a, const Tensor& b);
Tensor equal(const Tensor& a, const Tensor& b);
Tensor not_equal(const Tensor& a, const Tensor& b);

Tensor is_nan(const Tensor& x);
Tensor is_inf(const Tensor& x);
Tensor is_finite(const Tensor& x);

Tensor logical_not(const Tensor& x);  // of truths, here and below
Tensor logical_and(const Tensor& a, const Tensor& b);
Tensor logical_or(const Tensor& a, const Tensor& b);
Tensor logical_xor(const Tensor& a, const Tensor& b);
Tensor bitwise_and(const Tensor& a, const Tensor& b);  // of int32

}  // namespace vitrine::ops
