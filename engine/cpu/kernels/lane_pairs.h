// Sums over at most sixteen samples for at most sixteen weights, all in one register: each lane is a pair of a unit
// before and a unit behind. Needs a shuffle by an index for each lane, so there is nothing here without AVX-512.
#pragma once

#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/transpose.h"

namespace vitrine::cpu {

#if VITRINE_ISA_V4

// Of at most four units: sample 4 g + k lies in quarter g of part k.
struct SampleQuarters {
  lanes::Part parts[4];
};

VITRINE_INLINE SampleQuarters sample_quarters(const float* columns, std::int64_t count) {
  SampleQuarters of;
  for (int i = 0; i < 4; ++i) of.parts[i] = lanes::part_load(columns + (i < count ? i : 0) * lanes::kLanes);
  lanes::turn_quarters(of.parts[0], of.parts[1], of.parts[2], of.parts[3]);
  return of;
}

VITRINE_INLINE bool fits_pairs(const LaneStep& step) {
  return step.blocks == 1 && step.inner <= 4 && step.columns <= 4;
}

VITRINE_INLINE void outer_pairs(const LaneStep& step, int samples) {
  const auto columns = static_cast<std::int32_t>(step.columns);
  const SampleQuarters x = sample_quarters(step.x, step.inner), y = sample_quarters(step.w, columns);
  // Lane l is the pair of unit l / columns and unit l % columns.
  constexpr lanes::Bits kLane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  constexpr lanes::Bits kThird = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0};
  const lanes::Bits before = columns == 1   ? kLane & 3
                             : columns == 2 ? (kLane >> 1) & 3
                             : columns == 3 ? kThird
                                            : kLane >> 2;
  const lanes::Bits behind = (kLane - before * columns) & 3;
  lanes::Part sums{};
  for (int quarter = 0; 4 * quarter < samples; ++quarter) {
    const lanes::Bits from_x = before + 4 * quarter, from_y = behind + 4 * quarter;
    for (int k = 0; k < 4 && 4 * quarter + k < samples; ++k) {
      sums = lanes::part_fma(lanes::part_picked(x.parts[k], from_x), lanes::part_picked(y.parts[k], from_y), sums);
    }
  }
  lanes::Lane16 whole;
  whole.parts[0] = sums;
  lanes::store_first(step.out, whole, step.inner * columns);
}

#else

VITRINE_INLINE bool fits_pairs(const LaneStep&) {
  return false;
}
VITRINE_INLINE void outer_pairs(const LaneStep&, int) {}

#endif

}  // namespace vitrine::cpu
