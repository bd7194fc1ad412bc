// The types of numbers: converting between them, the common type of two operands, and complex numbers made of parts.
// Ops take operands of one type; their public functions bring mixed ones to the wider of the two, in the order
// bool, int32, float32, complex64.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kCast, kComplex, kReal, kImag;

// Fractions are cut off, what is too large for an int32 becomes its largest or smallest, NaN becomes 0; as a bool, all
// but 0 is true; a complex number becomes its real part.
Tensor cast(const Tensor& x, DType dtype);
DType dtype_named(std::string_view name);  // "int32"

struct Pair {
  Tensor a, b;
};
Pair alike(const Tensor& a, const Tensor& b);    // both in the wider of their types
Pair numbers(const Tensor& a, const Tensor& b);  // the same, and at least int32: what arithmetic does with truths
Tensor at_least(const Tensor& x, DType dtype);   // converted only when its own type is narrower

Tensor apply_to_float(const Op& op, const Tensor& x);  // at least a float

Tensor complex(const Tensor& re, const Tensor& im);
Tensor real(const Tensor& z);  // real and imag are views of a complex tensor; of other tensors x itself and zeros
Tensor imag(const Tensor& z);
Tensor conj(const Tensor& z);

}  // namespace vitrine::ops
