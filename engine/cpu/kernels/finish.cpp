// Which steps go into registers, and the rest of a body over a block.
#include "engine/cpu/kernels/finish.h"

#include "engine/cpu/kernels/step.h"

namespace vitrine::cpu {
namespace {

using Lies = FinishPlan::Lies;

constexpr int kBlock = 256;  // floats: a body of 64 steps takes 64 kB of stack

bool reads(const MicroStep& step, int slot) {
  const std::int8_t slots[] = {step.a, step.b, step.c};
  return std::any_of(slots, slots + inputs_of(step.micro), [&](int each) { return each == slot; });
}

Lies place_of(const Array& in, const Array& out, const std::int64_t* strides) {
  if (in.dtype != DType::float32) return Lies::elsewhere;
  const int last = out.rank - 1;
  bool as_result = true;
  std::int64_t dense = 1;
  for (int axis = last; axis >= 0; --axis) {
    as_result = as_result && (out.extents[axis] == 1 || strides[axis] == dense);
    dense *= out.extents[axis];
  }
  if (as_result) return Lies::as_result;
  if (std::all_of(strides, strides + out.rank, [](std::int64_t stride) { return stride == 0; }))
    return Lies::one_number;
  const bool flat = std::all_of(strides, strides + last, [](std::int64_t stride) { return stride == 0; });
  return flat && strides[last] == 1 ? Lies::along_columns : Lies::elsewhere;
}

bool read_from(const Call& call, int first, int slot) {
  return std::any_of(call.body + std::min(first, call.body_length), call.body + call.body_length,
                     [&](const MicroStep& step) { return reads(step, slot); });
}

// Takes the next two steps into registers if they are the way back through a rectifier.
bool take_gate(const Call& call, FinishPlan& plan) {
  const int done = plan.next - 1, greater = plan.next, where = plan.next + 1;
  if (where >= call.body_length || read_from(call, where + 1, done) || read_from(call, where + 1, greater))
    return false;
  const MicroStep &above = call.body[greater], &choice = call.body[where];
  if (above.micro != Micro::greater || choice.micro != Micro::where) return false;
  if (above.a >= 0 || above.b >= 0 || choice.a != greater || choice.b != done || choice.c != above.b) return false;
  const int gate = -1 - above.a, level = -1 - above.b;
  if (plan.lies[gate] != Lies::as_result || plan.lies[level] != Lies::one_number) return false;
  plan.gate = static_cast<std::int8_t>(gate);
  plan.level = static_cast<std::int8_t>(level);
  plan.next = where + 1;
  return true;
}

// Takes the next step into registers if it is one of the four and nobody else wants what it goes on with.
bool take_step(const Call& call, FinishPlan& plan) {
  const int done = plan.next - 1;
  const MicroStep& step = call.body[plan.next];
  if (plan.relu || read_from(call, plan.next + 1, done)) return false;
  if (step.micro == Micro::relu && step.a == done) return plan.relu = true;
  const bool scales = step.micro == Micro::mul && !plan.in_registers();
  if ((step.micro != Micro::add && !scales) || (step.a == done) == (step.b == done)) return false;
  const int other = step.a == done ? step.b : step.a;
  if (other >= 0) return false;
  const auto input = static_cast<std::int8_t>(-1 - other);
  const Lies lies = plan.lies[input];
  if (scales) return lies == Lies::along_columns && (plan.scale = input, true);
  if (lies == Lies::along_columns && plan.bias < 0 && plan.residual < 0) return plan.bias = input, true;
  if (lies == Lies::as_result && plan.residual < 0) return plan.residual = input, true;
  return false;
}

float value_at(const Array& in, std::int64_t offset) {
  if (in.dtype == DType::boolean) return in.data[offset] != std::byte{0} ? 1.0f : 0.0f;
  return reinterpret_cast<const float*>(in.data)[offset];
}

// A piece of the result: whole rows of it, or a part of one row.
struct Piece {
  std::int64_t row, rows, column;
  int columns;
};

void gather(float* to, const Call& call, const FinishPlan& plan, int input, const Piece& piece) {
  const Array& out = call.outputs[0];
  const std::int64_t* strides = plan.strides[input];
  const int last = out.rank - 1;
  for (std::int64_t r = 0; r < piece.rows; ++r) {
    std::int64_t offset = piece.column * strides[last];
    std::int64_t row = piece.row + r;
    for (int axis = last - 1; axis >= 0; --axis) {
      offset += row % out.extents[axis] * strides[axis];
      row /= out.extents[axis];
    }
    for (int c = 0; c < piece.columns; ++c) *to++ = value_at(call.inputs[input], offset + c * strides[last]);
  }
}

struct Workspace {
  alignas(64) float inputs[kMostInputs][kBlock];
  alignas(64) float results[kMostSteps][kBlock];
};

void finish_piece(const Call& call, const FinishPlan& plan, Workspace& work, const Piece& piece) {
  const std::int64_t flat = piece.row * plan.columns + piece.column;
  float* out = reinterpret_cast<float*>(call.outputs[0].data) + flat;
  const float* inputs[kMostInputs];
  for (int i = 0; i < call.input_count; ++i) {
    const auto* data = reinterpret_cast<const float*>(call.inputs[i].data);
    inputs[i] = work.inputs[i];
    if (plan.lies[i] == Lies::as_result)
      inputs[i] = data + flat;
    else if (plan.lies[i] == Lies::along_columns && piece.rows == 1)
      inputs[i] = data + piece.column;
    else if (plan.lies[i] != Lies::nowhere)
      gather(work.inputs[i], call, plan, i, piece);
  }
  const auto operand = [&](int slot) -> const float* {
    return slot < 0 ? inputs[-1 - slot] : slot < plan.next ? out : work.results[slot];
  };
  const auto n = static_cast<int>(piece.rows * piece.columns);
  for (int s = plan.next; s < call.body_length; ++s) {
    const MicroStep& step = call.body[s];
    const int count = inputs_of(step.micro);
    const float* a = operand(step.a);
    run_step(step.micro, s + 1 == call.body_length ? out : work.results[s], a, count > 1 ? operand(step.b) : a,
             count > 2 ? operand(step.c) : a, n);
  }
}

}  // namespace

FinishPlan plan_finish(const Call& call, bool registers) noexcept {
  const Array& out = call.outputs[0];
  FinishPlan plan{};
  plan.columns = out.extents[out.rank - 1];
  plan.scale = plan.bias = plan.residual = plan.gate = plan.level = -1;
  for (int i = 0; i < call.input_count; ++i) {
    const Array& in = call.inputs[i];
    if (!std::any_of(call.body, call.body + call.body_length,
                     [&](const MicroStep& step) { return reads(step, -1 - i); }))
      continue;
    for (int axis = 0; axis < out.rank; ++axis) {
      const int own = axis - (out.rank - in.rank);
      plan.strides[i][axis] = own < 0 || in.extents[own] == 1 ? 0 : in.strides[own];
    }
    plan.lies[i] = place_of(in, out, plan.strides[i]);
  }
  plan.next = 1;
  while (registers && plan.next < call.body_length && take_step(call, plan)) ++plan.next;
  if (registers) take_gate(call, plan);
  return plan;
}

gemm::Finish finish_of(const Call& call, const FinishPlan& plan, std::int64_t row, std::int64_t column) noexcept {
  const auto data = [&](int input) { return reinterpret_cast<const float*>(call.inputs[input].data) + column; };
  gemm::Finish finish;
  if (plan.scale >= 0) finish.scale = data(plan.scale);
  if (plan.bias >= 0) finish.bias = data(plan.bias);
  if (plan.residual >= 0) finish.residual = data(plan.residual) + row * plan.columns;
  if (plan.gate >= 0) {
    finish.gate = data(plan.gate) + row * plan.columns;
    finish.level = reinterpret_cast<const float*>(call.inputs[plan.level].data);
  }
  finish.relu = plan.relu;
  return finish;
}

void finish_block(const Call& call, const FinishPlan& plan, std::int64_t row, std::int64_t rows, std::int64_t column,
                  std::int64_t columns) noexcept {
  if (plan.next >= call.body_length) return;
  Workspace work;
  const std::int64_t together = columns == plan.columns ? std::max<std::int64_t>(kBlock / columns, 1) : 1;
  for (std::int64_t r = 0; r < rows; r += together) {
    for (std::int64_t c = 0; c < columns; c += kBlock) {
      finish_piece(call, plan, work,
                   {row + r, std::min(together, rows - r), column + c,
                    static_cast<int>(std::min<std::int64_t>(kBlock, columns - c))});
    }
  }
}

}  // namespace vitrine::cpu
