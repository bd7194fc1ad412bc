// Random numbers as functions: the same key, step and shape give the same numbers, bit for bit, at any number of
// threads. The key tells one use of randomness from another; the step is a tensor of one number (a counter that lies in
// a parameter slab, or `like(x, 0)`), so that a plan draws anew at each run and replays when its state is restored.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kRandomUniform, kRandomNormal, kRandomTruncatedNormal, kRandomGamma, kRandomMultinomial;

struct Draws {
  std::int64_t key = 0;
  Tensor step;
};

Tensor random_uniform(const Draws& draws, const Shape& shape, double low = 0, double high = 1);       // without high
Tensor random_integers(const Draws& draws, const Shape& shape, std::int32_t low, std::int32_t high);  // without high
Tensor random_normal(const Draws& draws, const Shape& shape, double mean = 0, double deviation = 1);
Tensor random_truncated_normal(const Draws& draws, const Shape& shape, double mean = 0, double deviation = 1);
Tensor random_gamma(const Draws& draws, const Shape& shape, double alpha, double scale = 1);
// Classes drawn with the probabilities softmax(logits): [rows, classes] gives int32[rows, count].
Tensor random_multinomial(const Draws& draws, const Tensor& logits, std::int64_t count);
// 0 with probability `rate`, else 1 / (1 - rate), so that means stay.
Tensor dropout_mask(const Draws& draws, const Shape& shape, float rate);

}  // namespace vitrine::ops
