// Matrix products over the last two axes; leading axes broadcast. The other products are made of them.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kMatmul;

Tensor matmul(const Tensor& a, const Tensor& b);  // [.., m, k] · [.., k, n] = [.., m, n]
Tensor matmul(const Tensor& a, const Tensor& b, bool transpose_a, bool transpose_b);
Tensor dot(const Tensor& a, const Tensor& b);  // of vectors and matrices in any pairing
Tensor outer_product(const Tensor& a, const Tensor& b);

// What one call may add to a linear op: a bias, then an activation by the name that model files use.
struct Finish {
  Tensor bias{};                           // none: empty
  std::string_view activation = "linear";  // or relu, relu6, elu, sigmoid, prelu, leakyrelu
  Tensor slopes{};                         // of prelu below 0
  float slope = 0.2f;                      // of leakyrelu below 0
};
Tensor finished(const Tensor& y, const Finish& finish);

}  // namespace vitrine::ops
