// A lane program is a tiny network's schedule laid out for one core: the batch lies in lanes, each unit is one column
// of sixteen (or a few blocks of sixteen) samples, weights are read one by one, and the steps run straight through with
// everything in the first cache. It computes the very sums of the general kernels in the same order, so its bits are
// theirs. Host and kernel library share this layout; it travels in a Call's scratch.
#pragma once

#include <cstdint>

#include "engine/tensor/backend.h"

namespace vitrine::cpu {

inline constexpr int kMostLaneBlocks = 4;     // of a tile: 64 samples; more go through tile by tile
inline constexpr int kWideLaneColumns = 64;   // where a layer is wider, a tile has half of that, to stay near
inline constexpr int kMostLaneColumns = 160;  // units of a layer; beyond, the blocked product is faster
inline constexpr std::int64_t kMostLaneWeights =
    8192;  // of all products: read again for each tile, from the first cache
inline constexpr std::int64_t kMostLaneSamples = 1 << 14;  // beyond, threads share the launches
inline constexpr int kMostLaneInputs = 8;

// Where a body finds column c, block b: at data + c * column_step + b * block_step; a scalar fills all lanes. What the
// body itself left for a later step of its own is counted from the first column of the piece at work.
struct LaneOperand {
  const float* data;
  std::int32_t column_step;
  std::int32_t block_step;
  std::int32_t scalar;
  std::int32_t own;
};

// One elementary step of a body, with every address written out.
struct LaneMicro {
  Micro micro;
  LaneOperand operands[3];  // as many as the micro has
  float* out;               // counted as an operand that is `own` unless it is the body's result
  bool result;
};

// At most sixteen weights of one region, whose body is shared by many: they are updated in one step. An operand that is
// no row here is one number for all, and stands in the step.
struct LaneRow {
  const float* operands[kMostLaneInputs];
  float* out;
  std::int32_t count;
};

struct LaneStep {
  enum class Kind : std::int32_t {
    load,    // rows of an input into columns
    dense,   // out[:, j] = Σᵢ x[:, i] w[i, j], + bias[j] if there is one
    rows,    // the same of an input as it lies, with w as it lies and at most sixteen columns
    spread,  // the same into rows that somebody reads, with w as it lies
    outer,   // out[i, j] = Σ over samples of x[:, i] y[:, j]
    fold,    // out[j] = scale × Σ over samples of x[:, j]
    across,  // out[:] = scale × Σ over columns of x[:, j]
    body,    // elementwise over columns, or in place over such rows
    flat,    // elementwise over weights: equal updates of many regions at once, after the last tile
    store,   // columns into rows that somebody reads
  };
  Kind kind;
  std::int32_t blocks;                 // of a tile of the batch
  std::int32_t inner, columns;         // sizes K and N, as the kind needs them
  const float* x;                      // columns; rows for load and rows
  const float* w;                      // weights, or the second columns of outer
  const float* bias;                   // of dense, rows and spread
  std::int64_t row_step, column_step;  // strides of w; of x for load and rows
  float* out;
  float* room;  // of fold: sixteen sums for each column, from tile to tile; of rows: w in whole lanes, or null
  float scale;
  LaneOperand operands[kMostLaneInputs];
  const MicroStep* body;
  std::int32_t body_length;
  std::int32_t straight;   // of body: each operand is lanes one after the other, as the result, or one number
  std::int32_t in_rows;    // of body: goes over rows as they lie
  std::int32_t row_count;  // of flat
  const LaneRow* rows;
  const LaneMicro* micros;  // the body of columns
};

struct LaneProgram {
  const LaneStep* steps;
  float* workspace;      // kLaneWorkspace floats for what lives within a step
  std::int64_t samples;  // all of them; steps take `tile` at a time, one tile straight through after the other
  std::int32_t tile;
};

// Bodies take so many lanes of sixteen at a time, step after step, so that what they leave for later steps stays in the
// first cache; so long is the longest body.
inline constexpr int kLanePiece = 64;
inline constexpr int kMostLaneSteps = 24;
inline constexpr std::size_t kLaneWorkspace = std::size_t{kMostLaneSteps} * kLanePiece * 16;
static_assert(kLaneWorkspace >= std::size_t{kMostLaneBlocks} * 16 * kMostLaneColumns, "a tile as rows, for outer");

}  // namespace vitrine::cpu
