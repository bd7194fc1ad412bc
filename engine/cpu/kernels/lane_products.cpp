// Products and sums over samples: every sum is one chain in the order of the general kernels, so its bits are theirs.
#include <utility>

#include "engine/cpu/kernels/lane_pairs.h"
#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/transpose.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

VITRINE_INLINE float chained(float a, float b, float sum) {
#if VITRINE_ISA_V3 || VITRINE_ISA_V4
  return math::fma(a, b, sum);
#else
  return a * b + sum;  // as Lane16's fma without the instruction
#endif
}

// As many chains of sums run side by side as the registers hold: enough to hide how long an FMA takes, and more blocks
// to each weight that is read.
#if VITRINE_ISA_V4
constexpr int kMostTogether = 8;
constexpr int kMostBlocks = 2, kMostLanesOfRow = 3;
#elif VITRINE_ISA_V3
constexpr int kMostTogether = 6;
constexpr int kMostBlocks = 1, kMostLanesOfRow = 1;
#else
constexpr int kMostTogether = 2;
constexpr int kMostBlocks = 1, kMostLanesOfRow = 1;
#endif

// Cuts `n` into parts of nearly the same size, at most kMostTogether, and calls f with each part's beginning and size
// as a compile-time constant.
template <class F, int... sizes>
VITRINE_INLINE void in_parts(std::int64_t n, F f, std::integer_sequence<int, sizes...>) {
  for (std::int64_t parts = (n + kMostTogether - 1) / kMostTogether, at = 0; parts > 0; --parts) {
    const std::int64_t size = (n - at + parts - 1) / parts;
    ((size == sizes + 1 ? f.template operator()<sizes + 1>(at) : void()), ...);
    at += size;
  }
}
template <class F>
VITRINE_INLINE void in_parts(std::int64_t n, F f) {
  in_parts(n, f, std::make_integer_sequence<int, kMostTogether>());
}

template <int kBlocks, int kTogether>
VITRINE_INLINE void dense_columns(const LaneStep& step, std::int64_t j, const float* x, float* out) {
  const std::int64_t width = width_of(step), along = step.column_step;
  const float* w = step.w + j * along;
  Lane16 sums[kTogether][kBlocks];
#pragma GCC unroll 8
  for (auto& blocks : sums) {
#pragma GCC unroll 2
    for (Lane16& sum : blocks) sum = Lane16(0.0f);
  }
  for (std::int64_t i = 0; i < step.inner; ++i, x += width, w += step.row_step) {
    Lane16 samples[kBlocks];
    for (int b = 0; b < kBlocks; ++b) samples[b] = lanes::load(x + b * kLanes);
    for (int t = 0; t < kTogether; ++t) {
      const Lane16 weight(w[t * along]);
      for (int b = 0; b < kBlocks; ++b) sums[t][b] = fma(samples[b], weight, sums[t][b]);
    }
  }
  if (const float* bias = step.bias; bias != nullptr) {
#pragma GCC unroll 8
    for (int t = 0; t < kTogether; ++t) {
#pragma GCC unroll 2
      for (int b = 0; b < kBlocks; ++b) sums[t][b] = sums[t][b] + Lane16(bias[j + t]);
    }
  }
  out += j * width;
#pragma GCC unroll 8
  for (int t = 0; t < kTogether; ++t, out += width) {
#pragma GCC unroll 2
    for (int b = 0; b < kBlocks; ++b) lanes::store(out + b * kLanes, sums[t][b]);
  }
}

template <int kBlocks>
void dense_blocks(const LaneStep& step, std::int64_t b) {
  in_parts(step.columns, [&]<int kTogether>(std::int64_t j) {
    dense_columns<kBlocks, kTogether>(step, j, step.x + b * kLanes, step.out + b * kLanes);
  });
}

#if VITRINE_ISA_V4
constexpr int kRowsTogether = 16;
#else
constexpr int kRowsTogether = 4;
#endif

// The sums of a few samples, each a lane of all its columns.
template <int kSamples>
VITRINE_INLINE void row_sums(const LaneStep& step, const float* x, Lane16* to) {
  const auto columns = static_cast<int>(step.columns);
  const float* w = step.w;
  Lane16 sums[kSamples];
#pragma GCC unroll 16
  for (Lane16& sum : sums) sum = Lane16(0.0f);
  for (std::int64_t i = 0; i < step.inner; ++i, w += columns) {
    const Lane16 weights = lanes::load_first(w, columns);
#pragma GCC unroll 16
    for (int s = 0; s < kSamples; ++s) sums[s] = fma(Lane16(x[s * step.row_step + i]), weights, sums[s]);
  }
  const Lane16 bias = step.bias != nullptr ? lanes::load_first(step.bias, columns) : Lane16(0.0f);
#pragma GCC unroll 16
  for (int s = 0; s < kSamples; ++s) to[s] = step.bias != nullptr ? sums[s] + bias : sums[s];
}

