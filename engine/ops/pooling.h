// Pooling: the largest or the mean of the cells under a window, over one to three spatial axes of
// [batch, spatial.., channels]. Cells in the margin do not count. Beside each pool stand the linear maps of which its
// gradients of every order are made.
#pragma once

#include "engine/ops/window.h"

namespace vitrine::ops {

extern const Op kMaxPool, kMaxPoolPick, kMaxPoolSpread, kMaxPoolWinners, kAveragePool, kAveragePoolSpread;

// `extents` are those of the window, one for each spatial axis. An `x` without a batch axis gives a result without one.
Tensor max_pool(const Tensor& x, const Integers& extents, const Window& window = {});
Tensor average_pool(const Tensor& x, const Integers& extents, const Window& window = {});

// For each window the flat number of its first winner within the image [spatial.., channels], or within x.
Tensor max_pool_winners(const Tensor& x, const Integers& extents, const Window& window = {}, bool with_batch = false);

}  // namespace vitrine::ops
