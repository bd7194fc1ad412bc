// Ops that move no numbers if strides can say it: broadcast, transpose, slice, reshape, tap; and the two that must, pad
// and copy.
#pragma once

#include <string>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kBroadcast, kTranspose, kSlice, kReshape, kTap, kPad, kCopy;

Tensor broadcast(const Tensor& x, const Shape& shape);
Tensor transpose(const Tensor& x, Integers axes);  // output axis i is input axis axes[i]
Tensor transpose(const Tensor& x);                 // swaps the last two axes
Tensor slice(const Tensor& x, Integers begin, Integers size);
Tensor pad(const Tensor& x, Integers before, Integers after);  // with zeros
Tensor reshape(const Tensor& x, const Shape& shape);
Tensor copy(const Tensor& x);  // dense, in memory of its own
// The same tensor, kept under a label where a plan is compiled with taps: how an explainer sees inside.
Tensor tap(const Tensor& x, std::string label);

}  // namespace vitrine::ops
