// Activations: elementwise functions that bend.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kTanh, kRelu, kSigmoid;

Tensor tanh(const Tensor& x);
Tensor relu(const Tensor& x);  // its slope at 0 is 0
Tensor sigmoid(const Tensor& x);

}  // namespace vitrine::ops
