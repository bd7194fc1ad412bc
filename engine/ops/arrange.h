// Arrangements made of slices, joins and reshapes, under the names people know: stack, split, tile, mirror, blocks of
// space. Their gradients follow from those of the ops they are made of. Negative axes count from the back.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

Tensor stack(std::span<const Tensor> tensors, std::int64_t axis = 0);  // along a new axis
std::vector<Tensor> unstack(const Tensor& x, std::int64_t axis = 0);
std::vector<Tensor> split(const Tensor& x, const Integers& sizes,
                          std::int64_t axis = 0);                                       // one size may be -1: the rest
std::vector<Tensor> split(const Tensor& x, std::int64_t parts, std::int64_t axis = 0);  // equal ones
Tensor tile(const Tensor& x, const Integers& repeats);
enum class Mirror { reflect, symmetric };  // without and with the element at the edge
Tensor mirror_pad(const Tensor& x, const Integers& before, const Integers& after, Mirror mirror);

Tensor squeeze(const Tensor& x, Integers axes = {});  // without axes: all of extent 1
Tensor expand_dims(const Tensor& x, std::int64_t axis = 0);
Tensor reshaped(const Tensor& x, Integers extents);             // one extent may be -1: what the others leave
Tensor ensure_shape(const Tensor& x, const Integers& extents);  // x itself; -1 fits anything
std::vector<Tensor> meshgrid(std::span<const Tensor> axes, bool matrix_order = false);  // false: x runs along columns

// Part of x as TensorFlow's strided slice says it: bit i of a mask is about the i-th entry.
struct StridedSlice {
  Integers begin, end, strides;
  std::int64_t begin_mask = 0, end_mask = 0, ellipsis_mask = 0, new_axis_mask = 0, shrink_axis_mask = 0;
};
Tensor strided_slice(const Tensor& x, const StridedSlice& what);
// Sizes may be left out at the end, and -1 means the rest.
Tensor part_of(const Tensor& x, Integers begin, Integers size);

Tensor depth_to_space(const Tensor& x, std::int64_t block);  // NHWC
Tensor space_to_batch(const Tensor& x, const Integers& block, const Integers& before, const Integers& after);
Tensor batch_to_space(const Tensor& x, const Integers& block, const Integers& before, const Integers& after);

Tensor flip_left_right(const Tensor& images);  // NHWC
Tensor grayscale_to_rgb(const Tensor& images);
Tensor rgb_to_grayscale(const Tensor& images);

}  // namespace vitrine::ops