// Sums over the samples for kI times kJ weights, each in a register of its own.
template <int kI, int kJ>
VITRINE_INLINE void outer_singles(const LaneStep& step, LaneTile tile, std::int64_t i, std::int64_t j) {
  const std::int64_t width = width_of(step);
  const float* x = step.x + i * width;
  const float* y = step.w + j * width;
  float* out = step.out + i * step.columns + j;
  float sums[kI][kJ] = {};
  for (int a = 0; tile.first > 0 && a < kI; ++a) {
    for (int b = 0; b < kJ; ++b) sums[a][b] = out[a * step.columns + b];
  }
  for (std::int64_t s = 0; s < tile.samples; ++s) {
    for (int a = 0; a < kI; ++a) {
      for (int b = 0; b < kJ; ++b) sums[a][b] = chained(x[a * width + s], y[b * width + s], sums[a][b]);
    }
  }
  for (int a = 0; a < kI; ++a) {
    for (int b = 0; b < kJ; ++b) out[a * step.columns + b] = sums[a][b];
  }
}

template <int kI>
VITRINE_INLINE void outer_singles(const LaneStep& step, LaneTile tile, std::int64_t i) {
  std::int64_t j = 0;
  for (; j + 2 <= step.columns; j += 2) outer_singles<kI, 2>(step, tile, i, j);
  if (j < step.columns) outer_singles<kI, 1>(step, tile, i, j);
}

// The same for lanes of weights at a time. `y` are the samples of the second factor as rows; of the last lane `filled`
// are weights.
struct OuterRows {
  const float* y;
  std::int64_t pitch;
  float* out;
  int filled;
};

template <int kI, int kRowLanes>
VITRINE_INLINE void outer_rows(const LaneStep& step, LaneTile tile, const OuterRows& rows, std::int64_t i) {
  const std::int64_t width = width_of(step);
  const float* x = step.x + i * width;
  float* out = rows.out + i * step.columns;
  const auto each = [&](auto act) __attribute__((always_inline)) {
    for (int a = 0; a < kI; ++a) {
      for (int l = 0; l < kRowLanes; ++l) act(a, l, l == kRowLanes - 1 ? rows.filled : kLanes);
    }
  };
  Lane16 sums[kI][kRowLanes];
  each([&](int a, int l, int) __attribute__((always_inline)) { sums[a][l] = Lane16(0.0f); });
  if (tile.first > 0) {
    each([&](int a, int l, int n) __attribute__((always_inline)) {
      sums[a][l] = lanes::load_first(out + a * step.columns + l * kLanes, n);
    });
  }
  const float* y = rows.y;
  for (std::int64_t s = 0; s < tile.samples; ++s, ++x, y += rows.pitch) {
    Lane16 row[kRowLanes];
    for (int l = 0; l < kRowLanes; ++l) row[l] = lanes::load(y + l * kLanes);
    for (int a = 0; a < kI; ++a) {
      const Lane16 factor(x[a * width]);
      for (int l = 0; l < kRowLanes; ++l) sums[a][l] = fma(factor, row[l], sums[a][l]);
    }
  }
  each([&](int a, int l, int n)
           __attribute__((always_inline)) { lanes::store_first(out + a * step.columns + l * kLanes, sums[a][l], n); });
}

template <int kRowLanes>
void outer_columns(const LaneStep& step, LaneTile tile, const OuterRows& rows) {
  in_parts(step.inner, [&]<int kI>(std::int64_t i) { outer_rows<kI, kRowLanes>(step, tile, rows, i); });
}

void outer_few(const LaneStep& step, LaneTile tile) {
  std::int64_t i = 0;
  for (; i + 4 <= step.inner; i += 4) outer_singles<4>(step, tile, i);
  for (; i + 2 <= step.inner; i += 2) outer_singles<2>(step, tile, i);
  if (i < step.inner) outer_singles<1>(step, tile, i);
}

