// A few rows by a few lanes at a time, all sums in registers.
#include "engine/cpu/kernels/lane_row_sums.h"

#include "engine/cpu/kernels/lane_parts.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// From row r and column j on; of the last lane only what is `filled` is there.
template <int kRows, int kRowLanes>
VITRINE_INLINE void sum_piece(const RowSums& sums, std::int64_t r, std::int64_t j, lanes::Mask16 filled) {
  const auto read = [&](const float* row, int lane) __attribute__((always_inline)) {
    return lane == kRowLanes - 1 ? lanes::load(row + lane * kLanes, filled) : lanes::load(row + lane * kLanes);
  };
  float* out = sums.out + r * sums.columns + j;
  Lane16 sum[kRows][kRowLanes];
  // Written out, each of them: a sum that is met in a loop would live in memory.
  const auto each = [&](auto act) __attribute__((always_inline)) {
#pragma GCC unroll 8
    for (int a = 0; a < kRows; ++a) {
#pragma GCC unroll 3
      for (int l = 0; l < kRowLanes; ++l) act(a, l);
    }
  };
  each([&](int a, int l) __attribute__((always_inline)) { sum[a][l] = Lane16(0.0f); });
  if (sums.onward) {
    each([&](int a, int l) __attribute__((always_inline)) { sum[a][l] = read(out + a * sums.columns, l); });
  }
  const float* x = sums.x + r * sums.across;
  const float* y = sums.y + j;
  for (std::int64_t k = 0; k < sums.inner; ++k, x += sums.along, y += sums.pitch) {
    Lane16 row[kRowLanes];
#pragma GCC unroll 3
    for (int l = 0; l < kRowLanes; ++l) row[l] = read(y, l);
    each([&](int a, int l)
             __attribute__((always_inline)) { sum[a][l] = fma(Lane16(x[a * sums.across]), row[l], sum[a][l]); });
  }
  if (sums.bias != nullptr) {
    each([&](int a, int l) __attribute__((always_inline)) { sum[a][l] = sum[a][l] + read(sums.bias + j, l); });
  }
  each([&](int a, int l) __attribute__((always_inline)) {
    float* to = out + a * sums.columns + l * kLanes;
    l == kRowLanes - 1 ? lanes::store(to, filled, sum[a][l]) : lanes::store(to, sum[a][l]);
  });
}

template <int kRowLanes>
void sum_lanes(const RowSums& sums, std::int64_t j) {
  const std::int64_t last = sums.columns - j - (kRowLanes - 1) * kLanes;
  const lanes::Mask16 filled = lanes::first(static_cast<int>(last < kLanes ? last : kLanes));
  in_parts(sums.rows, [&]<int kRows>(std::int64_t r) { sum_piece<kRows, kRowLanes>(sums, r, j, filled); });
}

}  // namespace

void sum_rows(const RowSums& sums) noexcept {
  std::int64_t j = 0;
  if constexpr (kMostLanesOfRow > 1) {
    for (; sums.columns - j > (kMostLanesOfRow - 1) * kLanes; j += kMostLanesOfRow * kLanes) {
      sum_lanes<kMostLanesOfRow>(sums, j);
    }
  }
  for (; j < sums.columns; j += kLanes) sum_lanes<1>(sums, j);
}

}  // namespace vitrine::cpu
