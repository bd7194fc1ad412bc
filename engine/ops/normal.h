// Normalisations and what they are made of: norms, moments, softmax, batch and local response normalisation; and the
// LSTM cell, which is as much a composition. Gradients follow from the ops inside. Negative axes count from the back.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

Tensor softmax(const Tensor& x, std::int64_t axis = -1);
Tensor log_softmax(const Tensor& x, std::int64_t axis = -1);

struct Moments {
  Tensor mean, variance;
};
Moments moments(const Tensor& x, const Integers& axes, bool keep = false);  // of the numbers there are, not a sample

enum class Norm { euclidean, one, infinity, minus_infinity };
// Over one axis of a vector or two of a matrix (columns added up for one, rows for the infinities); without axes over
// all elements as a vector.
Tensor norm(const Tensor& x, Norm kind, Integers axes = {}, bool keep = false);

// (x − mean) / √(variance + epsilon) × scale + offset; an empty scale or offset is left out.
Tensor batch_norm(const Tensor& x, const Tensor& mean, const Tensor& variance, const Tensor& offset,
                  const Tensor& scale, float epsilon = 0.001f);
// x / (bias + alpha Σ x²)^beta with the sum over neighbours along the last axis, `radius` to each side.
Tensor local_response_norm(const Tensor& x, std::int64_t radius, float bias, float alpha, float beta);

struct Cell {
  Tensor c, h;
};
// kernel [inputs + units, 4 units] in the order input, new, forget, output.
Cell basic_lstm_cell(const Tensor& forget_bias, const Tensor& kernel, const Tensor& bias, const Tensor& data,
                     const Cell& before);

}  // namespace vitrine::ops
