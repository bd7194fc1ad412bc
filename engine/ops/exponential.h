// Exponentials and logarithms, roots, and the error function. Whole numbers and truths are converted to float32.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kSqrt, kExp, kExpm1, kLog, kLog1p, kErf;

Tensor sqrt(const Tensor& x);
Tensor rsqrt(const Tensor& x);
Tensor reciprocal(const Tensor& x);
Tensor exp(const Tensor& x);
Tensor expm1(const Tensor& x);  // eˣ − 1, exact near 0
Tensor log(const Tensor& x);
Tensor log1p(const Tensor& x);  // ln(1 + x), exact near 0
Tensor erf(const Tensor& x);

}  // namespace vitrine::ops
