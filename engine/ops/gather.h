// Rows by number: reading, writing and adding rows of a tensor that int32 indices name. At once (eager), an index that
// no row has is a UsageError naming it; inside a plan, where nobody can be told, it reads zeros and writes nothing.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kGather, kSegmentSum, kFlatIndex, kLastWriter, kOneHot, kBandPart;

// The first `batch_dims` axes of both count together; the others of the indices take the place of the axis.
Tensor gather(const Tensor& x, const Tensor& indices, std::int64_t axis = 0, std::int64_t batch_dims = 0);
// Indices [.., d]: each last line names an element, or a part, by its place along the first d axes.
Tensor gather_nd(const Tensor& x, const Tensor& indices);
Tensor scatter_nd(const Tensor& indices, const Tensor& updates, const Shape& shape);  // added up, in order
// x with parts replaced; of several updates of one place the last stays.
Tensor tensor_scatter_update(const Tensor& x, const Tensor& indices, const Tensor& updates);
Tensor sparse_to_dense(const Tensor& indices, const Tensor& values, const Tensor& otherwise, const Shape& shape);

// Rows along the first axis of x added to the numbered ones of as many as there are segments.
Tensor unsorted_segment_sum(const Tensor& x, const Tensor& ids, std::int64_t segments);
// How often each of 0 .. size - 1 occurs along the last axis, or the sum of its weights (empty: 1 each).
Tensor bincount(const Tensor& x, const Tensor& weights, std::int64_t size);
Tensor dense_bincount(const Tensor& x, const Tensor& weights, std::int64_t size, bool binary);
Tensor confusion_matrix(const Tensor& labels, const Tensor& predictions, std::int64_t classes);

Tensor one_hot(const Tensor& indices, std::int64_t depth, double on = 1, double off = 0,
               DType dtype = DType::int32);  // an index outside is off everywhere
// Of each matrix the diagonals from `lower` below to `upper` above the main one, zeros elsewhere; negative: all.
Tensor band_part(const Tensor& x, std::int64_t lower, std::int64_t upper);
Tensor diag(const Tensor& x);  // [a, b] becomes [a, b, a, b], zero off the diagonal

}  // namespace vitrine::ops
