// Grey-scale morphology: the largest of x plus a small landscape, under a window. Made of slices and maxima, so it is
// differentiated like them: equal ones send their gradient to the first tap.
#pragma once

#include "engine/ops/window.h"

namespace vitrine::ops {

// The filter is [height, width, channels]. An `x` without a batch axis gives a result without one.
Tensor dilate(const Tensor& x, const Tensor& filter, const Window& window = {});

}  // namespace vitrine::ops
