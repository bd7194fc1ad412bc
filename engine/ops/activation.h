// Activations: elementwise functions that bend. Those without an entry are made of those with one, and fuse.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kTanh, kRelu, kSigmoid, kSoftplus;

Tensor tanh(const Tensor& x);
Tensor relu(const Tensor& x);  // its slope at 0 is 0; NaN stays
Tensor sigmoid(const Tensor& x);
Tensor softplus(const Tensor& x);                        // ln(1 + eˣ)
Tensor log_sigmoid(const Tensor& x);                     // ln sigmoid(x)
Tensor relu6(const Tensor& x);                           // min(max(x, 0), 6)
Tensor clip(const Tensor& x, float low, float high);     // passes the gradient at both bounds; NaN stays
Tensor elu(const Tensor& x);                             // eˣ − 1 below 0
Tensor selu(const Tensor& x);                            // scaled so that networks keep their variance
Tensor leaky_relu(const Tensor& x, float alpha = 0.2f);  // alpha x below 0
Tensor prelu(const Tensor& x, const Tensor& alpha);      // the same with learned, broadcast alpha
Tensor hard_sigmoid(const Tensor& x);                    // 0.2 x + 0.5 between 0 and 1
Tensor softsign(const Tensor& x);                        // x / (1 + |x|)
Tensor swish(const Tensor& x, float alpha = 1);          // x sigmoid(alpha x)
Tensor mish(const Tensor& x);                            // x tanh(softplus x)
Tensor gelu(const Tensor& x);                            // x times the normal distribution function
Tensor gelu_tanh(const Tensor& x);                       // the same, approximated with tanh

// By the name that model files use: "linear", "relu", "hardSigmoid", "logSoftmax", "gelu_new"; null when there is none.
using Activation = Tensor (*)(const Tensor& x);
Activation find_activation(std::string_view name);

}  // namespace vitrine::ops
