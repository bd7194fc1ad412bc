// Every element of the result is one chain of fused multiply-adds over the taps of the window in order; taps in the
// margin are left out. A chunk is a block of channels in some rows of the result: so narrow that the rows under a
// window stay in the first cache while the window comes down. Frames three wide that step by one or two have kernels of
// their own, in which a cell is loaded once for all the windows of a strip that have it.
#include "engine/cpu/kernels/depthwise.h"

#include "engine/cpu/kernels/finish.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kStrip = lanes::kParts == 1 ? 7 : 4;  // windows side by side: their sums and three weights in registers
constexpr int kFrame = 3;
constexpr std::int64_t kBlock = 4 * kLanes;  // channels
constexpr std::int64_t kRows = 16;           // of a chunk
constexpr int kMostRows = 16;                // of the frame, in the fast kernels

struct Depthwise {
  Image in, out;
  WindowAxis axes[3];
  bool back;             // from where windows stop to the cells under them
  bool quick;            // three wide, whole lanes in memory
  std::int64_t taps[3];  // strides of the filter
  std::int64_t w_channel;
  std::int64_t blocks, row_blocks;  // of channels, of rows in a plane
  FinishPlan finish;
};

VITRINE_INLINE std::int64_t source(const Depthwise& d, int axis, std::int64_t at, std::int64_t tap) {
  return d.back ? d.axes[axis].stop(at, tap) : d.axes[axis].cell(at, tap);
}

// A row of the image under a row of the frame.
struct Line {
  const float *cells, *weights;
};

// A row of the result at work.
struct Row {
  const Depthwise& d;
  const Line* lines;
  std::int64_t count;
  float* out;
  std::int64_t channels;
  std::int64_t ahead;  // from the last line to the one that the next row will want
};

// The windows of a strip: the cell of window t under tap k is first_cell + (t · stride + k) · step. On the way back
// everything runs from right to left, so that the taps come in order.
struct Strip {
  std::int64_t first_cell, cells;
  std::int64_t step;                 // 1 or -1
  std::int64_t first_out, out_step;  // cells of the result
};

template <int windows, int stride, bool edge>
void run_strip(const Row& row, const Strip& strip) {
  const Depthwise& d = row.d;
  constexpr int kCells = (windows - 1) * stride + kFrame;
  const std::int64_t in_step = strip.step * d.in.strides[2], tap = d.taps[2];
  const std::int64_t out_step = strip.out_step * d.out.strides[2];
  bool inside[kCells];
  for (int i = 0; i < kCells; ++i) {
    const std::int64_t cell = strip.first_cell + i * strip.step;
    inside[i] = cell >= 0 && cell < strip.cells;
  }
  const auto compute = [&](std::int64_t channel, int n) __attribute__((always_inline)) {
    Lane16 sums[windows];
#pragma GCC unroll 8
    for (int t = 0; t < windows; ++t) sums[t] = Lane16(0.0f);
    for (const Line *line = row.lines, *end = line + row.count; line != end; ++line) {
      const float* from = line->cells + strip.first_cell * d.in.strides[2] + channel;
      Lane16 weights[kFrame];
#pragma GCC unroll 3
      for (int k = 0; k < kFrame; ++k) weights[k] = lanes::load_first(line->weights + k * tap + channel, n);
#pragma GCC unroll 24
      for (int i = 0; i < kCells; ++i) {
        if (edge && !inside[i]) continue;
        const Lane16 cell = lanes::load_first(from + i * in_step, n);
#pragma GCC unroll 3
        for (int k = kFrame - 1; k >= 0; --k) {
          if ((i - k) % stride != 0 || i < k || (i - k) / stride >= windows) continue;
          Lane16& sum = sums[(i - k) / stride];
          sum = fma(cell, weights[k], sum);
        }
      }
    }
    const float* next = (row.count > 0 ? row.lines[row.count - 1].cells : row.out) + row.ahead +
                        strip.first_cell * d.in.strides[2] + channel;
#pragma GCC unroll 24
    for (int i = 0; i < kCells; ++i) __builtin_prefetch(next + i * in_step);
#pragma GCC unroll 8
    for (int t = 0; t < windows; ++t) {
      lanes::store_first(row.out + strip.first_out * d.out.strides[2] + t * out_step + channel, sums[t], n);
    }
  };
  std::int64_t channel = 0;
  for (; channel + kLanes <= row.channels; channel += kLanes) compute(channel, kLanes);
  if (channel < row.channels) compute(channel, static_cast<int>(row.channels - channel));
}

template <int windows, int stride>
void run_strip(const Row& row, const Strip& strip) {
  const std::int64_t last = strip.first_cell + ((windows - 1) * stride + kFrame - 1) * strip.step;
  const bool whole = std::min(strip.first_cell, last) >= 0 && std::max(strip.first_cell, last) < strip.cells;
  whole ? run_strip<windows, stride, false>(row, strip) : run_strip<windows, stride, true>(row, strip);
}

template <int windows, int stride>
void run_strips_of(const Row& row) {
  const Depthwise& d = row.d;
  const WindowAxis& axis = d.axes[2];
  const std::int64_t count = d.out.extents[2];
  for (std::int64_t begin = 0; begin < count; begin += windows) {
    // The last strip begins early enough to be whole: some windows are computed twice, to the same bits.
    const std::int64_t x = std::min(begin, count - windows), right = x + windows - 1;
    run_strip<windows, stride>(row, d.back ? Strip{right + axis.before, axis.stops, -1, right, -1}
                                           : Strip{x * stride - axis.before, axis.cells, 1, x, 1});
  }
}

