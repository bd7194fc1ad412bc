// Rows: the shape of an elementwise kernel's work after simplification. Axes of extent 1 are gone, axes that every
// input walks through in one step are merged, and what remains is an innermost row, walked densely by the output, and
// up to five outer axes that count the rows. Chunks are several short rows or a piece of a long one.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

struct Rows {
  static constexpr std::int64_t kChunk = 4096;  // elements: 16 kB an operand, so a few operands fit the first cache

  std::int64_t length = 1;  // of a row
  std::int64_t count = 1;   // of rows
  int outer = 0;
  std::int64_t extents[limits::kRank] = {};               // of the outer axes, innermost first
  std::int64_t strides[kMostInputs][limits::kRank] = {};  // of the inputs along them
  std::int64_t steps[kMostInputs] = {};                   // of the inputs along the row

  std::int64_t rows_per_chunk() const { return std::max<std::int64_t>(1, kChunk / std::max<std::int64_t>(1, length)); }
  std::int64_t chunks_per_row() const { return (length + kChunk - 1) / kChunk; }
  std::int64_t chunks() const {
    if (length == 0 || count == 0) return 0;
    if (length >= kChunk) return count * chunks_per_row();
    return (count + rows_per_chunk() - 1) / rows_per_chunk();
  }
  // Where input i's row `row` starts, in elements.
  std::int64_t offset(int i, std::int64_t row) const {
    std::int64_t at = 0;
    for (int axis = 0; axis < outer; ++axis) {
      at += row % extents[axis] * strides[i][axis];
      row /= extents[axis];
    }
    return at;
  }
  // Calls f(row, begin, end) for each piece of a row that chunk covers.
  template <class F>
  void each_piece(std::int64_t chunk, F f) const {
    if (length >= kChunk) {
      const std::int64_t begin = chunk % chunks_per_row() * kChunk;
      f(chunk / chunks_per_row(), begin, std::min(begin + kChunk, length));
      return;
    }
    const std::int64_t first = chunk * rows_per_chunk();
    for (std::int64_t row = first; row < std::min(first + rows_per_chunk(), count); ++row)
      f(row, std::int64_t{0}, length);
  }
};

// The rows of an output of this shape; `stride(input, axis)` is that input's step along the axis, 0 where it stretches.
template <class Stride>
Rows rows_of(const std::int64_t* extents, int rank, int inputs, Stride stride) {
  Rows rows;
  int axes = 0;
  std::int64_t merged[limits::kRank];
  std::int64_t steps[kMostInputs][limits::kRank];  // innermost first
  for (int axis = rank - 1; axis >= 0; --axis) {
    if (extents[axis] == 1) continue;
    bool joins = axes > 0;
    for (int i = 0; i < inputs && joins; ++i) {
      joins = stride(i, axis) == steps[i][axes - 1] * merged[axes - 1];
    }
    if (joins) {
      merged[axes - 1] *= extents[axis];
      continue;
    }
    merged[axes] = extents[axis];
    for (int i = 0; i < inputs; ++i) steps[i][axes] = stride(i, axis);
    ++axes;
  }
  if (axes == 0) return rows;
  rows.length = merged[0];
  for (int i = 0; i < inputs; ++i) rows.steps[i] = steps[i][0];
  rows.outer = axes - 1;
  for (int axis = 0; axis < rows.outer; ++axis) {
    rows.extents[axis] = merged[axis + 1];
    rows.count *= merged[axis + 1];
    for (int i = 0; i < inputs; ++i) rows.strides[i][axis] = steps[i][axis + 1];
  }
  return rows;
}

// Inputs stretched to the shape of the output as broadcasting says.
inline Rows broadcast_rows(const Call& call) {
  const Array& out = call.outputs[0];
  return rows_of(out.extents, out.rank, call.input_count, [&](int i, int axis) -> std::int64_t {
    const Array& in = call.inputs[i];
    const int own = axis - (out.rank - in.rank);
    return own < 0 || in.extents[own] == 1 ? 0 : in.strides[own];
  });
}

}  // namespace vitrine::cpu
