// Padding: each row of the output along its last axis is a row of the input, spread out, among copies of a value, or
// nothing but that value. Elements are only moved, so they go by their size.
#include <cstring>

#include "engine/cpu/kernels/registration.h"

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

// The input's row under output row `row`; false where there is none.
bool source_row(const Call& call, std::int64_t row, std::int64_t& offset) {
  const Array& in = call.inputs[0];
  const Array& out = call.outputs[0];
  offset = 0;
  for (int axis = out.rank - 2; axis >= 0; --axis) {
    const std::int64_t at = row % out.extents[axis] - call.attrs[0].integers[axis];
    const std::int64_t spread = call.attrs[2].integers[axis] + 1;
    if (at < 0 || at % spread != 0 || at / spread >= in.extents[axis]) return false;
    offset += at / spread * in.strides[axis];
    row /= out.extents[axis];
  }
  return true;
}

// The value as an element of the output, by its bits.
std::uint64_t bits_of(double value, DType dtype) {
  std::uint64_t bits = 0;
  if (dtype == DType::boolean) {
    bits = value != 0 ? 1 : 0;
  } else if (dtype == DType::int32) {
    const double capped = value < -2147483648.0 ? -2147483648.0 : value > 2147483647.0 ? 2147483647.0 : value;
    const auto integer = capped == capped ? static_cast<std::int32_t>(capped) : 0;
    std::memcpy(&bits, &integer, sizeof integer);
  } else {
    const auto real = static_cast<float>(value);  // the real part of a complex number
    std::memcpy(&bits, &real, sizeof real);
  }
  return bits;
}

template <class T>
void run_rows(const Call& call, std::int64_t first, std::int64_t last) {
  const Padding& p = call.found<Padding>();
  const Array& in = call.inputs[0];
  const int axis = in.rank - 1;
  const std::int64_t before = in.rank == 0 ? 0 : call.attrs[0].integers[axis];
  const std::int64_t spread = in.rank == 0 ? 1 : call.attrs[2].integers[axis] + 1;
  const std::int64_t inside = in.rank == 0 ? 1 : in.extents[axis];
  const std::int64_t step = in.rank == 0 ? 1 : in.strides[axis];
  const T value = static_cast<T>(bits_of(call.attrs[3].real, in.dtype));
  const auto* from = reinterpret_cast<const T*>(in.data);
  auto* to = reinterpret_cast<T*>(call.outputs[0].data);
  const std::int64_t end = last * p.rows_per_chunk < p.rows ? last * p.rows_per_chunk : p.rows;
  for (std::int64_t row = first * p.rows_per_chunk; row < end; ++row) {
    T* out = to + row * p.length;
    std::int64_t offset = 0;
    const bool margin = !source_row(call, row, offset);
    if (margin || spread > 1) {
      for (std::int64_t i = 0; i < p.length; ++i) out[i] = value;
      if (margin) continue;
      for (std::int64_t i = 0; i < inside; ++i) out[before + i * spread] = from[offset + i * step];
    } else {
      for (std::int64_t i = 0; i < before; ++i) out[i] = value;
      for (std::int64_t i = 0; i < inside; ++i) out[before + i] = from[offset + i * step];
      for (std::int64_t i = before + inside; i < p.length; ++i) out[i] = value;
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  by_size(call.inputs[0].dtype, [&]<class T>() { run_rows<T>(call, first, last); });
}

const Registration kPad("pad", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
