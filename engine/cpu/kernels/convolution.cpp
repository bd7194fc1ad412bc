// Convolution and its way back to the input: the same sum, read through the window one way or the other. Every element
// of the result is one chain of fused multiply-adds, over the taps of the window in order and within a tap over the
// channels it sums; taps in the margin are left out. Tiles and threads only choose which chains run side by side.
//
// A chunk is one row of the result. The lanes lie along its channels, or, where every group is one channel, along the
// groups.
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kTile = 6;  // cells side by side: with one lane each, as many sums as the registers of AVX2 hold

struct Convolution {
  Image in, out;
  WindowAxis axes[3];
  bool back;  // from where windows stop to the cells under them
  bool along_groups;
  std::int64_t groups, read, written;  // channels of one group
  std::int64_t taps[3];                // strides of the filter, and so on
  std::int64_t w_group, w_read, w_written;
};

void prepare(Call& call, bool back) {
  Convolution& c = call.found<Convolution>();
  const Array& filter = call.inputs[1];
  const int spatial = filter.rank - 2;
  c.in = image_of(call.inputs[0]);
  c.out = image_of(call.outputs[0]);
  c.back = back;
  c.groups = call.attrs[4].integer;
  window_axes(c.axes, call, back ? c.out : c.in, back ? c.in : c.out, spatial,
              [&](int axis) { return filter.extents[axis]; });
  c.read = c.in.channels / c.groups;
  c.written = c.out.channels / c.groups;
  c.along_groups = c.read == 1 && c.written == 1;
  for (int i = 0; i < 3; ++i) c.taps[i] = i - 3 + spatial < 0 ? 0 : filter.strides[i - 3 + spatial];
  const std::int64_t w_in = filter.strides[spatial], w_out = filter.strides[spatial + 1];
  c.w_group = w_out * (back ? c.read : c.written);
  c.w_read = back ? w_out : w_in;
  c.w_written = back ? w_in : w_out;
  call.chunks = c.out.channels == 0 || c.out.extents[2] == 0 ? 0 : c.out.rows();
  const auto taps = static_cast<double>(c.axes[0].taps * c.axes[1].taps * c.axes[2].taps);
  const auto sums = static_cast<double>(c.out.rows() * c.out.extents[2] * ((c.out.channels + kLanes - 1) / kLanes));
  call.nanoseconds = sums * taps * (0.3 * static_cast<double>(c.read) + 2);
}

VITRINE_INLINE std::int64_t source(const Convolution& c, int axis, std::int64_t at, std::int64_t tap) {
  return c.back ? c.axes[axis].stop(at, tap) : c.axes[axis].cell(at, tap);
}

// One lane of channels at `count` cells of a row, from the one at `at` on.
template <int count>
void run_tile(const Convolution& c, const float* in, const float* w, float* out, const std::int64_t* at, int n) {
  Lane16 sums[count];
#pragma GCC unroll 8
  for (int t = 0; t < count; ++t) sums[t] = Lane16(0.0f);
  std::int64_t from[3], tap[3];
  for (tap[0] = 0; tap[0] < c.axes[0].taps; ++tap[0]) {
    if ((from[0] = source(c, 0, at[0], tap[0])) < 0) continue;
    for (tap[1] = 0; tap[1] < c.axes[1].taps; ++tap[1]) {
      if ((from[1] = source(c, 1, at[1], tap[1])) < 0) continue;
      const float* row = in + from[0] * c.in.strides[0] + from[1] * c.in.strides[1];
      for (tap[2] = 0; tap[2] < c.axes[2].taps; ++tap[2]) {
        const float* weights = w + tap[0] * c.taps[0] + tap[1] * c.taps[1] + tap[2] * c.taps[2];
        const float* cells[count];
        bool all = true;
#pragma GCC unroll 8
        for (int t = 0; t < count; ++t) {
          from[2] = source(c, 2, at[2] + t, tap[2]);
          cells[t] = from[2] < 0 ? nullptr : row + from[2] * c.in.strides[2];
          all = all && cells[t] != nullptr;
        }
        if (c.along_groups) {
          const Lane16 weight = load_any(weights, c.w_group, n);
#pragma GCC unroll 8
          for (int t = 0; t < count; ++t) {
            if (cells[t] != nullptr) sums[t] = fma(load_any(cells[t], c.in.channel_stride, n), weight, sums[t]);
          }
        } else if (all) {
          for (std::int64_t r = 0; r < c.read; ++r) {
            const Lane16 weight = load_any(weights + r * c.w_read, c.w_written, n);
#pragma GCC unroll 8
            for (int t = 0; t < count; ++t) sums[t] = fma(Lane16(cells[t][r * c.in.channel_stride]), weight, sums[t]);
          }
        } else {
#pragma GCC unroll 8
          for (int t = 0; t < count; ++t) {
            if (cells[t] == nullptr) continue;
            for (std::int64_t r = 0; r < c.read; ++r) {
              const Lane16 weight = load_any(weights + r * c.w_read, c.w_written, n);
              sums[t] = fma(Lane16(cells[t][r * c.in.channel_stride]), weight, sums[t]);
            }
          }
        }
      }
    }
  }
#pragma GCC unroll 8
  for (int t = 0; t < count; ++t) lanes::store_first(out + t * c.out.strides[2], sums[t], n);
}

void run_row(const Convolution& c, const float* in, const float* w, float* out, std::int64_t* at) {
  const std::int64_t groups = c.along_groups ? 1 : c.groups;
  const std::int64_t channels = c.along_groups ? c.groups : c.written;
  for (std::int64_t group = 0; group < groups; ++group) {
    for (std::int64_t channel = 0; channel < channels; channel += kLanes) {
      const int n = static_cast<int>(std::min<std::int64_t>(kLanes, channels - channel));
      const float* read = in + (group * c.read + (c.along_groups ? channel : 0)) * c.in.channel_stride;
      const float* weights = w + group * c.w_group + channel * (c.along_groups ? c.w_group : c.w_written);
      float* written = out + group * c.written + channel;
      std::int64_t& x = at[2];
      for (x = 0; x + kTile <= c.out.extents[2]; x += kTile) {
        run_tile<kTile>(c, read, weights, written + x * c.out.strides[2], at, n);
      }
      for (; x < c.out.extents[2]; ++x) run_tile<1>(c, read, weights, written + x * c.out.strides[2], at, n);
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Convolution& c = call.found<Convolution>();
  const auto* in = reinterpret_cast<const float*>(call.inputs[0].data);
  const auto* w = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t image = row / c.out.extents[1] / c.out.extents[0];
    std::int64_t at[3] = {row / c.out.extents[1] % c.out.extents[0], row % c.out.extents[1], 0};
    run_row(c, in + image * c.in.batch_stride, w, out + image * c.out.batch_stride + c.out.offset(at), at);
  }
}

const Registration kForward(
    "convolution", [](Call& call) noexcept { prepare(call, false); }, run);
const Registration kBack(
    "convolution_input_gradient", [](Call& call) noexcept { prepare(call, true); }, run);

}  // namespace
}  // namespace vitrine::cpu