template <int stride>
void run_strips(const Row& row) {
  const std::int64_t count = row.d.out.extents[2];
  if (count >= kStrip) return run_strips_of<kStrip, stride>(row);
  if (count >= kStrip / 2) return run_strips_of<kStrip / 2, stride>(row);
  run_strips_of<1, stride>(row);
}

// Any frame, cell by cell.
void run_cells(const Depthwise& d, const float* in, const float* w, float* out, const std::int64_t* at,
               std::int64_t channels) {
  for (std::int64_t x = 0; x < d.out.extents[2]; ++x) {
    for (std::int64_t channel = 0; channel < channels; channel += kLanes) {
      const int n = static_cast<int>(std::min<std::int64_t>(kLanes, channels - channel));
      Lane16 sum(0.0f);
      std::int64_t from[3], tap[3];
      for (tap[0] = 0; tap[0] < d.axes[0].taps; ++tap[0]) {
        if ((from[0] = source(d, 0, at[0], tap[0])) < 0) continue;
        for (tap[1] = 0; tap[1] < d.axes[1].taps; ++tap[1]) {
          if ((from[1] = source(d, 1, at[1], tap[1])) < 0) continue;
          for (tap[2] = 0; tap[2] < d.axes[2].taps; ++tap[2]) {
            if ((from[2] = source(d, 2, x, tap[2])) < 0) continue;
            const float* weights = w + tap[0] * d.taps[0] + tap[1] * d.taps[1] + tap[2] * d.taps[2];
            const Lane16 weight = lanes::load_any(weights + channel * d.w_channel, d.w_channel, n);
            const float* cell = in + d.in.offset(from) + channel * d.in.channel_stride;
            sum = fma(lanes::load_any(cell, d.in.channel_stride, n), weight, sum);
          }
        }
      }
      lanes::store_first(out + x * d.out.strides[2] + channel, sum, n);
    }
  }
}

void run_row(const Depthwise& d, const float* in, const float* w, float* out, const std::int64_t* at,
             std::int64_t channels) {
  if (!d.quick) return run_cells(d, in, w, out, at, channels);
  Line lines[kMostRows];
  std::int64_t count = 0;
  for (std::int64_t z = 0; z < d.axes[0].taps; ++z) {
    const std::int64_t plane = source(d, 0, at[0], z);
    for (std::int64_t y = 0; plane >= 0 && y < d.axes[1].taps; ++y) {
      const std::int64_t row = source(d, 1, at[1], y);
      if (row < 0) continue;
      lines[count++] = {in + plane * d.in.strides[0] + row * d.in.strides[1], w + z * d.taps[0] + y * d.taps[1]};
    }
  }
  const Row row{d, lines, count, out, channels, d.axes[1].stride * d.in.strides[1]};
  d.axes[2].stride == 1 ? run_strips<1>(row) : run_strips<2>(row);
}

}  // namespace

void prepare_depthwise(Call& call, bool back) {
  Depthwise& d = call.found<Depthwise>();
  const Array& filter = call.inputs[1];
  const int spatial = filter.rank - 2;
  d.in = image_of(call.inputs[0]);
  d.out = image_of(call.outputs[0]);
  d.back = back;
  d.finish = plan_finish(call, false);
  window_axes(d.axes, call, back ? d.out : d.in, back ? d.in : d.out, spatial,
              [&](int axis) { return filter.extents[axis]; });
  for (int i = 0; i < 3; ++i) d.taps[i] = i - 3 + spatial < 0 ? 0 : filter.strides[i - 3 + spatial];
  d.w_channel = filter.strides[spatial + 1];
  const WindowAxis& last = d.axes[2];
  d.quick = last.taps == kFrame && last.dilation == 1 && last.stride <= (back ? 1 : 2) &&
            d.axes[0].taps * d.axes[1].taps <= kMostRows && d.w_channel == 1 && d.in.channel_stride == 1;
  d.blocks = (d.out.channels + kBlock - 1) / kBlock;
  d.row_blocks = (d.out.extents[1] + kRows - 1) / kRows;
  call.chunks = d.out.cells() == 0 ? 0 : d.out.batch * d.out.extents[0] * d.row_blocks * d.blocks;
  const auto taps = static_cast<double>(d.axes[0].taps * d.axes[1].taps * d.axes[2].taps);
  const auto sums = static_cast<double>(d.out.batch * d.out.cells() * ((d.out.channels + kLanes - 1) / kLanes));
  call.nanoseconds = sums * (taps * (d.quick ? 0.2 : 2.0) + 1);
}

void run_depthwise(const Call& call, std::int64_t first, std::int64_t last) {
  const Depthwise& d = call.found<Depthwise>();
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t block = chunk / d.blocks, plane = block / d.row_blocks;
    const std::int64_t channel = chunk % d.blocks * kBlock, image = plane / d.out.extents[0];
    std::int64_t at[3] = {plane % d.out.extents[0], block % d.row_blocks * kRows, 0};
    const auto* in = reinterpret_cast<const float*>(call.inputs[0].data) + image * d.in.batch_stride;
    const auto* w = reinterpret_cast<const float*>(call.inputs[1].data);
    float* out = reinterpret_cast<float*>(call.outputs[0].data) + image * d.out.batch_stride + channel;
    const std::int64_t end = std::min(at[1] + kRows, d.out.extents[1]);
    const std::int64_t channels = std::min(kBlock, d.out.channels - channel);
    for (; at[1] < end; ++at[1]) {
      run_row(d, in + channel * d.in.channel_stride, w + channel * d.w_channel, out + d.out.offset(at), at, channels);
      const std::int64_t row = (plane * d.out.extents[1] + at[1]) * d.out.extents[2];
      finish_block(call, d.finish, row, d.out.extents[2], channel, channels);
    }
  }
}

}  // namespace vitrine::cpu
