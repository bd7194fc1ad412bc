// Losses: how far predictions are from labels, as one number or one for each element. All are made of other ops.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

// What becomes of the weighted losses. The default divides their sum by the number of weights that are not zero.
enum class Reduction { none, mean, sum, sum_by_nonzero_weights };

struct LossOptions {
  Tensor weights;  // broadcast to the losses; none: 1
  Reduction reduction = Reduction::sum_by_nonzero_weights;
};

Tensor weighted_loss(const Tensor& losses, const LossOptions& options = {});
Tensor absolute_difference(const Tensor& labels, const Tensor& predictions, const LossOptions& options = {});
Tensor mean_squared_error(const Tensor& labels, const Tensor& predictions, const LossOptions& options = {});
Tensor cosine_distance(const Tensor& labels, const Tensor& predictions, int axis, const LossOptions& options = {});
Tensor hinge_loss(const Tensor& labels, const Tensor& predictions, const LossOptions& options = {});  // labels 0 and 1
Tensor huber_loss(const Tensor& labels, const Tensor& predictions, float delta, const LossOptions& options = {});
Tensor log_loss(const Tensor& labels, const Tensor& predictions, float epsilon, const LossOptions& options = {});
Tensor sigmoid_cross_entropy(const Tensor& labels, const Tensor& logits, float smoothing,
                             const LossOptions& options = {});

}  // namespace vitrine::ops
