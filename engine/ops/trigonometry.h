// Sine and its family, circular and hyperbolic, with their inverses. Whole numbers are converted to float32. Beyond
// 6.5 million radians the circular ones answer NaN: neighbouring floats lie too far apart to name an angle.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kSin, kCos, kTan, kAsin, kAcos, kAtan, kAtan2, kSinh, kCosh, kAsinh, kAcosh, kAtanh;

Tensor sin(const Tensor& x);
Tensor cos(const Tensor& x);
Tensor tan(const Tensor& x);
Tensor asin(const Tensor& x);
Tensor acos(const Tensor& x);
Tensor atan(const Tensor& x);
Tensor atan2(const Tensor& y, const Tensor& x);  // the angle of the point (x, y)
Tensor sinh(const Tensor& x);
Tensor cosh(const Tensor& x);
Tensor asinh(const Tensor& x);
Tensor acosh(const Tensor& x);
Tensor atanh(const Tensor& x);

}  // namespace vitrine::ops
