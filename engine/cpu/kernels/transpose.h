// Sixteen lanes that lie along rows become sixteen that lie along columns, in registers: squares of four by shuffles
// within a quarter of a register, then whole quarters.
#pragma once

#include <utility>

#include "engine/cpu/lane16.h"

namespace vitrine::lanes {
inline namespace VITRINE_ISA {

// One stage: the quarters (or halves of quarters) of two parts, picked by `pick`, which says for place i where its
// number comes from; those of the second part begin at kPartLanes.
template <class Pick, std::size_t... i>
VITRINE_INLINE Part shuffled(Part a, Part b, Pick, std::index_sequence<i...>) {
  return __builtin_shufflevector(a, b, Pick::at(static_cast<int>(i))...);
}
template <class Pick>
VITRINE_INLINE Part shuffled(Part a, Part b) {
  return shuffled(a, b, Pick(), std::make_index_sequence<kPartLanes>());
}

// a0 b0 a1 b1, or with `high` a2 b2 a3 b3, of each quarter.
template <int high>
struct PickSingles {
  static constexpr int at(int i) { return i / 4 * 4 + high * 2 + i % 4 / 2 + i % 2 * kPartLanes; }
};
// a0 a1 b0 b1, or with `high` a2 a3 b2 b3, of each quarter.
template <int high>
struct PickPairs {
  static constexpr int at(int i) { return i / 4 * 4 + high * 2 + i % 2 + i % 4 / 2 * kPartLanes; }
};
// Every second quarter of a, then of b, beginning with the first or, with `high`, the second.
template <int high>
struct PickQuarters {
  static constexpr int at(int i) {
    const int half = kPartLanes / 2, quarter = i % half / 4 * 2 + high;
    return quarter * 4 + i % 4 + i / half * kPartLanes;
  }
};

// Four rows: afterwards row k holds in quarter g the column 4 g + k of the four.
VITRINE_INLINE void turn_quarters(Part& row0, Part& row1, Part& row2, Part& row3) {
  const Part a = shuffled<PickSingles<0>>(row0, row1), b = shuffled<PickSingles<1>>(row0, row1);
  const Part c = shuffled<PickSingles<0>>(row2, row3), d = shuffled<PickSingles<1>>(row2, row3);
  row0 = shuffled<PickPairs<0>>(a, c);
  row1 = shuffled<PickPairs<1>>(a, c);
  row2 = shuffled<PickPairs<0>>(b, d);
  row3 = shuffled<PickPairs<1>>(b, d);
}

// A square of parts. After four rows each have been turned within quarters, what is left is to turn the square of
// quarters.
VITRINE_INLINE void turn_square(Part (&rows)[kPartLanes]) {
  for (int r = 0; r < kPartLanes; r += 4) turn_quarters(rows[r], rows[r + 1], rows[r + 2], rows[r + 3]);
  if constexpr (kPartLanes == 8) {
    for (int k = 0; k < 4; ++k) {
      const Part a = rows[k], b = rows[k + 4];
      rows[k] = shuffled<PickQuarters<0>>(a, b);
      rows[k + 4] = shuffled<PickQuarters<1>>(a, b);
    }
  }
  if constexpr (kPartLanes == 16) {
    for (int k = 0; k < 4; ++k) {
      const Part a = shuffled<PickQuarters<0>>(rows[k], rows[k + 4]),
                 b = shuffled<PickQuarters<1>>(rows[k], rows[k + 4]);
      const Part c = shuffled<PickQuarters<0>>(rows[k + 8], rows[k + 12]),
                 d = shuffled<PickQuarters<1>>(rows[k + 8], rows[k + 12]);
      rows[k] = shuffled<PickQuarters<0>>(a, c);
      rows[k + 4] = shuffled<PickQuarters<0>>(b, d);
      rows[k + 8] = shuffled<PickQuarters<1>>(a, c);
      rows[k + 12] = shuffled<PickQuarters<1>>(b, d);
    }
  }
}

VITRINE_INLINE void transpose(Lane16 (&rows)[kLanes]) {
  Lane16 turned[kLanes];
  for (int up = 0; up < kParts; ++up) {
    for (int left = 0; left < kParts; ++left) {
      Part square[kPartLanes];
      for (int i = 0; i < kPartLanes; ++i) square[i] = rows[up * kPartLanes + i].parts[left];
      turn_square(square);
      for (int i = 0; i < kPartLanes; ++i) turned[left * kPartLanes + i].parts[up] = square[i];
    }
  }
  for (int i = 0; i < kLanes; ++i) rows[i] = turned[i];
}

// Every second number of two parts, beginning with the first or, with `high`, the second.
template <int high>
struct PickSeconds {
  static constexpr int at(int i) { return 2 * i + high; }
};
// The same of 32 floats in two lanes.
template <int high>
VITRINE_INLINE Lane16 every_second(Lane16 front, Lane16 back) {
  Part parts[2 * kParts];
  for (int i = 0; i < kParts; ++i) parts[i] = front.parts[i], parts[kParts + i] = back.parts[i];
  Lane16 result;
  for (int i = 0; i < kParts; ++i) result.parts[i] = shuffled<PickSeconds<high>>(parts[2 * i], parts[2 * i + 1]);
  return result;
}

}  // namespace VITRINE_ISA
}  // namespace vitrine::lanes
