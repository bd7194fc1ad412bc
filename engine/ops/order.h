// Comparing the elements of a line: where the largest is, the largest few, where a value belongs; and running totals. A
// NaN comes first wherever one is looked for; of equals the first comes first.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kArgMax, kArgMin, kTopK, kSearchSorted, kCumsum;

Tensor arg_max(const Tensor& x, std::int64_t axis = 0);  // int32
Tensor arg_min(const Tensor& x, std::int64_t axis = 0);

struct TopK {
  Tensor values, indices;
};
TopK top_k(const Tensor& x, std::int64_t k);  // along the last axis, the largest first

// For each value how many numbers of the sorted line, along the last axis, are smaller; on the right side those that
// are equal count as well.
Tensor search_sorted(const Tensor& sorted, const Tensor& values, bool right = false);

// Sums of everything up to each element; exclusive: without itself; reverse: of everything from it on.
Tensor cumsum(const Tensor& x, std::int64_t axis = 0, bool exclusive = false, bool reverse = false);
Tensor cumprod(const Tensor& x, std::int64_t axis = 0, bool exclusive = false, bool reverse = false);

}  // namespace vitrine::ops
