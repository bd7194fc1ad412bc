// Sums, means, products, extremes over axes; negative axes count from the back.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kSum, kMean, kMax, kMin, kLogSumExp;

Tensor sum(const Tensor& x, Integers axes, bool keep = false);  // keep: reduced axes stay with extent 1
Tensor sum(const Tensor& x);                                    // over everything
Tensor mean(const Tensor& x, Integers axes, bool keep = false);
Tensor mean(const Tensor& x);
Tensor max(const Tensor& x, Integers axes,
           bool keep = false);  // NaN where there is one; of nothing the smallest number
Tensor max(const Tensor& x);
Tensor min(const Tensor& x, Integers axes, bool keep = false);
Tensor min(const Tensor& x);
Tensor prod(const Tensor& x, Integers axes, bool keep = false);
Tensor log_sum_exp(const Tensor& x, Integers axes, bool keep = false);
Tensor any(const Tensor& x, Integers axes, bool keep = false);  // of truths, like all
Tensor all(const Tensor& x, Integers axes, bool keep = false);
Tensor sum_to(const Tensor& x, const Shape& shape);  // undoes broadcasting: sums what `shape` would stretch

}  // namespace vitrine::ops
