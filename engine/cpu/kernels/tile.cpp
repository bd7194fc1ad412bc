// The tiles, compiled for each number of rows and lanes.
#include "engine/cpu/kernels/tile.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// A runtime step between rows would need an address register for each row; so groups of three rows share a pointer,
// and within the group the address is pointer, pointer + step, pointer + 2 · step.
template <int rows, int lanes, bool whole>
void run(const TileCall& call) {
  constexpr int kGroups = (rows + kRowGroup - 1) / kRowGroup;
  Lane16 sums[rows][lanes];
  const int last = call.columns - (lanes - 1) * kLanes;  // columns of the last lane
  const auto load_lane = [&](const float* from, int lane) __attribute__((always_inline)) {
    return whole || lane < lanes - 1 ? lanes::load(from + lane * kLanes)
                                     : lanes::load(from + lane * kLanes, lanes::first(last));
  };
#pragma GCC unroll 24
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
    for (int l = 0; l < lanes; ++l) {
      sums[r][l] = Lane16(0.0f);
      if (call.resume) sums[r][l] = load_lane(call.out + r * call.out_row, l);
    }
  }
  const std::int64_t step = call.a_row, term = call.a_term, b_term = call.b_term;
  const auto add_terms = [&](const TileRun& run, auto some_idle) __attribute__((always_inline)) {
    const std::uint32_t idle = run.idle;
    const float* a[kGroups];
#pragma GCC unroll 8
    for (int g = 0; g < kGroups; ++g) a[g] = run.a + g * call.a_group;
    const float* b = call.b + run.b;
    for (std::int64_t k = run.depth; k > 0; --k) {
      Lane16 factors[lanes];
#pragma GCC unroll 2
      for (int l = 0; l < lanes; ++l) factors[l] = load_lane(b, l);
#pragma GCC unroll 24
      for (int r = 0; r < rows; ++r) {
        if (some_idle && (idle >> r & 1) != 0) continue;
        const Lane16 factor(a[r / kRowGroup][r % kRowGroup * step]);
#pragma GCC unroll 2
        for (int l = 0; l < lanes; ++l) sums[r][l] = fma(factor, factors[l], sums[r][l]);
      }
      b += b_term;
#pragma GCC unroll 8
      for (int g = 0; g < kGroups; ++g) a[g] += term;
    }
  };
  for (const TileRun *run = call.runs, *end = run + call.count; run != end; ++run) {
    run->idle == 0 ? add_terms(*run, std::false_type()) : add_terms(*run, std::true_type());
  }
  if (call.add) {
#pragma GCC unroll 24
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
      for (int l = 0; l < lanes; ++l) sums[r][l] = load_lane(call.out + r * call.out_row, l) + sums[r][l];
    }
  }
  if (call.finish != nullptr) {
    const auto load = [&](const float* from, int lane) __attribute__((always_inline)) {
      return whole || lane < lanes - 1 ? lanes::load(from) : lanes::load(from, lanes::first(last));
    };
    gemm::finish_sums(sums, *call.finish, call.out_row, kLanes, load);
  }
#pragma GCC unroll 24
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
    for (int l = 0; l < lanes; ++l) {
      float* to = call.out + r * call.out_row + l * kLanes;
      whole || l < lanes - 1 ? lanes::store(to, sums[r][l]) : lanes::store(to, lanes::first(last), sums[r][l]);
    }
  }
}

// Row by row and lane by lane, touching only what takes part.
void run_plainly(const TileCall& call, int rows) {
  for (int r = 0; r < rows; ++r) {
    const std::int64_t row = r / kRowGroup * call.a_group + r % kRowGroup * call.a_row;
    for (int column = 0; column < call.columns; column += kLanes) {
      const int n = std::min(kLanes, call.columns - column);
      float* to = call.out + r * call.out_row + column;
      Lane16 sum = call.resume ? lanes::load_first(to, n) : Lane16(0.0f);
      for (const TileRun *run = call.runs, *end = run + call.count; run != end; ++run) {
        if ((run->idle >> r & 1) != 0) continue;
        const float* b = call.b + run->b + column * call.b_column;
        for (std::int64_t k = 0; k < run->depth; ++k) {
          const Lane16 factor = lanes::load_any(b + k * call.b_term, call.b_column, n);
          sum = fma(Lane16(run->a[row + k * call.a_term]), factor, sum);
        }
      }
      Lane16 sums[1][1] = {{call.add ? lanes::load_first(to, n) + sum : sum}};
      if (call.finish != nullptr) {
        gemm::finish_sums(sums, call.finish->at(column, r * call.out_row + column), 0, 0,
                          [&](const float* from, int) { return lanes::load_first(from, n); });
      }
      lanes::store_first(to, sums[0][0], n);
    }
  }
}

using Tile = void (*)(const TileCall&);

template <int lanes, bool whole, int... rows>
constexpr void fill(Tile* tiles, std::integer_sequence<int, rows...>) {
  ((tiles[rows] = run<rows + 1, lanes, whole>), ...);
}

struct Tiles {
  Tile narrow[kTallRows], one[kTallRows], most[kTileRows];
  constexpr Tiles() : narrow(), one(), most() {
    fill<1, false>(narrow, std::make_integer_sequence<int, kTallRows>());
    fill<1, true>(one, std::make_integer_sequence<int, kTallRows>());
    fill<kTileLanes, true>(most, std::make_integer_sequence<int, kTileRows>());
  }
};
constexpr Tiles kTiles;

// Asks for what the sums will meet when their chains have ended.
void fetch_ahead(const TileCall& call, int rows) {
  for (const float* from : {call.finish->residual, call.finish->gate}) {
    for (int r = 0; from != nullptr && r < rows; ++r) {
      for (int column = 0; column < call.columns; column += kLanes)
        __builtin_prefetch(from + r * call.out_row + column);
    }
  }
}

}  // namespace

void run_tile(const TileCall& call, int rows) {
  if (call.finish != nullptr) fetch_ahead(call, rows);
  if (call.careful || (call.b_column != 1 && call.columns > 1)) {
    run_plainly(call, rows);
  } else {
    const Tile* tiles = call.columns == kTileLanes * kLanes ? kTiles.most
                        : call.columns == kLanes            ? kTiles.one
                                                            : kTiles.narrow;
    tiles[rows - 1](call);
  }
}

}  // namespace vitrine::cpu
