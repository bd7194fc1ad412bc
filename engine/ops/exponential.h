// Exponentials and their inverses.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kExp;

Tensor exp(const Tensor& x);

}  // namespace vitrine::ops
