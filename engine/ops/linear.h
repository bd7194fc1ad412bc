// Matrix products over the last two axes; leading axes broadcast.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kMatmul;

Tensor matmul(const Tensor& a, const Tensor& b);  // [.., m, k] · [.., k, n] = [.., m, n]

}  // namespace vitrine::ops
