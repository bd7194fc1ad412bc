// Sums and means over axes.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kSum, kMean;

Tensor sum(const Tensor& x, Integers axes, bool keep = false);  // keep: reduced axes stay with extent 1
Tensor sum(const Tensor& x);                                    // over everything
Tensor mean(const Tensor& x, Integers axes, bool keep = false);
Tensor mean(const Tensor& x);
Tensor sum_to(const Tensor& x, const Shape& shape);  // undoes broadcasting: sums what `shape` would stretch

}  // namespace vitrine::ops
