// The way back from a convolution to its filter. Every weight is a sum over the places where the window stops: each row
// of places is one chain of fused multiply-adds that starts at zero, and the rows are added in order.
//
// A chunk is one tap of the window and a few of the channels that it reads; the lanes lie along the channels that it
// writes, or, where every group is one channel, along the groups.
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kTile = 4;  // channels read side by side

struct FilterGradient {
  Image x, dy;
  WindowAxis axes[3];
  bool along_groups;
  std::int64_t groups, read, written;  // channels of one group
  std::int64_t blocks;
};

void prepare(Call& call) noexcept {
  FilterGradient& g = call.found<FilterGradient>();
  g.x = image_of(call.inputs[0]);
  g.dy = image_of(call.inputs[1]);
  g.groups = call.attrs[4].integer;
  window_axes(g.axes, call, g.x, g.dy, call.outputs[0].rank - 2,
              [&](int axis) { return call.attrs[5].integers[axis]; });
  g.read = g.x.channels / g.groups;
  g.written = g.dy.channels / g.groups;
  g.along_groups = g.read == 1 && g.written == 1;
  g.blocks = (g.read + kTile - 1) / kTile;
  call.chunks = g.dy.channels == 0 ? 0 : g.axes[0].taps * g.axes[1].taps * g.axes[2].taps * g.blocks;
  const auto lanes = static_cast<double>((g.dy.channels + kLanes - 1) / kLanes);
  call.nanoseconds = static_cast<double>(call.chunks * g.dy.batch * g.dy.cells()) * lanes * 2.5;
}

struct Place {
  const float *x, *dy;  // the first channels of this lane and tile
  std::int64_t tap[3];
  int n;
};

template <int count>
void run_tile(const FilterGradient& g, const Place& place, float* out) {
  Lane16 totals[count];
#pragma GCC unroll 8
  for (int t = 0; t < count; ++t) totals[t] = Lane16(0.0f);
  for (std::int64_t image = 0; image < g.dy.batch; ++image) {
    for (std::int64_t plane = 0; plane < g.dy.extents[0]; ++plane) {
      const std::int64_t z = g.axes[0].cell(plane, place.tap[0]);
      if (z < 0) continue;
      for (std::int64_t line = 0; line < g.dy.extents[1]; ++line) {
        const std::int64_t y = g.axes[1].cell(line, place.tap[1]);
        if (y < 0) continue;
        const float* x_row = place.x + image * g.x.batch_stride + z * g.x.strides[0] + y * g.x.strides[1];
        const float* dy_row = place.dy + image * g.dy.batch_stride + plane * g.dy.strides[0] + line * g.dy.strides[1];
        Lane16 sums[count];
#pragma GCC unroll 8
        for (int t = 0; t < count; ++t) sums[t] = Lane16(0.0f);
        for (std::int64_t stop = 0; stop < g.dy.extents[2]; ++stop) {
          const std::int64_t at = g.axes[2].cell(stop, place.tap[2]);
          if (at < 0) continue;
          const float* cell = x_row + at * g.x.strides[2];
          const Lane16 dy = load_any(dy_row + stop * g.dy.strides[2], g.dy.channel_stride, place.n);
          if (g.along_groups) {
            sums[0] = fma(load_any(cell, g.x.channel_stride, place.n), dy, sums[0]);
            continue;
          }
#pragma GCC unroll 8
          for (int t = 0; t < count; ++t) sums[t] = fma(Lane16(cell[t * g.x.channel_stride]), dy, sums[t]);
        }
#pragma GCC unroll 8
        for (int t = 0; t < count; ++t) totals[t] = totals[t] + sums[t];
      }
    }
  }
#pragma GCC unroll 8
  for (int t = 0; t < count; ++t) lanes::store_first(out + t * g.dy.channels, totals[t], place.n);
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const FilterGradient& g = call.found<FilterGradient>();
  const auto* x = reinterpret_cast<const float*>(call.inputs[0].data);
  const auto* dy = reinterpret_cast<const float*>(call.inputs[1].data);
  const std::int64_t groups = g.along_groups ? 1 : g.groups;
  const std::int64_t channels = g.along_groups ? g.groups : g.written;
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t tap = chunk / g.blocks, block = chunk % g.blocks * kTile;
    Place place{};
    place.tap[2] = tap % g.axes[2].taps;
    place.tap[1] = tap / g.axes[2].taps % g.axes[1].taps;
    place.tap[0] = tap / g.axes[2].taps / g.axes[1].taps;
    float* row = reinterpret_cast<float*>(call.outputs[0].data) + (tap * g.read + block) * g.dy.channels;
    for (std::int64_t group = 0; group < groups; ++group) {
      for (std::int64_t channel = 0; channel < channels; channel += kLanes) {
        place.n = static_cast<int>(std::min<std::int64_t>(kLanes, channels - channel));
        place.x = x + (group * g.read + block + (g.along_groups ? channel : 0)) * g.x.channel_stride;
        place.dy = dy + (group * g.written + channel) * g.dy.channel_stride;
        float* out = row + group * g.written + channel;
        if (g.read - block >= kTile) {
          run_tile<kTile>(g, place, out);
        } else {
          for (std::int64_t t = 0; t < g.read - block; ++t) {
            Place one = place;
            one.x += t * g.x.channel_stride;
            run_tile<1>(g, one, out + t * g.dy.channels);
          }
        }
      }
    }
  }
}

const Registration kFilterGradient("convolution_filter_gradient", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
