// Elementwise steps, over columns of samples and over weights. A body over many columns goes through in pieces, a micro
// over the whole piece and then the next, so that neighbours wait for each other nowhere; one over few columns, and one
// over weights, a few lanes at a time.
#include <utility>

#include "engine/cpu/kernels/lane_chain.h"
#include "engine/cpu/kernels/stages.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

VITRINE_INLINE Lane16 fetch(const LaneOperand& from, std::int64_t column, std::int64_t block) {
  const float* at = from.data + column * from.column_step + block * from.block_step;
  return from.scalar != 0 ? Lane16(*at) : lanes::load(at);
}

struct ColumnPiece {
  std::int64_t first, columns, blocks;
  bool straight;  // so that one loop goes through it
};

LaneOperand from_piece(LaneOperand operand, const ColumnPiece& piece) {
  if (operand.own == 0) operand.data += piece.first * operand.column_step;
  return operand;
}

constexpr std::int64_t kWorthStages = 12;  // lanes

// A function of its own for each micro keeps what its loop needs in registers.
template <Micro kMicro>
__attribute__((noinline)) void body_micro(const LaneMicro& micro, const ColumnPiece& piece) {
  const LaneOperand a = from_piece(micro.operands[0], piece), b = from_piece(micro.operands[1], piece),
                    c = from_piece(micro.operands[2], piece);
  float* to = micro.out + (micro.result ? piece.first * piece.blocks * kLanes : 0);
  const std::int64_t columns = piece.straight ? 1 : piece.columns;
  const std::int64_t blocks = piece.straight ? piece.columns * piece.blocks : piece.blocks;
  if constexpr (has_stages(kMicro)) {
    if (piece.straight && a.scalar == 0 && blocks >= kWorthStages) return in_stages<kMicro>(to, a.data, blocks);
  }
  for (std::int64_t column = 0; column < columns; ++column) {
    for (std::int64_t block = 0; block < blocks; ++block, to += kLanes) {
      const Lane16 x = fetch(a, column, block);
      Lane16 y = x, z = x;
      if constexpr (inputs_of(kMicro) > 1) y = fetch(b, column, block);
      if constexpr (inputs_of(kMicro) > 2) z = fetch(c, column, block);
      lanes::store(to, micro_of<kMicro>(x, y, z));
    }
  }
}

struct ChainedColumns {
  const LaneStep& step;
  std::int64_t first;  // lane

  VITRINE_INLINE Lane16 input(int i, int lane) const {
    const LaneOperand& from = step.operands[i];
    return from.scalar != 0 ? Lane16(*from.data) : lanes::load(from.data + (first + lane) * kLanes);
  }
  VITRINE_INLINE void leave(int lane, Lane16 value) const { lanes::store(step.out + (first + lane) * kLanes, value); }
};

struct ChainedRows {
  const LaneStep& step;
  std::int64_t first;  // row

  VITRINE_INLINE Lane16 input(int i, int lane) const {
    const LaneRow& row = step.rows[first + lane];
    return step.operands[i].scalar != 0 ? Lane16(*step.operands[i].data)
                                        : lanes::load_first(row.operands[i], row.count);
  }
  VITRINE_INLINE void leave(int lane, Lane16 value) const {
    const LaneRow& row = step.rows[first + lane];
    lanes::store_first(row.out, value, row.count);
  }
};

#if VITRINE_ISA_V4
constexpr int kChained = 4;  // lanes at once
#else
constexpr int kChained = 2;
#endif

template <int n, class Place>
__attribute__((noinline)) void chain(const LaneStep& step, std::int64_t first) {
  run_chain<n>(step.body, step.body_length, Place{step, first});
}

template <class Place>
void in_chains(const LaneStep& step, std::int64_t count) {
  std::int64_t at = 0;
  for (; at + kChained <= count; at += kChained) chain<kChained, Place>(step, at);
  if (kChained > 2 && at + 2 <= count) chain<2, Place>(step, std::exchange(at, at + 2));
  if (at < count) chain<1, Place>(step, at);
}

// Columns of `blocks` lanes.
void in_pieces(const LaneStep& step, std::int64_t blocks, std::int64_t first, std::int64_t end) {
  const std::int64_t columns_at_once = kLanePiece / blocks;
  for (; first < end; first += columns_at_once) {
    const std::int64_t left = end - first;
    const ColumnPiece piece{first, left < columns_at_once ? left : columns_at_once, blocks, step.straight != 0};
    for (int s = 0; s < step.body_length; ++s) {
      const LaneMicro& micro = step.micros[s];
      with_micro(micro.micro, [&]<Micro kMicro>() { body_micro<kMicro>(micro, piece); });
    }
  }
}

constexpr int kFewLanes = 12;  // where loops begin to win

}  // namespace

void lane_body(const LaneStep& step, LaneTile tile) noexcept {
  if (step.in_rows != 0) {
    // Tiles that follow begin at whole lanes, and the lanes after the last row are nobody's: values in an arena are
    // padded to them.
    const std::int64_t first = tile.first * step.columns / kLanes;
    const std::int64_t end = (tile.first + tile.samples) * step.columns;
    return in_pieces(step, 1, first, (end + kLanes - 1) / kLanes);
  }
  const bool alone = step.body_length == 1 && !is_short(step.body[0].micro);
  if (step.straight != 0 && !alone && step.columns * step.blocks <= kFewLanes) {
    return in_chains<ChainedColumns>(step, step.columns * step.blocks);
  }
  in_pieces(step, step.blocks, 0, step.columns);
}

void lane_flat(const LaneStep& step) noexcept {
  in_chains<ChainedRows>(step, step.row_count);
}

}  // namespace vitrine::cpu
