// Factorisations of matrices, made of products, so that gradients reach through them.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

// x [.., m, n] as q · r: q with orthonormal columns, r zero below the diagonal. Full: q [.., m, m]; else, where m > n,
// the columns and rows that matter. The diagonal of r has the sign opposite to what the column began with.
struct Factors {
  Tensor q, r;
};
Factors qr(const Tensor& x, bool full = false);

Tensor gram_schmidt(const Tensor& vectors);  // rows [k, n], k at most n, made orthonormal one after another

}  // namespace vitrine::ops
