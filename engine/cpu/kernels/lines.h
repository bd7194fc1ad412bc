// Lines of a tensor along one axis: kernels that work on whole lines (scans, sorting, the place of the largest) number
// them row by row over the other axes.
#pragma once

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

inline std::int64_t line_count(const Array& array, int axis) {
  std::int64_t count = 1;
  for (int i = 0; i < array.rank; ++i) count *= i == axis ? 1 : array.extents[i];
  return count;
}

// Where the line begins, in elements.
inline std::int64_t line_offset(const Array& array, int axis, std::int64_t line) {
  std::int64_t offset = 0;
  for (int i = array.rank - 1; i >= 0; --i) {
    if (i == axis) continue;
    offset += line % array.extents[i] * array.strides[i];
    line /= array.extents[i];
  }
  return offset;
}

// Kernels over lines share their work in runs of lines of about this many elements.
struct LineChunks {
  std::int64_t lines, per_chunk;
};

inline void prepare_lines(Call& call, const Array& array, int axis, double nanoseconds_an_element) {
  LineChunks& found = call.found<LineChunks>();
  const std::int64_t length = array.rank == 0 ? 1 : array.extents[axis];
  found.lines = line_count(array, axis);
  found.per_chunk = 1 + 4096 / (length + 1);
  call.chunks = (found.lines + found.per_chunk - 1) / found.per_chunk;
  call.nanoseconds = (nanoseconds_an_element * static_cast<double>(length) + 8) * static_cast<double>(found.lines);
}

template <class F>
void each_line(const Call& call, std::int64_t first, std::int64_t last, F f) {
  const LineChunks& found = call.found<LineChunks>();
  const std::int64_t end = last * found.per_chunk < found.lines ? last * found.per_chunk : found.lines;
  for (std::int64_t line = first * found.per_chunk; line < end; ++line) f(line);
}

template <class T>
const T* elements(const Array& array) {
  return reinterpret_cast<const T*>(array.data);
}
template <class T>
T* results(const Array& array) {
  return reinterpret_cast<T*>(array.data);
}

}  // namespace vitrine::cpu
