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
  call.nanoseconds = (rows.dense[0] ? 0.1 : 0.4) * static_cast<double>(rows.elements);
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
  const auto bytes = static_cast<std::int64_t>(bytes_of(call.inputs[0].dtype));
  const std::byte* in = call.inputs[0].data;
  std::byte* out = call.outputs[0].data;
  const std::int64_t end = std::min(last * Rows::kChunk, rows.elements);
  Walk walk(rows, 0, first * Rows::kChunk);
  for (std::int64_t flat = first * Rows::kChunk; flat < end;) {
    const std::int64_t n = std::min(walk.left(), end - flat);
    by_size(call.inputs[0].dtype,
            [&]<class T>() { copy_piece<T>(out + flat * bytes, in + walk.offset() * bytes, rows.steps[0], n); });
    walk.advance(n);
    flat += n;
  }
}

const Registration kCopy("copy", prepare, run);
const Registration kReshape("reshape", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
