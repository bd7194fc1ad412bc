// The heart of every product: rows of factors times a strip of columns, summed over k in one chain of fused
// multiply-adds for each element, starting at zero or at what the last call left. Matrix products call it with views of
// their operands, convolutions with the pixels under a tap; whoever calls it k by k, strip by strip, gets the same bits
// in any blocking.
//
// A strip is up to kTileLanes lanes wide and lies packed (k after k, whole lanes, zeros beyond the last column) or, for
// a whole number of lanes, wherever its columns are neighbours. A Tile of sums stays in registers while k runs along
// it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "engine/cpu/lane16.h"

namespace vitrine::cpu::gemm {

// The tile's shape follows the registers. AVX-512 has 32: 24 sums, three lanes of columns, one factor. AVX2 has 16, two
// to a lane: 12 sums, two of columns, one factor.
#if VITRINE_ISA_V4
inline constexpr int kTileRows = 8, kTileLanes = 3;
#elif VITRINE_ISA_V3
inline constexpr int kTileRows = 6, kTileLanes = 1;
#else
inline constexpr int kTileRows = 2, kTileLanes = 1;
#endif
inline constexpr int kTileColumns = kTileLanes * lanes::kLanes;

struct Factors {
  const float* data;
  std::int64_t row, k;  // steps, in floats
};
struct Strip {
  const float* data;
  std::int64_t k;
  const float* next = nullptr;  // the strip that will be wanted after this one, packed; it is fetched meanwhile
};
struct Sums {
  float* data;
  std::int64_t row, column;
};

// What is done to a sum in its register when its chain has ended, in this order; the same bits as the elementwise
// kernels mul, add, add, relu, and where behind greater.
struct Finish {
  const float* scale = nullptr;     // one for each column
  const float* bias = nullptr;      // one for each column
  const float* residual = nullptr;  // lies as the sums do
  bool relu = false;
  const float* gate = nullptr;   // lies as the sums do; where it is not above the level, the sum becomes the level
  const float* level = nullptr;  // one number

  // For the sum so many columns and so many floats in memory further on.
  Finish at(std::int64_t column, std::int64_t place) const {
    Finish there = *this;
    if (scale != nullptr) there.scale += column;
    if (bias != nullptr) there.bias += column;
    if (residual != nullptr) there.residual += place;
    if (gate != nullptr) there.gate += place;
    return there;
  }
};

VITRINE_INLINE lanes::Lane16 where_less(lanes::Lane16 a, lanes::Lane16 b, lanes::Lane16 yes, lanes::Lane16 no) {
  return select(a < b, yes, no);
}
VITRINE_INLINE lanes::Part where_less(lanes::Part a, lanes::Part b, lanes::Part yes, lanes::Part no) {
  return lanes::part_select(lanes::part_less(a, b), yes, no);
}

template <class V>
VITRINE_INLINE V spread(float value) {
  if constexpr (std::is_same_v<V, lanes::Lane16>) {
    return V(value);
  } else {
    return value - V{};
  }
}

// Finishes a tile of sums, whole lanes or parts of one; load(address, vector) reads as many numbers as a vector has.
// The pointers of `finish` are those of the first sum, `row` is the step between rows and `width` that between vectors.
template <class V, int rows, int vectors, class Load>
VITRINE_INLINE void finish_sums(V (&sums)[rows][vectors], const Finish& finish, std::int64_t row, int width,
                                Load load) {
  const auto each = [&](auto act) __attribute__((always_inline)) {
#pragma GCC unroll 24
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) act(sums[r][v], v, r * row + v * width);
    }
  };
  if (finish.scale != nullptr) {
    each([&](V & sum, int v, std::int64_t)
             __attribute__((always_inline)) { sum = sum * load(finish.scale + v * width, v); });
  }
  if (finish.bias != nullptr) {
    each([&](V & sum, int v, std::int64_t)
             __attribute__((always_inline)) { sum = sum + load(finish.bias + v * width, v); });
  }
  if (finish.residual != nullptr) {
    each([&](V & sum, int v, std::int64_t at)
             __attribute__((always_inline)) { sum = sum + load(finish.residual + at, v); });
  }
  if (finish.relu) {
    const V zero = spread<V>(0.0f);
    each([&](V & sum, int, std::int64_t) __attribute__((always_inline)) { sum = where_less(sum, zero, zero, sum); });
  }
  if (finish.gate != nullptr) {
    const V level = spread<V>(*finish.level);
    each([&](V & sum, int v, std::int64_t at)
             __attribute__((always_inline)) { sum = where_less(level, load(finish.gate + at, v), sum, level); });
  }
}

// sums[r, c] (+)= factors[r, 0..depth) * strip[0..depth, c] for r < rows and c < columns <= kTileColumns. `first`
// starts the chains; `finish`, if any, ends them and needs neighbouring columns.
void multiply(const Factors& factors, const Strip& strip, const Sums& sums, std::int64_t rows, int columns,
              std::int64_t depth, bool first, const Finish* finish) noexcept;

// How many columns are cut into strips: as wide as a tile, but never leaving one lane over beside wider strips, for a
// narrow tile waits for its own sums.
class Strips {
 public:
  explicit Strips(std::int64_t columns) : columns_(columns), lanes_((columns + lanes::kLanes - 1) / lanes::kLanes) {}
  std::int64_t count() const { return (lanes_ + kTileLanes - 1) / kTileLanes; }
  std::int64_t column(std::int64_t strip) const { return lane(strip) * lanes::kLanes; }
  int lanes(std::int64_t strip) const { return static_cast<int>(lane(strip + 1) - lane(strip)); }
  int columns(std::int64_t strip) const {
    return static_cast<int>(std::min<std::int64_t>(lanes(strip) * lanes::kLanes, columns_ - column(strip)));
  }
  std::int64_t floats(std::int64_t depth) const { return lanes_ * lanes::kLanes * depth; }  // of all strips, packed
  std::int64_t place(std::int64_t strip, std::int64_t depth) const { return column(strip) * depth; }

 private:
  std::int64_t lane(std::int64_t strip) const {
    if (strip >= count()) return lanes_;
    const bool shared = kTileLanes == 3 && lanes_ % 3 == 1 && lanes_ > 1 && strip == count() - 1;
    return strip * kTileLanes - (shared ? 1 : 0);
  }
  std::int64_t columns_, lanes_;
};

// Packs one strip of a matrix: `lanes` lanes wide, `columns` of them filled.
void pack_strip(float* to, const float* from, std::int64_t k_step, std::int64_t column_step, std::int64_t depth,
                int lanes, int columns) noexcept;

// How deep a block of k is for a product of this depth. A strip so deep comes from the second cache, each line of it
// asked for in order: longer chains between two visits to the sums save more than the first cache would give. Never
// more than kMostDepth, so that a block of factors fits an array.
inline constexpr std::int64_t kMostDepth = 1024;
std::int64_t block_depth(std::int64_t depth) noexcept;

}  // namespace vitrine::cpu::gemm
