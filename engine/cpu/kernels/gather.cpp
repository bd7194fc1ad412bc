// Rows by number: gather copies the numbered rows of a table, segment_sum adds rows to the numbered ones of a new
// table, in the order in which they come. A number that no row has reads zeros and writes nothing.
#include <algorithm>

#include "engine/cpu/kernels/lines.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

// x [b, n, k], numbers [b, m], out [b, m, k].
void prepare_gather(Call& call) noexcept {
  prepare_lines(call, call.outputs[0], 2, 0.3);
}

template <class T>
void gather_rows(const Call& call, std::int64_t first, std::int64_t last) {
  const Array &x = call.inputs[0], &numbers = call.inputs[1], &out = call.outputs[0];
  const std::int64_t m = out.extents[1], k = out.extents[2], step = x.strides[2];
  each_line(call, first, last, [&](std::int64_t line) {
    T* to = results<T>(out) + line * k;
    const std::int64_t batch = line / m;
    const std::int64_t row =
        elements<std::int32_t>(numbers)[batch * numbers.strides[0] + line % m * numbers.strides[1]];
    if (row < 0 || row >= x.extents[1]) {
      for (std::int64_t i = 0; i < k; ++i) to[i] = 0;
      return;
    }
    const T* from = elements<T>(x) + batch * x.strides[0] + row * x.strides[1];
    for (std::int64_t i = 0; i < k; ++i) to[i] = from[i * step];
  });
}

void run_gather(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  by_size(call.inputs[0].dtype, [&]<class T>() { gather_rows<T>(call, first, last); });
}

// x [b, m, k], numbers [b, m], out [b, n, k]. A chunk is some columns of one batch, so that one thread alone adds to an
// element.
constexpr std::int64_t kColumns = 64;

void prepare_sum(Call& call) noexcept {
  const Array& out = call.outputs[0];
  call.chunks = out.extents[0] * ((out.extents[2] + kColumns - 1) / kColumns);
  call.nanoseconds = 0.6 * static_cast<double>(call.inputs[0].extents[1] + out.extents[1]) *
                     static_cast<double>(out.extents[0] * out.extents[2]);
}

struct Complex {
  float re, im;
};
void add(float& to, float x) {
  to += x;
}
void add(std::int32_t& to, std::int32_t x) {
  to = static_cast<std::int32_t>(static_cast<std::uint32_t>(to) + static_cast<std::uint32_t>(x));  // wraps around
}
void add(Complex& to, Complex x) {
  to.re += x.re;
  to.im += x.im;
}

template <class T>
void sum_columns(const Call& call, std::int64_t chunk) {
  const Array &x = call.inputs[0], &numbers = call.inputs[1], &out = call.outputs[0];
  const std::int64_t n = out.extents[1], k = out.extents[2], blocks = (k + kColumns - 1) / kColumns;
  const std::int64_t batch = chunk / blocks, begin = chunk % blocks * kColumns, end = std::min(begin + kColumns, k);
  T* table = results<T>(out) + batch * n * k;
  for (std::int64_t row = 0; row < n; ++row) {
    for (std::int64_t i = begin; i < end; ++i) table[row * k + i] = T{};
  }
  const T* from = elements<T>(x) + batch * x.strides[0];
  for (std::int64_t j = 0; j < x.extents[1]; ++j, from += x.strides[1]) {
    const std::int64_t row = elements<std::int32_t>(numbers)[batch * numbers.strides[0] + j * numbers.strides[1]];
    if (row < 0 || row >= n) continue;
    for (std::int64_t i = begin; i < end; ++i) add(table[row * k + i], from[i * x.strides[2]]);
  }
}

void run_sum(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    switch (call.outputs[0].dtype) {
      case DType::int32:
        sum_columns<std::int32_t>(call, chunk);
        break;
      case DType::complex64:
        sum_columns<Complex>(call, chunk);
        break;
      default:
        sum_columns<float>(call, chunk);
    }
  }
}

const Registration kGather("gather", prepare_gather, run_gather);
const Registration kSegmentSum("segment_sum", prepare_sum, run_sum);

}  // namespace
}  // namespace vitrine::cpu
