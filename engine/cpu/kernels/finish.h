// A FinishPlan is what a launch does to its op's result before anybody else sees it: the body behind the op, step by
// step as the elementwise kernels would, so with the same bits. The first steps, where they are a scale, a bias, a
// residual, a rectifier and the way back through one, happen in the registers of the sums; the others on a block that
// has just been written and is still near.
//
// The result is seen as rows of columns: its last axis, and all others run together.
#pragma once

#include "engine/cpu/kernel_abi.h"
#include "engine/cpu/kernels/gemm.h"

namespace vitrine::cpu {

struct FinishPlan {
  enum class Lies : std::int8_t { nowhere, as_result, along_columns, one_number, elsewhere };
  std::int64_t columns;
  std::int32_t next;                               // first step that registers leave over
  std::int8_t scale, bias, residual, gate, level;  // inputs, or -1
  bool relu;
  Lies lies[kMostInputs];
  std::int64_t strides[kMostInputs][limits::kRank];

  bool in_registers() const { return scale >= 0 || bias >= 0 || residual >= 0 || relu || gate >= 0; }
};

// `registers`: the caller hands `finish_of` to gemm::multiply with the last block of k.
FinishPlan plan_finish(const Call& call, bool registers) noexcept;
gemm::Finish finish_of(const Call& call, const FinishPlan& plan, std::int64_t row, std::int64_t column) noexcept;
// What is left to do to a block of the result.
void finish_block(const Call& call, const FinishPlan& plan, std::int64_t row, std::int64_t rows, std::int64_t column,
                  std::int64_t columns) noexcept;

}  // namespace vitrine::cpu
