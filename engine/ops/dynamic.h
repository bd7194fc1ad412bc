// Functions whose result has a shape that depends on the numbers: what occurs, where something holds, which rows
// remain. They look at the numbers, so they need tensors that have some: inside a plan they are refused. Where the
// result is picked from an input, gradients reach that input.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

Tensor where_indices(const Tensor& condition);  // int32 [n, rank]: the places that hold
Tensor boolean_mask(const Tensor& x, const Tensor& mask, std::int64_t axis = 0);  // the parts that the mask keeps

struct Indexed {
  Tensor values, indices;
};
Indexed unique(const Tensor& x, std::int64_t axis = 0);          // in the order they come first; where each part went
Indexed set_difference(const Tensor& x, const Tensor& without);  // of lists: what of x is not in the other, and where
Tensor in_top_k(const Tensor& predictions, const Tensor& targets, std::int64_t k);  // truths

// Sparse tensors: indices int32 [n, rank], values [n], a dense shape.
struct SparseReshape {
  Tensor indices, shape;
};
SparseReshape sparse_reshape(const Tensor& indices, const Tensor& shape, const Tensor& wanted);
struct FilledRows {
  Tensor indices, values, empty_rows, reverse_map;
};
FilledRows sparse_fill_empty_rows(const Tensor& indices, const Tensor& values, const Tensor& shape,
                                  const Tensor& otherwise);
// Rows of x, picked by indices, summed or averaged by rising segment ids.
Tensor sparse_segment_sum(const Tensor& x, const Tensor& indices, const Tensor& ids, bool mean = false);

// 255 where a picture of 0 to 255 is above the level (inverted: where it is not), else 0; otsu finds the level itself.
Tensor threshold(const Tensor& image, bool otsu, bool inverted, double level);

}  // namespace vitrine::ops
