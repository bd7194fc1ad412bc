// A tile is a few rows of sums of products whose lanes lie along a panel of columns: while it is computed it stays in
// registers. Convolutions in all three directions are made of tiles; they differ in what a row, a column and a term
// are. A TileCall names the terms as runs. Each sum is one chain of fused multiply-adds over the terms of the runs in
// order.
#pragma once

#include <cstdint>

#include "engine/cpu/kernels/gemm.h"

namespace vitrine::cpu {

// Under AVX-512 24 of 32 registers hold sums, under AVX2 12 of 16; the others hold factors.
inline constexpr int kTileRows = lanes::kParts == 1 ? 12 : lanes::kParts == 2 ? 6 : 3;
inline constexpr int kTileLanes = lanes::kParts == 1 ? 2 : 1;
inline constexpr int kTallRows = kTileRows * kTileLanes;  // of a tile that is one lane wide
inline constexpr int kRowGroup = 3;                       // rows with one step between them

// Terms with evenly spaced factors.
struct TileRun {
  const float* a;
  std::int64_t b;  // floats from TileCall::b on
  std::int64_t depth;
  std::uint32_t idle;  // a bit for each row that takes no part
};

struct TileCall {
  const TileRun* runs;
  std::int64_t count;
  const float* b;
  std::int64_t a_row, a_group;  // floats from row to row in a group of kRowGroup, and from group to group
  std::int64_t a_term, b_term;  // from term to term
  float* out;
  std::int64_t out_row;
  int columns;          // as panel_width says
  bool resume = false;  // begin with what is there instead of zeros
  bool add = false;     // add the sums to what is there
  std::int64_t b_column = 1;
  bool careful = false;  // what idle rows would read is not all readable memory
  const gemm::Finish* finish = nullptr;
};

// How many columns the next panel takes: whole ones, then a lane, then the rest.
inline int panel_width(std::int64_t columns_left) {
  constexpr int kLanes = lanes::kLanes, kPanel = kTileLanes * kLanes;
  if (columns_left >= kPanel) return kPanel;
  return columns_left >= kLanes ? kLanes : static_cast<int>(columns_left);
}
inline std::int64_t panel_count(std::int64_t columns) {
  constexpr int kLanes = lanes::kLanes, kPanel = kTileLanes * kLanes;
  const std::int64_t rest = columns % kPanel;
  return columns / kPanel + rest / kLanes + (rest % kLanes != 0 ? 1 : 0);
}

// The most rows of a tile over panels of so many columns.
inline int most_tile_rows(std::int64_t columns) {
  return columns <= lanes::kLanes ? kTallRows : kTileRows;
}

// `rows` from 1 to most_tile_rows(call.columns).
void run_tile(const TileCall& call, int rows);

}  // namespace vitrine::cpu
