// Sums of products that lie as rows: out[r, :] = Σₖ x[r, k] y[k, :], each a chain in the order of k.
#pragma once

#include <cstdint>

namespace vitrine::cpu {

struct RowSums {
  const float* x;
  std::int64_t across, along;  // strides of x, from row to row and from k to k
  const float* y;              // row by row
  std::int64_t pitch;          // from one row of y to the next
  float* out;                  // dense
  std::int64_t columns, rows, inner;
  const float* bias;  // for each column; or null
  bool onward;        // goes on with the sums in `out`
};

void sum_rows(const RowSums& sums) noexcept;

}  // namespace vitrine::cpu
