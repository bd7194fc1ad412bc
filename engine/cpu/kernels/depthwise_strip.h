// A strip is a few neighbouring columns of a depthwise convolution with a frame of three by three that steps by one or
// two: windows side by side, walked down row by row. A line of cells is read once for all the windows that have it; the
// sums of the rows that it has a part in stay in registers. Every sum is one chain of fused multiply-adds over the taps
// in order. Negative steps walk up and from right to left, as the way back does, whose taps come in that order.
#pragma once

#include <cstdint>

#include "engine/cpu/kernels/gemm.h"

namespace vitrine::cpu {

inline constexpr int kDepthwiseFrame = 3;
// As many windows as leave room for nine weights and a cell: stepping by one, three rows of sums are open at a time.
inline constexpr int kStripWindows = lanes::kParts == 1 ? 7 : 2;

struct DepthwiseStrip {
  const float* in;  // the cell under the first tap of the first window; it may lie in the margin
  std::int64_t in_row, in_column;
  const float* weights;
  std::int64_t weight_row, weight_column;
  float* out;
  std::int64_t out_row, out_column;
  std::int64_t rows;               // of windows
  std::int64_t first_line, lines;  // the line of `in`, and how many there are: the others are margin
  std::uint32_t inside;            // a bit for each column of cells that is not margin
  std::int64_t channels;
  std::int64_t ahead;  // from a cell to what will be wanted next
  const gemm::Finish* finish;
};

// How many windows the next strip has where so many are left; what overlaps with the last strip is computed twice.
inline int strip_windows(std::int64_t columns) {
  constexpr int kHalf = kStripWindows / 2;
  return columns >= kStripWindows ? kStripWindows : columns >= kHalf ? kHalf : 1;
}

// `windows` is what strip_windows says, `stride` one or two.
void run_strip(const DepthwiseStrip& strip, int windows, int stride);

}  // namespace vitrine::cpu
