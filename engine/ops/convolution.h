// Convolutions over one to three spatial axes of [batch, spatial.., channels], and the two linear maps that are their
// gradients. Each of the three is differentiated with the other two, so derivatives of any order exist, at any stride
// and dilation. A depthwise convolution is one whose groups are single channels.
#pragma once

#include "engine/ops/window.h"

namespace vitrine::ops {

extern const Op kConvolution, kConvolutionInputGradient, kConvolutionFilterGradient;

// The filter is [frame.., channels / groups, filters]. An `x` without a batch axis gives a result without one.
Tensor convolution(const Tensor& x, const Tensor& filter, const Window& window = {}, std::int64_t groups = 1);
// The filter is [frame.., channels, multiplier]; output channel c · multiplier + m comes from channel c.
Tensor depthwise_convolution(const Tensor& x, const Tensor& filter, const Window& window = {});
// Depthwise, then across the channels at every place: `across` is [1.., channels · multiplier, filters].
Tensor separable_convolution(const Tensor& x, const Tensor& depthwise, const Tensor& across, const Window& window = {});
// The convolution that would take `shape` to the shape of x, turned round; the filter is [frame.., filters, channels].
Tensor transposed_convolution(const Tensor& x, const Tensor& filter, const Shape& shape, const Window& window = {});

}  // namespace vitrine::ops
