// The mean of the cells under a window, and its way back. Sums run over the taps of the window in order; cells in the
// margin are not counted. A chunk is one row of the result, the lanes lie along its channels.
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

struct AveragePool {
  Image in, out;
  WindowAxis axes[3];
  bool back;  // from where windows stop to the cells under them
};

void prepare(Call& call, bool back) {
  AveragePool& p = call.found<AveragePool>();
  p.in = image_of(call.inputs[0]);
  p.out = image_of(call.outputs[0]);
  p.back = back;
  window_axes(p.axes, call, back ? p.out : p.in, back ? p.in : p.out, call.inputs[0].rank - 2,
              [&](int axis) { return call.attrs[4].integers[axis]; });
  call.chunks = p.out.channels == 0 || p.out.extents[2] == 0 ? 0 : p.out.rows();
  const auto lanes = static_cast<double>((p.out.channels + kLanes - 1) / kLanes);
  call.nanoseconds = static_cast<double>(p.out.batch * p.out.cells()) * lanes *
                     static_cast<double>(p.axes[0].taps * p.axes[1].taps * p.axes[2].taps) * 2;
}

// The mean over a window of a lane of channels.
Lane16 mean(const AveragePool& p, const float* in, const std::int64_t* at, int n) {
  const auto [z, z_end] = p.axes[0].covered(at[0]);
  const auto [y, y_end] = p.axes[1].covered(at[1]);
  const auto [x, x_end] = p.axes[2].covered(at[2]);
  Lane16 sum(0.0f);
  for (std::int64_t i = z; i < z_end; ++i) {
    for (std::int64_t j = y; j < y_end; ++j) {
      for (std::int64_t k = x; k < x_end; ++k) {
        const std::int64_t from[3] = {p.axes[0].cell(at[0], i), p.axes[1].cell(at[1], j), p.axes[2].cell(at[2], k)};
        sum = sum + lanes::load_any(in + p.in.offset(from), p.in.channel_stride, n);
      }
    }
  }
  const std::int64_t cells = (z_end - z) * (y_end - y) * (x_end - x);
  return sum / Lane16(static_cast<float>(std::max<std::int64_t>(cells, 1)));
}

// What the windows over a cell send back to it.
Lane16 share(const AveragePool& p, const float* in, const std::int64_t* at, int n) {
  Lane16 sum(0.0f);
  std::int64_t from[3], tap[3], count[3];  // taps of the window that count, along each axis
  const auto find = [&](int axis) {
    from[axis] = p.axes[axis].stop(at[axis], tap[axis]);
    if (from[axis] >= 0) count[axis] = p.axes[axis].covered(from[axis]).count();
    return from[axis] >= 0;
  };
  for (tap[0] = 0; tap[0] < p.axes[0].taps; ++tap[0]) {
    if (!find(0)) continue;
    for (tap[1] = 0; tap[1] < p.axes[1].taps; ++tap[1]) {
      if (!find(1)) continue;
      for (tap[2] = 0; tap[2] < p.axes[2].taps; ++tap[2]) {
        if (!find(2)) continue;
        const Lane16 dy = lanes::load_any(in + p.in.offset(from), p.in.channel_stride, n);
        sum = sum + dy / Lane16(static_cast<float>(count[0] * count[1] * count[2]));
      }
    }
  }
  return sum;
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const AveragePool& p = call.found<AveragePool>();
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t image = row / p.out.extents[1] / p.out.extents[0];
    std::int64_t at[3] = {row / p.out.extents[1] % p.out.extents[0], row % p.out.extents[1], 0};
    const auto* in = reinterpret_cast<const float*>(call.inputs[0].data) + image * p.in.batch_stride;
    auto* out = reinterpret_cast<float*>(call.outputs[0].data) + image * p.out.batch_stride;
    for (; at[2] < p.out.extents[2]; ++at[2]) {
      for (std::int64_t channel = 0; channel < p.out.channels; channel += kLanes) {
        const int n = static_cast<int>(std::min<std::int64_t>(kLanes, p.out.channels - channel));
        const float* from = in + channel * p.in.channel_stride;
        lanes::store_first(out + p.out.offset(at) + channel, p.back ? share(p, from, at, n) : mean(p, from, at, n), n);
      }
    }
  }
}

const Registration kForward(
    "average_pool", [](Call& call) noexcept { prepare(call, false); }, run);
const Registration kBack(
    "average_pool_spread", [](Call& call) noexcept { prepare(call, true); }, run);

}  // namespace
}  // namespace vitrine::cpu
