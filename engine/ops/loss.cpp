// Losses as compositions; their gradients follow.
#include "engine/ops/loss.h"

#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/creation.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::ops {

Tensor weighted_loss(const Tensor& losses, const LossOptions& options) {
  const Tensor weighted = options.weights ? losses * options.weights : losses;
  switch (options.reduction) {
    case Reduction::none:
      return weighted;
    case Reduction::sum:
      return sum(weighted);
    case Reduction::mean: {
      if (!options.weights) return mean(losses);
      // By the sum of the weights as they were stretched.
      return sum(weighted) / sum(broadcast(options.weights, losses.shape()));
    }
    case Reduction::sum_by_nonzero_weights: {
      if (!options.weights) return mean(losses);
      const Tensor stretched = broadcast(options.weights, losses.shape());
      return sum(weighted) / sum(cast(not_equal(stretched, like(stretched, 0)), DType::float32));
    }
  }
  return weighted;
}

Tensor absolute_difference(const Tensor& labels, const Tensor& predictions, const LossOptions& options) {
  return weighted_loss(abs(labels - predictions), options);
}

Tensor mean_squared_error(const Tensor& labels, const Tensor& predictions, const LossOptions& options) {
  return weighted_loss(squared_difference(labels, predictions), options);
}

Tensor cosine_distance(const Tensor& labels, const Tensor& predictions, int axis, const LossOptions& options) {
  const Tensor product = sum(labels * predictions, {axis}, true);
  return weighted_loss(like(product, 1) - product, options);
}

Tensor hinge_loss(const Tensor& labels, const Tensor& predictions, const LossOptions& options) {
  const Tensor sides = 2.0f * labels - like(labels, 1);
  return weighted_loss(relu(like(labels, 1) - sides * predictions), options);
}

Tensor huber_loss(const Tensor& labels, const Tensor& predictions, float delta, const LossOptions& options) {
  const Tensor error = abs(predictions - labels);
  const Tensor quadratic = minimum(error, like(error, delta));
  return weighted_loss(0.5f * square(quadratic) + delta * (error - quadratic), options);
}

Tensor log_loss(const Tensor& labels, const Tensor& predictions, float epsilon, const LossOptions& options) {
  const Tensor one = like(predictions, 1), small = like(predictions, epsilon);
  const Tensor hit = labels * log(predictions + small);
  const Tensor miss = (one - labels) * log(one - predictions + small);
  return weighted_loss(neg(hit) - miss, options);
}

Tensor sigmoid_cross_entropy(const Tensor& labels, const Tensor& logits, float smoothing, const LossOptions& options) {
  const Tensor wanted = smoothing == 0 ? labels : (1 - smoothing) * labels + like(labels, 0.5f * smoothing);
  // ln(1 + e^x) - x z, which overflows on neither side.
  return weighted_loss(softplus(logits) - logits * wanted, options);
}

}  // namespace vitrine::ops
