// Padding with zeros: each row of the output along its last axis is a row of the input between zeros, or zeros only.
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

struct Padding {
  std::int64_t length, rows, rows_per_chunk;
};

void prepare(Call& call) noexcept {
  const Array& out = call.outputs[0];
  Padding& p = call.found<Padding>();
  p.length = out.rank == 0 ? 1 : out.extents[out.rank - 1];
  p.rows = 1;
  for (int axis = 0; axis + 1 < out.rank; ++axis) p.rows *= out.extents[axis];
  if (p.length == 0) p.rows = 0;
  p.rows_per_chunk = 1 + 4096 / (p.length + 1);
  call.chunks = (p.rows + p.rows_per_chunk - 1) / p.rows_per_chunk;
  call.nanoseconds = 0.5 * static_cast<double>(p.length * p.rows) + 10.0 * static_cast<double>(p.rows);
}

// The input's row under output row `row`; false in the margin.
bool source_row(const Call& call, std::int64_t row, std::int64_t& offset) {
  const Array& in = call.inputs[0];
  const Array& out = call.outputs[0];
  offset = 0;
  for (int axis = out.rank - 2; axis >= 0; --axis) {
    const std::int64_t at = row % out.extents[axis] - call.attrs[0].integers[axis];
    if (at < 0 || at >= in.extents[axis]) return false;
    offset += at * in.strides[axis];
    row /= out.extents[axis];
  }
  return true;
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Padding& p = call.found<Padding>();
  const Array& in = call.inputs[0];
  const int axis = in.rank - 1;
  const std::int64_t before = in.rank == 0 ? 0 : call.attrs[0].integers[axis];
  const std::int64_t inside = in.rank == 0 ? 1 : in.extents[axis];
  const std::int64_t step = in.rank == 0 ? 1 : in.strides[axis];
  const auto* from = reinterpret_cast<const float*>(in.data);
  auto* to = reinterpret_cast<float*>(call.outputs[0].data);
  const std::int64_t end = last * p.rows_per_chunk < p.rows ? last * p.rows_per_chunk : p.rows;
  for (std::int64_t row = first * p.rows_per_chunk; row < end; ++row) {
    float* out = to + row * p.length;
    std::int64_t offset = 0;
    const bool margin = !source_row(call, row, offset);
    const std::int64_t left = margin ? p.length : before;
    for (std::int64_t i = 0; i < left; ++i) out[i] = 0.0f;
    if (margin) continue;
    for (std::int64_t i = 0; i < inside; ++i) out[before + i] = from[offset + i * step];
    for (std::int64_t i = before + inside; i < p.length; ++i) out[i] = 0.0f;
  }
}

const Registration kPad("pad", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
