// Steps: functions that are flat between their jumps, so their slope is 0.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kFloor, kRound, kSign;

Tensor floor(const Tensor& x);
Tensor ceil(const Tensor& x);
Tensor round(const Tensor& x);              // halves to the even neighbour
Tensor sign(const Tensor& x);               // -1, 0 or 1; 0 for NaN
Tensor step(const Tensor& x, float alpha);  // 1 above 0, alpha elsewhere; NaN stays

}  // namespace vitrine::ops
