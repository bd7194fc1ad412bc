// Joining tensors along an axis: every row of the output along its last axis comes from one input, or, when that is the
// axis joined along, from a piece of each. Elements are only moved, so they go by their size.
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

struct Joining {
  std::int64_t length, rows, rows_per_chunk;
};

void prepare(Call& call) noexcept {
  const Array& out = call.outputs[0];
  Joining& j = call.found<Joining>();
  j.length = out.extents[out.rank - 1];
  j.rows = j.length == 0 ? 0 : 1;
  for (int axis = 0; axis + 1 < out.rank; ++axis) j.rows *= out.extents[axis];
  j.rows_per_chunk = 1 + 4096 / (j.length + 1);
  call.chunks = (j.rows + j.rows_per_chunk - 1) / j.rows_per_chunk;
  call.nanoseconds = 0.3 * static_cast<double>(j.length * j.rows) + 10.0 * static_cast<double>(j.rows);
}

template <class T>
void copy_row(const Array& in, const std::int64_t* index, T* to) {
  const int last = in.rank - 1;
  const auto* from = reinterpret_cast<const T*>(in.data);
  for (int axis = 0; axis < last; ++axis) from += index[axis] * in.strides[axis];
  const std::int64_t step = in.strides[last];
  for (std::int64_t i = 0; i < in.extents[last]; ++i) to[i] = from[i * step];
}

template <class T>
void run_rows(const Call& call, std::int64_t first, std::int64_t last) {
  const Joining& j = call.found<Joining>();
  const Array& out = call.outputs[0];
  const auto joined = static_cast<int>(call.attrs[0].integer);
  const std::int64_t end = last * j.rows_per_chunk < j.rows ? last * j.rows_per_chunk : j.rows;
  for (std::int64_t row = first * j.rows_per_chunk; row < end; ++row) {
    std::int64_t index[limits::kRank] = {};
    std::int64_t rest = row;
    for (int axis = out.rank - 2; axis >= 0; --axis) {
      index[axis] = rest % out.extents[axis];
      rest /= out.extents[axis];
    }
    T* to = reinterpret_cast<T*>(out.data) + row * j.length;
    for (int i = 0; i < call.input_count; ++i) {
      const Array& in = call.inputs[i];
      if (joined == out.rank - 1) {
        copy_row(in, index, to);
        to += in.extents[joined];
      } else if (index[joined] < in.extents[joined]) {
        copy_row(in, index, to);
        break;
      } else {
        index[joined] -= in.extents[joined];
      }
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  by_size(call.outputs[0].dtype, [&]<class T>() { run_rows<T>(call, first, last); });
}

const Registration kConcat("concat", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
