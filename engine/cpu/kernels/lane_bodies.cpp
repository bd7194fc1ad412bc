// Elementwise steps, over columns of samples and over weights. A body goes through in pieces, a micro over the whole
// piece and then the next, so that neighbours wait for each other nowhere.
#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/micro.h"

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
};

LaneOperand from_piece(LaneOperand operand, const ColumnPiece& piece) {
  if (operand.own == 0) operand.data += piece.first * operand.column_step;
  return operand;
}

// A function of its own for each micro keeps what its loop needs in registers.
template <Micro kMicro>
__attribute__((noinline)) void body_micro(const LaneMicro& micro, const ColumnPiece& piece) {
  const LaneOperand a = from_piece(micro.operands[0], piece), b = from_piece(micro.operands[1], piece),
                    c = from_piece(micro.operands[2], piece);
  const std::int64_t columns = piece.columns, blocks = piece.blocks;  // what is stored might change them otherwise
  float* to = micro.out + (micro.result ? piece.first * blocks * kLanes : 0);
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

void flat_rows(const LaneStep& step, const LaneRow* rows, std::int64_t count, float* workspace) {
  for (int s = 0; s < step.body_length; ++s) {
    const MicroStep micro = step.body[s];
    const bool last = s == step.body_length - 1;
    const auto value = [&](int index, std::int64_t r) __attribute__((always_inline)) {
      if (index >= 0) return lanes::load(workspace + (index * kLanePiece + r) * kLanes);
      const int i = -1 - index;
      if (step.operands[i].scalar != 0) return Lane16(*step.operands[i].data);
      return lanes::load_first(rows[r].operands[i], rows[r].count);
    };
    with_micro(micro.micro, [&]<Micro kMicro>() {
      for (std::int64_t r = 0; r < count; ++r) {
        const Lane16 x = value(micro.a, r);
        Lane16 y = x, z = x;
        if constexpr (inputs_of(kMicro) > 1) y = value(micro.b, r);
        if constexpr (inputs_of(kMicro) > 2) z = value(micro.c, r);
        const Lane16 result = micro_of<kMicro>(x, y, z);
        if (last) {
          lanes::store_first(rows[r].out, result, rows[r].count);
        } else {
          lanes::store(workspace + (s * kLanePiece + r) * kLanes, result);
        }
      }
    });
  }
}

}  // namespace

void lane_body(const LaneStep& step) noexcept {
  const std::int64_t columns_at_once = kLanePiece / step.blocks;
  for (std::int64_t first = 0; first < step.columns; first += columns_at_once) {
    const std::int64_t left = step.columns - first;
    const ColumnPiece piece{first, left < columns_at_once ? left : columns_at_once, step.blocks};
    for (int s = 0; s < step.body_length; ++s) {
      const LaneMicro& micro = step.micros[s];
      with_micro(micro.micro, [&]<Micro kMicro>() { body_micro<kMicro>(micro, piece); });
    }
  }
}

void lane_flat(const LaneStep& step, float* workspace) noexcept {
  for (std::int64_t first = 0; first < step.row_count; first += kLanePiece) {
    const std::int64_t left = step.row_count - first;
    flat_rows(step, step.rows + first, left < kLanePiece ? left : kLanePiece, workspace);
  }
}

}  // namespace vitrine::cpu
