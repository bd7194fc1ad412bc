// Elementwise arithmetic and choice; shapes broadcast.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kAdd, kSub, kMul, kNeg, kSquare, kGreater, kWhere;

Tensor add(const Tensor& a, const Tensor& b);
Tensor sub(const Tensor& a, const Tensor& b);
Tensor mul(const Tensor& a, const Tensor& b);
Tensor neg(const Tensor& x);
Tensor square(const Tensor& x);
Tensor greater(const Tensor& a, const Tensor& b);                         // boolean
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b);  // a where the condition holds, else b

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
inline Tensor operator-(const Tensor& x) {
  return ops::neg(x);
}
inline Tensor operator*(float a, const Tensor& b) {
  return ops::mul(like(b, a), b);
}

}  // namespace vitrine