// The general reductions' order: sixteen sums, sample k in sum k mod 16, then the fixed tree.
VITRINE_INLINE Lane16 sixteen_sums(const LaneStep& step, LaneTile tile, std::int64_t column) {
  const float* x = step.x + column * width_of(step);
  Lane16 sums(0.0f);
  for (int s = 0; s < tile.samples; s += kLanes) {
    const int n = tile.samples - s < kLanes ? tile.samples - s : kLanes;
    if (tile.first + s == 0) {
      sums = lanes::load_first(x, n);
      continue;
    }
    if (s == 0) sums = lanes::load(step.sums + column * kLanes);
    const Lane16 more = sums + lanes::load(x + s);
    sums = n == kLanes ? more : select(lanes::first(n), more, sums);
  }
  return sums;
}

// Up to four columns of one block; for those beyond the last one, the last one again.
VITRINE_INLINE void four_folds(const LaneStep& step, int samples, std::int64_t column) {
  const int more = step.columns - column < 4 ? static_cast<int>(step.columns - column) - 1 : 3;
  const lanes::Mask16 filled = lanes::first(samples);
  Lane16 sums[4];
  for (int i = 0; i < 4; ++i) sums[i] = lanes::load(step.x + (column + (i < more ? i : more)) * kLanes, filled);
  const lanes::Quarter whole = lanes::four_sums(sums) * step.scale;
  float* out = step.out + column;
  out[0] = whole[0];
  if (more > 0) out[1] = whole[1];
  if (more > 1) out[2] = whole[2];
  if (more > 2) out[3] = whole[3];
}

}  // namespace

void lane_dense(const LaneStep& step) noexcept {
  std::int64_t b = 0;
  for (; b + kMostBlocks <= step.blocks; b += kMostBlocks) dense_blocks<kMostBlocks>(step, b);
  for (; b < step.blocks; ++b) dense_blocks<1>(step, b);
}

// The weights lie in lanes here, and what comes of them is turned: far fewer numbers than what goes in.
void lane_rows(const LaneStep& step, LaneTile tile) noexcept {
  for (std::int64_t first = 0; first < tile.samples; first += kLanes) {
    const float* x = step.x + (tile.first + first) * step.row_step;
    const std::int64_t count = tile.samples - first < kLanes ? tile.samples - first : kLanes;
    Lane16 lines[kLanes];
    std::int64_t s = 0;
    for (; s + kRowsTogether <= count; s += kRowsTogether) {
      row_sums<kRowsTogether>(step, x + s * step.row_step, lines + s);
    }
    for (; s + 4 <= count; s += 4) row_sums<4>(step, x + s * step.row_step, lines + s);
    for (; s < count; ++s) row_sums<1>(step, x + s * step.row_step, lines + s);
    for (; s < kLanes; ++s) lines[s] = Lane16(0.0f);
    transpose(lines);
    for (int c = 0; c < step.columns; ++c) lanes::store(step.out + c * width_of(step) + first, lines[c]);
  }
}

// One sum over the samples for each weight. A handful is cheapest one by one; for more, the second factor is turned so
// that its columns lie in lanes.
void lane_outer(const LaneStep& step, LaneTile tile, float* workspace) noexcept {
  const std::int64_t columns = step.columns;
  if (fits_pairs(step)) return outer_pairs(step, tile.samples);
  if (step.inner * columns <= kLanes) return outer_few(step, tile);
  const std::int64_t pitch = (columns + kLanes - 1) / kLanes * kLanes;
  lane_turn(workspace, pitch, step.w, width_of(step), columns, tile.samples);
  for (std::int64_t j = 0; j < columns;) {
    const std::int64_t left = columns - j;
    const OuterRows rows{workspace + j, pitch, step.out + j, static_cast<int>(left < kLanes ? left : kLanes)};
    if (kMostLanesOfRow > 1 && left > (kMostLanesOfRow - 1) * kLanes) {
      OuterRows wide = rows;
      wide.filled = static_cast<int>(left < kMostLanesOfRow * kLanes ? left - (kMostLanesOfRow - 1) * kLanes : kLanes);
      outer_columns<kMostLanesOfRow>(step, tile, wide);
      j += kMostLanesOfRow * kLanes;
    } else {
      outer_columns<1>(step, tile, rows);
      j += kLanes;
    }
  }
}

void lane_fold(const LaneStep& step, LaneTile tile) noexcept {
  std::int64_t c = 0;
  if (step.blocks == 1) {  // so there is one tile
    for (; c + 1 < step.columns; c += 4) four_folds(step, tile.samples, c);
  }
  for (; c < step.columns; ++c) {
    const Lane16 sums = sixteen_sums(step, tile, c);
    if (tile.last) {
      step.out[c] = lanes::sum(sums) * step.scale;
    } else {
      lanes::store(step.sums + c * kLanes, sums);
    }
  }
}

}  // namespace vitrine::cpu
