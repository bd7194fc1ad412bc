// Elementwise arithmetic and choice; shapes broadcast.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kAdd, kSub, kMul, kDiv, kMaximum, kMinimum, kMod, kPow, kNeg, kSquare, kAbs, kWhere;

// Operands are brought to the wider of their types, truths to int32. Whole numbers stay whole: their quotient is
// rounded down (and 0 where the divisor is), sums and products wrap around.
Tensor add(const Tensor& a, const Tensor& b);
Tensor sub(const Tensor& a, const Tensor& b);
Tensor mul(const Tensor& a, const Tensor& b);
Tensor div(const Tensor& a, const Tensor& b);
Tensor maximum(const Tensor& a, const Tensor& b);  // NaN where either is; the gradient of equal ones goes to a
Tensor minimum(const Tensor& a, const Tensor& b);
Tensor mod(const Tensor& a, const Tensor& b);  // with the sign of b
Tensor pow(const Tensor& a, const Tensor& b);
Tensor neg(const Tensor& x);
Tensor square(const Tensor& x);
Tensor abs(const Tensor& x);                                              // of a complex number, its size
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b);  // a where the condition holds, else b

Tensor squared_difference(const Tensor& a, const Tensor& b);
Tensor div_no_nan(const Tensor& a, const Tensor& b);  // 0 where b is
Tensor floor_div(const Tensor& a, const Tensor& b);   // as int32, whatever the operands are
Tensor add_n(std::span<const Tensor> terms);          // of one shape

}  // namespace vitrine::ops

namespace vitrine {  // beside Tensor, where the compiler looks for operators

inline Tensor operator+(const Tensor& a, const Tensor& b) {
  return ops::add(a, b);
}
inline Tensor operator-(const Tensor& a, const Tensor& b) {
  return ops::sub(a, b);
}
inline Tensor operator*(const Tensor& a, const Tensor& b) {
  return ops::mul(a, b);
}
inline Tensor operator/(const Tensor& a, const Tensor& b) {
  return ops::div(a, b);
}
inline Tensor operator-(const Tensor& x) {
  return ops::neg(x);
}
inline Tensor operator*(float a, const Tensor& b) {
  return ops::mul(like(b, a), b);
}

}  // namespace vitrine
