// Rows: the shape of an elementwise kernel's work after simplification. Axes of extent 1 are gone, axes that every
// input walks through in one step are merged, and what remains is an innermost row and up to five outer axes that count
// the rows. The output is dense, so its elements have a flat number; chunks are ranges of it, and a Walk finds where an
// input has the element of a flat number.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

struct Rows {
  static constexpr std::int64_t kChunk = 4096;  // elements: 16 kB an operand, so a few operands fit the first cache

  std::int64_t length;    // of a row
  std::int64_t elements;  // of all rows
  int outer;
  std::int64_t extents[limits::kRank];               // of the outer axes, innermost first
  std::int64_t strides[kMostInputs][limits::kRank];  // of the inputs along them
  std::int64_t steps[kMostInputs];                   // of the inputs along the row
  bool dense[kMostInputs];                           // the input lies as the output does

  std::int64_t chunks() const { return (elements + kChunk - 1) / kChunk; }
};

class Walk {
 public:
  Walk() = default;
  Walk(const Rows& rows, int input, std::int64_t flat) : rows_(&rows), input_(input), column_(flat % rows.length) {
    std::int64_t row = flat / rows.length;
    for (int axis = 0; axis < rows.outer; ++axis) {
      at_[axis] = row % rows.extents[axis];
      row /= rows.extents[axis];
      base_ += at_[axis] * rows.strides[input][axis];
    }
  }
  std::int64_t offset() const { return base_ + column_ * rows_->steps[input_]; }
  std::int64_t base() const { return base_; }                    // of the row
  std::int64_t left() const { return rows_->length - column_; }  // in this row
  void advance(std::int64_t n) {                                 // at most to the end of the row
    column_ += n;
    if (column_ < rows_->length) return;
    column_ = 0;
    for (int axis = 0; axis < rows_->outer; ++axis) {
      base_ += rows_->strides[input_][axis];
      if (++at_[axis] < rows_->extents[axis]) return;
      base_ -= rows_->strides[input_][axis] * rows_->extents[axis];
      at_[axis] = 0;
    }
  }

 private:
  const Rows* rows_ = nullptr;
  int input_ = 0;
  std::int64_t column_ = 0;
  std::int64_t base_ = 0;
  std::int64_t at_[limits::kRank] = {};
};

// The rows of an output of this shape; `stride(input, axis)` is that input's step along the axis, 0 where it stretches.
template <class Stride>
Rows rows_of(const std::int64_t* extents, int rank, int inputs, Stride stride) {
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
  Rows rows{};
  rows.length = axes > 0 ? merged[0] : 1;
  rows.elements = rows.length;
  rows.outer = std::max(axes - 1, 0);
  for (int i = 0; i < inputs; ++i) {
    rows.steps[i] = axes > 0 ? steps[i][0] : 0;
    rows.dense[i] = axes == 0 || steps[i][0] == 1;
  }
  for (int axis = 0; axis < rows.outer; ++axis) {
    rows.extents[axis] = merged[axis + 1];
    for (int i = 0; i < inputs; ++i) {
      rows.strides[i][axis] = steps[i][axis + 1];
      rows.dense[i] = rows.dense[i] && rows.strides[i][axis] == rows.elements;
    }
    rows.elements *= merged[axis + 1];
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
