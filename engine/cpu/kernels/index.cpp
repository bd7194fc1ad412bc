// Kernels that make or read whole numbers: one row number of several indices, who writes a row last, indices as rows of
// ones and zeros.
#include "engine/cpu/kernels/lines.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

// Indices [.., d], one for each of d axes, as one row number; -1 if any is outside.
void prepare_flat(Call& call) noexcept {
  prepare_lines(call, call.inputs[0], call.inputs[0].rank - 1, 1);
}

void run_flat(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Array& in = call.inputs[0];
  const int axis = in.rank - 1;
  each_line(call, first, last, [&](std::int64_t line) {
    const std::int32_t* index = elements<std::int32_t>(in) + line_offset(in, axis, line);
    std::int64_t row = 0;
    for (std::int64_t i = 0; i < in.extents[axis]; ++i) {
      const std::int64_t at = index[i * in.strides[axis]], extent = call.attrs[0].integers[i];
      row = row < 0 || at < 0 || at >= extent ? -1 : row * extent + at;
    }
    results<std::int32_t>(call.outputs[0])[line] = static_cast<std::int32_t>(row);
  });
}

// For each of n rows, who writes it last: its own number if none of the m writers does, else n + the writer.
void prepare_last(Call& call) noexcept {
  call.chunks = call.outputs[0].extents[0] == 0 ? 0 : 1;
  call.nanoseconds = static_cast<double>(call.inputs[0].extents[0] + call.outputs[0].extents[0]);
}

void run_last(const Call& call, std::int64_t, std::int64_t) noexcept {
  const Array& rows = call.inputs[0];
  auto* to = results<std::int32_t>(call.outputs[0]);
  const std::int64_t n = call.outputs[0].extents[0];
  for (std::int64_t i = 0; i < n; ++i) to[i] = static_cast<std::int32_t>(i);
  for (std::int64_t j = 0; j < rows.extents[0]; ++j) {
    const std::int64_t row = elements<std::int32_t>(rows)[j * rows.strides[0]];
    if (row >= 0 && row < n) to[row] = static_cast<std::int32_t>(n + j);
  }
}

void prepare_one_hot(Call& call) noexcept {
  prepare_lines(call, call.outputs[0], call.outputs[0].rank - 1, 0.3);
}

template <class T>
void one_hot_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array &in = call.inputs[0], &out = call.outputs[0];
  const std::int64_t depth = out.extents[out.rank - 1];
  const T on = static_cast<T>(call.attrs[1].real), off = static_cast<T>(call.attrs[2].real);
  each_line(call, first, last, [&](std::int64_t line) {
    T* to = results<T>(out) + line * depth;
    for (std::int64_t i = 0; i < depth; ++i) to[i] = off;
    const std::int64_t hot = elements<std::int32_t>(in)[line_offset(in, -1, line)];
    if (hot >= 0 && hot < depth) to[hot] = on;
  });
}

void run_one_hot(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  switch (call.outputs[0].dtype) {
    case DType::int32:
      return one_hot_lines<std::int32_t>(call, first, last);
    case DType::boolean:
      return one_hot_lines<bool>(call, first, last);
    default:
      return one_hot_lines<float>(call, first, last);
  }
}

// A band of each matrix around its diagonal, zeros elsewhere.
void prepare_band(Call& call) noexcept {
  prepare_lines(call, call.outputs[0], call.outputs[0].rank - 1, 0.3);
}

template <class T>
void band_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array &in = call.inputs[0], &out = call.outputs[0];
  const int axis = out.rank - 1;
  const std::int64_t columns = out.extents[axis], rows = out.extents[axis - 1];
  const std::int64_t lower = call.attrs[0].integer, upper = call.attrs[1].integer;
  each_line(call, first, last, [&](std::int64_t line) {
    const std::int64_t row = line % rows;
    const T* from = elements<T>(in) + line_offset(in, axis, line);
    T* to = results<T>(out) + line * columns;
    for (std::int64_t i = 0; i < columns; ++i) {
      const bool inside = (lower < 0 || row - i <= lower) && (upper < 0 || i - row <= upper);
      to[i] = inside ? from[i * in.strides[axis]] : T{};
    }
  });
}

void run_band(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  by_size(call.inputs[0].dtype, [&]<class T>() { band_lines<T>(call, first, last); });
}

const Registration kFlatIndex("flat_index", prepare_flat, run_flat);
const Registration kLastWriter("last_writer", prepare_last, run_last);
const Registration kOneHot("one_hot", prepare_one_hot, run_one_hot);
const Registration kBandPart("band_part", prepare_band, run_band);

}  // namespace
}  // namespace vitrine::cpu
