// Strips, compiled for each number of windows and step.
#include "engine/cpu/kernels/depthwise_strip.h"

namespace vitrine::cpu {
namespace {

using lanes::kPartLanes;
using lanes::MaskPart;
using lanes::Part;

constexpr int kFrame = kDepthwiseFrame;

// What a strip may meet: nothing but cells and whole parts; cells in the margin; fewer channels than a part has, too.
enum class Kind { inner, edge, rest };

template <Kind kind>
struct Access {
  MaskPart mask;  // of the rest
  VITRINE_INLINE Part load(const float* from) const {
    return kind == Kind::rest ? lanes::part_load(from, mask) : lanes::part_load(from);
  }
  VITRINE_INLINE void store(float* to, Part value) const {
    kind == Kind::rest ? lanes::part_store(to, mask, value) : lanes::part_store(to, value);
  }
};

template <int windows, int stride, Kind kind>
void walk(const DepthwiseStrip& s, std::int64_t channel, int channels) {
  constexpr int kCells = (windows - 1) * stride + kFrame;
  constexpr int kOpen = stride == 1 ? 3 : 2;  // rows of windows that have a part in the same line
  const Access<kind> memory{lanes::part_first(channels)};
  Part weights[kFrame][kFrame];
#pragma GCC unroll 3
  for (int y = 0; y < kFrame; ++y) {
#pragma GCC unroll 3
    for (int x = 0; x < kFrame; ++x) {
      weights[y][x] = memory.load(s.weights + y * s.weight_row + x * s.weight_column + channel);
    }
  }
  Part sums[kOpen][windows][1];  // the oldest row first
#pragma GCC unroll 3
  for (int row = 0; row < kOpen; ++row) {
#pragma GCC unroll 8
    for (int t = 0; t < windows; ++t) sums[row][t][0] = Part{};
  }
  const float* from = s.in + channel;
  std::int64_t number = s.first_line;
  // Adds the next line to the row `open` under tap `tap`, to the one after it under the tap that is a step less, ….
  const auto add_line = [&](int open_rows, int tap) __attribute__((always_inline)) {
    const bool inside = number >= 0 && number < s.lines;
    ++number;
    const float* cells = from;
    from += s.in_row;
    if (!inside) return;
#pragma GCC unroll 24
    for (int i = 0; i < kCells; ++i) {
      if (kind != Kind::inner && (s.inside >> i & 1) == 0) continue;
      const Part cell = memory.load(cells + i * s.in_column);
      __builtin_prefetch(cells + i * s.in_column + s.ahead);
#pragma GCC unroll 3
      for (int x = kFrame - 1; x >= 0; --x) {
        if ((i - x) % stride != 0 || i < x || (i - x) / stride >= windows) continue;
#pragma GCC unroll 3
        for (int row = 0; row < open_rows; ++row) {
          Part& sum = sums[row][(i - x) / stride][0];
          sum = lanes::part_fma(cell, weights[tap - row * stride][x], sum);
        }
      }
    }
  };
  std::int64_t to = 0;
  // Until the first row is complete, what is added to those before it is dropped.
  for (std::int64_t row = 1 - kOpen; row < s.rows; ++row) {
    if (stride == 2 && row >= 0) add_line(1, 1);
    add_line(kOpen, kFrame - 1);
    if (row >= 0) {
      if (s.finish != nullptr) {
        gemm::finish_sums(sums[0], s.finish->at(channel, to + channel), s.out_column, 0,
                          [&](const float* address, int) { return memory.load(address); });
      }
#pragma GCC unroll 8
      for (int t = 0; t < windows; ++t) memory.store(s.out + to + t * s.out_column + channel, sums[0][t][0]);
      to += s.out_row;
    }
#pragma GCC unroll 8
    for (int t = 0; t < windows; ++t) {
#pragma GCC unroll 2
      for (int open = 1; open < kOpen; ++open) sums[open - 1][t][0] = sums[open][t][0];
      sums[kOpen - 1][t][0] = Part{};
    }
  }
}

template <int windows, int stride>
void run(const DepthwiseStrip& s) {
  constexpr std::uint32_t kAll = (1u << ((windows - 1) * stride + kFrame)) - 1;
  const bool inner = windows == kStripWindows && s.inside == kAll;
  std::int64_t channel = 0;
  for (; channel + kPartLanes <= s.channels; channel += kPartLanes) {
    if constexpr (windows == kStripWindows) {
      if (inner) {
        walk<windows, stride, Kind::inner>(s, channel, kPartLanes);
        continue;
      }
    }
    walk<windows, stride, Kind::edge>(s, channel, kPartLanes);
  }
  if (channel < s.channels) walk<windows, stride, Kind::rest>(s, channel, static_cast<int>(s.channels - channel));
}

}  // namespace

void run_strip(const DepthwiseStrip& strip, int windows, int stride) {
  if (windows == kStripWindows) return stride == 1 ? run<kStripWindows, 1>(strip) : run<kStripWindows, 2>(strip);
  if constexpr (kStripWindows / 2 > 1) {
    if (windows == kStripWindows / 2) {
      return stride == 1 ? run<kStripWindows / 2, 1>(strip) : run<kStripWindows / 2, 2>(strip);
    }
  }
  stride == 1 ? run<1, 1>(strip) : run<1, 2>(strip);
}

}  // namespace vitrine::cpu
