// Householder reflections, and one vector after another.
#include "engine/ops/linalg.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::ops {
namespace {

// Rows and columns of a stack of matrices.
Tensor block(const Tensor& x, std::int64_t row, std::int64_t column, std::int64_t rows, std::int64_t columns) {
  Integers begin(static_cast<std::size_t>(x.shape().rank()), 0), size = extents_of(x.shape());
  begin[begin.size() - 2] = row;
  begin.back() = column;
  size[size.size() - 2] = rows;
  size.back() = columns;
  return slice(x, begin, size);
}

}  // namespace

Factors qr(const Tensor& x, bool full) {
  const int rank = x.shape().rank();
  if (rank < 2) {
    throw ShapeError({"[qr] x", "has too few axes", "2 or more", text_of(x.shape()), "Reshape it to a matrix."});
  }
  const std::int64_t m = x.shape()[rank - 2], n = x.shape()[rank - 1];
  const Tensor one = like(x, 1);
  Shape square_shape = x.shape();
  square_shape[rank - 1] = m;
  Tensor q = band_part(broadcast(one, square_shape), 0, 0), r = x;
  for (std::int64_t j = 0; j < std::min(m, n); ++j) {
    const Tensor column = block(r, j, j, m - j, 1), first = block(column, 0, 0, 1, 1);
    const Tensor squares = sum(square(column), {-2}, true);
    const Tensor nothing = equal(squares, like(x, 0));  // a column of zeros stays
    const Tensor length = sqrt(where(nothing, one, squares));
    const Tensor sign = where(greater(first, like(x, 0)), like(x, -1), one);
    const Tensor pivot = first - sign * length;
    // The mirror's direction, 1 in row j.
    Integers above(static_cast<std::size_t>(rank), 0);
    const Integers none = above;
    above[above.size() - 2] = j;
    const Tensor rest = block(column, 1, 0, m - j - 1, 1) / pivot;
    const Tensor w = pad(concat(std::vector<Tensor>{broadcast(one, first.shape()), rest}, -2), above, none);
    const Tensor scaled = where(nothing, like(x, 0), -(sign * pivot / length)) * w;
    r = r - matmul(scaled, matmul(transpose(w), r));
    q = q - matmul(matmul(q, w), transpose(scaled));
  }
  r = band_part(r, 0, -1);  // what rounding left below the diagonal
  if (full || m <= n) return {q, r};
  return {block(q, 0, 0, m, n), block(r, 0, 0, n, n)};
}

Tensor gram_schmidt(const Tensor& vectors) {
  const Shape& shape = vectors.shape();
  if (shape.rank() != 2 || shape[0] < 1 || shape[0] > shape[1]) {
    throw ShapeError({"[gram_schmidt] vectors", "cannot all be orthogonal", "1 to n rows of n numbers", text_of(shape),
                      "Give fewer vectors."});
  }
  std::vector<Tensor> rows;
  for (std::int64_t i = 0; i < shape[0]; ++i) {
    Tensor x = block(vectors, i, 0, 1, shape[1]);
    for (const Tensor& row : rows) x = x - sum(row * x) * row;
    rows.push_back(x / sqrt(sum(square(x))));
  }
  return concat(rows, 0);
}

}  // namespace vitrine::ops
