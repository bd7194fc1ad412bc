// The way back from a depthwise convolution to its filter, in the order that convolution_filter.cpp states: a block of
// rows of places is one chain, the blocks are added in order. A chunk is one tap and some lanes of channels, so many
// that their chains hide each other's latency.
#include "engine/cpu/kernels/depthwise.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kWide = 4;  // lanes

struct DepthwiseFilter {
  Image x, dy;
  WindowAxis axes[3];
  std::int64_t blocks;  // of channels
};

struct Place {
  const float *x, *dy;  // the first channel
  float* out;
  std::int64_t tap[3];
  int n;  // channels of the last lane
};

// The chains of one row of places, carried on.
template <int wide>
VITRINE_INLINE void add_row(const DepthwiseFilter& d, const Place& p, const float* x, const float* dy,
                            Lane16 (&sums)[wide]) {
  const WindowAxis& axis = d.axes[2];
  const auto [first, end] = axis.met(p.tap[2]);
  const std::int64_t x_step = axis.stride * d.x.strides[2], x_lane = kLanes * d.x.channel_stride;
  const std::int64_t dy_lane = kLanes * d.dy.channel_stride;
  x += (first * axis.stride - axis.before + p.tap[2] * axis.dilation) * d.x.strides[2];
  dy += first * d.dy.strides[2];
  for (std::int64_t stop = first; stop < end; ++stop, x += x_step, dy += d.dy.strides[2]) {
#pragma GCC unroll 4
    for (int l = 0; l < wide; ++l) {
      const int n = l == wide - 1 ? p.n : kLanes;
      sums[l] = fma(lanes::load_any(x + l * x_lane, d.x.channel_stride, n),
                    lanes::load_any(dy + l * dy_lane, d.dy.channel_stride, n), sums[l]);
    }
  }
}

template <int wide>
void run_lanes(const DepthwiseFilter& d, const Place& p) {
  Lane16 totals[wide];
#pragma GCC unroll 4
  for (int l = 0; l < wide; ++l) totals[l] = Lane16(0.0f);
  const std::int64_t lines = chain_lines(d.dy.extents[2]);
  bool begun = false;
  for (std::int64_t image = 0; image < d.dy.batch; ++image) {
    for (std::int64_t plane = 0; plane < d.dy.extents[0]; ++plane) {
      for (std::int64_t block = 0; block < d.dy.extents[1]; block += lines) {
        Lane16 sums[wide];
#pragma GCC unroll 4
        for (int l = 0; l < wide; ++l) sums[l] = Lane16(0.0f);
        const std::int64_t z = d.axes[0].cell(plane, p.tap[0]);
        for (std::int64_t line = block; z >= 0 && line < std::min(block + lines, d.dy.extents[1]); ++line) {
          const std::int64_t y = d.axes[1].cell(line, p.tap[1]);
          if (y < 0) continue;
          add_row(d, p, p.x + image * d.x.batch_stride + z * d.x.strides[0] + y * d.x.strides[1],
                  p.dy + image * d.dy.batch_stride + plane * d.dy.strides[0] + line * d.dy.strides[1], sums);
        }
#pragma GCC unroll 4
        for (int l = 0; l < wide; ++l) totals[l] = begun ? totals[l] + sums[l] : sums[l];
        begun = true;
      }
    }
  }
#pragma GCC unroll 4
  for (int l = 0; l < wide; ++l) lanes::store_first(p.out + l * kLanes, totals[l], l == wide - 1 ? p.n : kLanes);
}

}  // namespace

void prepare_depthwise_filter(Call& call) {
  DepthwiseFilter& d = call.found<DepthwiseFilter>();
  d.x = image_of(call.inputs[0]);
  d.dy = image_of(call.inputs[1]);
  window_axes(d.axes, call, d.x, d.dy, call.outputs[0].rank - 2,
              [&](int axis) { return call.attrs[5].integers[axis]; });
  d.blocks = (d.x.channels + kWide * kLanes - 1) / (kWide * kLanes);
  call.chunks = d.axes[0].taps * d.axes[1].taps * d.axes[2].taps * d.blocks;
  call.nanoseconds = static_cast<double>(call.chunks * d.dy.batch * d.dy.cells()) * kWide * 0.4;
}

void run_depthwise_filter(const Call& call, std::int64_t first, std::int64_t last) {
  const DepthwiseFilter& d = call.found<DepthwiseFilter>();
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t tap = chunk / d.blocks, channel = chunk % d.blocks * kWide * kLanes;
    const std::int64_t left = std::min<std::int64_t>(d.x.channels - channel, kWide * kLanes);
    Place place{};
    place.x = reinterpret_cast<const float*>(call.inputs[0].data) + channel * d.x.channel_stride;
    place.dy = reinterpret_cast<const float*>(call.inputs[1].data) + channel * d.dy.channel_stride;
    place.out = reinterpret_cast<float*>(call.outputs[0].data) + tap * d.x.channels + channel;
    place.tap[2] = tap % d.axes[2].taps;
    place.tap[1] = tap / d.axes[2].taps % d.axes[1].taps;
    place.tap[0] = tap / d.axes[2].taps / d.axes[1].taps;
    const auto wide = static_cast<int>((left + kLanes - 1) / kLanes);
    place.n = static_cast<int>(left - (wide - 1) * kLanes);
    switch (wide) {
      case 1:
        run_lanes<1>(d, place);
        break;
      case 2:
        run_lanes<2>(d, place);
        break;
      case 3:
        run_lanes<3>(d, place);
        break;
      default:
        run_lanes<kWide>(d, place);
    }
  }
}

}  // namespace vitrine::cpu
