// Ops that move no numbers if strides can say it: broadcast, transpose, slice, reverse, reshape, tap; and those that
// must: pad, concat and copy.
#pragma once

#include <string>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kBroadcast, kTranspose, kSlice, kReshape, kTap, kReverse, kPad, kConcat, kCopy;

Tensor broadcast(const Tensor& x, const Shape& shape);
Tensor transpose(const Tensor& x, Integers axes);  // output axis i is input axis axes[i]
Tensor transpose(const Tensor& x);                 // swaps the last two axes
// `size` elements along each axis, every step-th from `begin` on.
Tensor slice(const Tensor& x, Integers begin, Integers size, Integers step = {});
Tensor reverse(const Tensor& x, Integers axes);  // from the last element to the first along these
Tensor pad(const Tensor& x, Integers before, Integers after, double value = 0);
Tensor concat(std::span<const Tensor> tensors, std::int64_t axis);
Tensor reshape(const Tensor& x, const Shape& shape);
Tensor copy(const Tensor& x);  // dense, in memory of its own
// The same tensor, kept under a label where a plan is compiled with taps: how an explainer sees inside.
Tensor tap(const Tensor& x, std::string label);

}  // namespace vitrine::ops
