// The copy: any strided tensor, of any type, as a dense one. A reshape of a tensor that is not dense is the same work.
#include <cstring>

#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/rows.h"

namespace vitrine::cpu {
namespace {

void prepare(Call& call) noexcept {
  const Array& in = call.inputs[0];
  const Rows rows = rows_of(in.extents, in.rank, 1, [&](int, int axis) { return in.strides[axis]; });
  call.chunks = rows.chunks();
  call.nanoseconds = 0.4 * static_cast<double>(rows.length * rows.count) + 5.0 * static_cast<double>(rows.count);
  call.found<Rows>() = rows;
}

template <class T>
void copy_piece(std::byte* to, const std::byte* from, std::int64_t step, std::int64_t n) {
  if (step == 1) {
    std::memcpy(to, from, static_cast<std::size_t>(n) * sizeof(T));
    return;
  }
  T* out = reinterpret_cast<T*>(to);
  const T* in = reinterpret_cast<const T*>(from);
  for (std::int64_t i = 0; i < n; ++i) out[i] = in[i * step];
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Rows& rows = call.found<Rows>();
  const Array& in = call.inputs[0];
  const Array& out = call.outputs[0];
  const auto bytes = static_cast<std::int64_t>(bytes_of(in.dtype));
  const std::int64_t step = rows.steps[0];
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    rows.each_piece(chunk, [&](std::int64_t row, std::int64_t begin, std::int64_t end) {
      const std::byte* from = in.data + (rows.offset(0, row) + begin * step) * bytes;
      std::byte* to = out.data + (row * rows.length + begin) * bytes;
      if (bytes == 1) {
        copy_piece<std::uint8_t>(to, from, step, end - begin);
      } else {
        copy_piece<std::uint32_t>(to, from, step, end - begin);
      }
    });
  }
}

const Registration kCopy("copy", prepare, run);
const Registration kReshape("reshape", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
