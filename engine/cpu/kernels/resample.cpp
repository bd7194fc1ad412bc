// Linear maps along the middle one of three axes, given as lists: every cell of the result is its constant and then one
// chain of fused multiply-adds over its list, in order. A chunk is some of those cells; the lanes lie along the last
// axis.
#include <algorithm>

#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

struct Resample {
  std::int64_t cells, inner, cells_per_chunk;
};

void prepare(Call& call) noexcept {
  const Array& out = call.outputs[0];
  Resample& r = call.found<Resample>();
  r.inner = out.extents[2];
  r.cells = r.inner == 0 ? 0 : out.extents[0] * out.extents[1];
  r.cells_per_chunk = 1 + 2048 / (r.inner + 1);
  call.chunks = (r.cells + r.cells_per_chunk - 1) / r.cells_per_chunk;
  const auto lanes = static_cast<double>(out.extents[0] * ((r.inner + kLanes - 1) / kLanes));
  call.nanoseconds = lanes * 2 * static_cast<double>(out.extents[1] + call.attrs[1].count);
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Resample& r = call.found<Resample>();
  const Array& x = call.inputs[0];
  const std::int64_t* starts = call.attrs[0].integers;
  const std::int64_t* sources = call.attrs[1].integers;
  const double* weights = call.attrs[2].reals;
  const Attribute& constants = call.attrs[3];
  const std::int64_t along = call.outputs[0].extents[1];
  const std::int64_t end = std::min(last * r.cells_per_chunk, r.cells);
  for (std::int64_t cell = first * r.cells_per_chunk; cell < end; ++cell) {
    const std::int64_t place = cell % along;
    const auto* in = reinterpret_cast<const float*>(x.data) + cell / along * x.strides[0];
    auto* out = reinterpret_cast<float*>(call.outputs[0].data) + cell * r.inner;
    const float constant = constants.count == 0 ? 0.0f : static_cast<float>(constants.reals[place]);
    for (std::int64_t i = 0; i < r.inner; i += kLanes) {
      const int n = static_cast<int>(std::min<std::int64_t>(kLanes, r.inner - i));
      Lane16 sum(constant);
      for (std::int64_t k = starts[place]; k < starts[place + 1]; ++k) {
        const float* from = in + sources[k] * x.strides[1] + i * x.strides[2];
        sum = fma(Lane16(static_cast<float>(weights[k])), lanes::load_any(from, x.strides[2], n), sum);
      }
      lanes::store_first(out + i, sum, n);
    }
  }
}

const Registration kResample("resample", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
