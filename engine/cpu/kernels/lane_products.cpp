// Products and sums over samples: every sum is one chain in the order of the general kernels, so its bits are theirs.
#include "engine/cpu/kernels/lane_pairs.h"
#include "engine/cpu/kernels/lane_parts.h"
#include "engine/cpu/kernels/lane_row_sums.h"
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

// Weights as rows: of each, `filled` of sixteen are weights.
struct WeightRows {
  const float* first;
  std::int64_t pitch;
  int filled;
};

// Many samples read them whole and from the beginning of a cache line.
WeightRows weight_rows(const LaneStep& step, LaneTile tile) {
  if (step.room == nullptr) return {step.w, step.columns, step.columns};
  for (std::int64_t i = 0; tile.first == 0 && i < step.inner; ++i) {
    lanes::store(step.room + i * kLanes, lanes::load_first(step.w + i * step.columns, step.columns));
  }
  return {step.room, kLanes, kLanes};
}

// The sums of a few samples, each a lane of all its columns.
template <int kSamples>
VITRINE_INLINE void row_sums(const LaneStep& step, const WeightRows& rows, const float* x, Lane16* to) {
  const float* w = rows.first;
  Lane16 sums[kSamples];
#pragma GCC unroll 16
  for (Lane16& sum : sums) sum = Lane16(0.0f);
  for (std::int64_t i = 0; i < step.inner; ++i, w += rows.pitch) {
    const Lane16 weights = lanes::load_first(w, rows.filled);
#pragma GCC unroll 16
    for (int s = 0; s < kSamples; ++s) sums[s] = fma(Lane16(x[s * step.row_step + i]), weights, sums[s]);
  }
  const Lane16 bias = step.bias != nullptr ? lanes::load_first(step.bias, step.columns) : Lane16(0.0f);
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
    if (s == 0) sums = lanes::load(step.room + column * kLanes);
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
  const WeightRows weights = weight_rows(step, tile);
  for (std::int64_t first = 0; first < tile.samples; first += kLanes) {
    const float* x = step.x + (tile.first + first) * step.row_step;
    const std::int64_t count = tile.samples - first < kLanes ? tile.samples - first : kLanes;
    Lane16 lines[kLanes];
    std::int64_t s = 0;
    for (; s + kRowsTogether <= count; s += kRowsTogether) {
      row_sums<kRowsTogether>(step, weights, x + s * step.row_step, lines + s);
    }
    for (; s + 4 <= count; s += 4) row_sums<4>(step, weights, x + s * step.row_step, lines + s);
    for (; s < count; ++s) row_sums<1>(step, weights, x + s * step.row_step, lines + s);
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
  sum_rows({step.x, width_of(step), 1, workspace, pitch, step.out, columns, step.inner, tile.samples, nullptr,
            tile.first > 0});
}

// The weights lie in lanes, and so do the results, where somebody will read them.
void lane_spread(const LaneStep& step, LaneTile tile) noexcept {
  sum_rows({step.x, 1, width_of(step), step.w, step.columns, step.out + tile.first * step.columns, step.columns,
            tile.samples, step.inner, step.bias, false});
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
      lanes::store(step.room + c * kLanes, sums);
    }
  }
}

// Terms go to sixteen accumulators by their number, as everywhere.
void lane_across(const LaneStep& step) noexcept {
  const std::int64_t width = width_of(step);
  for (std::int64_t s = 0; s < width; s += kLanes) {
    Lane16 sums[kLanes] = {};
    for (std::int64_t c = 0; c < step.columns; ++c) {
      const Lane16 term = lanes::load(step.x + c * width + s);
      sums[c % kLanes] = c < kLanes ? term : sums[c % kLanes] + term;
    }
    for (int half = kLanes / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) sums[i] = sums[i] + sums[i + half];
    }
    lanes::store(step.out + s, sums[0] * Lane16(step.scale));
  }
}

}  // namespace vitrine::cpu
