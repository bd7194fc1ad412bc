// Every element of the result is one chain of fused multiply-adds over the taps of the window in order; taps in the
// margin are left out. Frames of three by three are walked down in strips, any other goes cell by cell. A chunk is a
// block of channels in some rows and columns of the result.
#include "engine/cpu/kernels/depthwise.h"

#include "engine/cpu/kernels/depthwise_strip.h"
#include "engine/cpu/kernels/finish.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr std::int64_t kBlock = 4 * kLanes;  // channels: a page has them from one cell to the next
// Lines of cells with many channels fall on few sets of the first cache: so few rows of such are walked down that the
// next channels find what came along with these. Cells of few channels are read from top to bottom.
constexpr std::int64_t kRows = 4, kManyRows = 56;
constexpr std::int64_t kColumns = 2 * kStripWindows;  // of a chunk of many rows

// How an axis is walked: everything runs backwards on the way back, so that the taps come in order. A window has the
// cells from stride · window − before on.
struct Way {
  std::int64_t before;
  std::int64_t first_in, in_step, first_out, out_step;
};

struct Depthwise {
  Image in, out;
  WindowAxis axes[3];
  bool back;             // from where windows stop to the cells under them
  bool strips;           // three by three, channels side by side
  std::int64_t taps[3];  // strides of the filter
  std::int64_t w_channel;
  Way down, along;
  std::int64_t rows, columns;  // of a chunk
  std::int64_t ahead;
  std::int64_t blocks, row_blocks, column_blocks;  // of channels, of rows and of columns of the result
  FinishPlan finish;
};

VITRINE_INLINE std::int64_t source(const Depthwise& d, int axis, std::int64_t at, std::int64_t tap) {
  return d.back ? d.axes[axis].stop(at, tap) : d.axes[axis].cell(at, tap);
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

Way way_of(const Depthwise& d, int axis) {
  const std::int64_t in = d.in.extents[axis], out = d.out.extents[axis];
  const std::int64_t in_step = d.in.strides[axis], out_step = d.out.strides[axis];
  if (!d.back) return {d.axes[axis].before, 0, in_step, 0, out_step};
  return {d.axes[axis].before + out - in, (in - 1) * in_step, -in_step, (out - 1) * out_step, -out_step};
}

bool is_framed(const Depthwise& d) {
  const WindowAxis& plane = d.axes[0];
  const auto framed = [&](const WindowAxis& axis) {
    return axis.taps == kDepthwiseFrame && axis.dilation == 1 && axis.stride <= (d.back ? 1 : 2) &&
           axis.stride == d.axes[1].stride;
  };
  return plane.taps == 1 && plane.cells == 1 && plane.stops == 1 && plane.before == 0 && framed(d.axes[1]) &&
         framed(d.axes[2]) && d.w_channel == 1 && d.in.channel_stride == 1;
}

// What a chunk computes: from the first to below the last.
struct Block {
  std::int64_t image, channel, channels, row, row_end, column, column_end;
};

Block block_of(const Depthwise& d, std::int64_t chunk) {
  Block b{};
  const auto take = [&](std::int64_t count) {
    const std::int64_t digit = chunk % count;
    chunk /= count;
    return digit;
  };
  b.channel = take(d.blocks) * kBlock;
  b.channels = std::min(kBlock, d.out.channels - b.channel);
  const std::int64_t columns = take(d.column_blocks);
  b.column = columns * d.columns;
  b.column_end = columns == d.column_blocks - 1 ? d.out.extents[2] : b.column + d.columns;
  b.row = take(d.row_blocks) * d.rows;
  b.row_end = std::min(b.row + d.rows, d.out.extents[1]);
  b.image = chunk;
  return b;
}

void run_strips(const Call& call, const Depthwise& d, const Block& b) {
  const auto* in = reinterpret_cast<const float*>(call.inputs[0].data);
  const auto* w = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  const auto stride = static_cast<int>(d.axes[2].stride);
  const int windows = strip_windows(b.column_end - b.column), cells = (windows - 1) * stride + kDepthwiseFrame;
  DepthwiseStrip strip{};
  strip.in_row = d.down.in_step;
  strip.in_column = d.along.in_step;
  strip.weights = w + b.channel;
  strip.weight_row = d.taps[1];
  strip.weight_column = d.taps[2];
  strip.out_row = d.down.out_step;
  strip.out_column = d.along.out_step;
  strip.rows = b.row_end - b.row;
  strip.first_line = b.row * stride - d.down.before;
  strip.lines = d.in.extents[1];
  strip.channels = b.channels;
  strip.ahead = d.ahead;
  const float* line = in + b.image * d.in.batch_stride + d.down.first_in + strip.first_line * strip.in_row;
  const std::int64_t row = b.image * d.out.batch_stride + d.down.first_out + b.row * strip.out_row;
  for (std::int64_t begin = b.column; begin < b.column_end; begin += windows) {
    // The last strip begins early enough to be whole: some windows are computed twice, to the same bits.
    const std::int64_t column = std::min(begin, b.column_end - windows), cell = column * stride - d.along.before;
    strip.inside = 0;
    for (int i = 0; i < cells; ++i) {
      if (cell + i >= 0 && cell + i < d.in.extents[2]) strip.inside |= 1u << i;
    }
    strip.in = line + d.along.first_in + cell * strip.in_column + b.channel;
    const std::int64_t at = row + d.along.first_out + column * strip.out_column;
    strip.out = out + at + b.channel;
    const gemm::Finish finish = finish_of(call, d.finish, at / d.out.channels, b.channel);
    strip.finish = d.finish.in_registers() ? &finish : nullptr;
    run_strip(strip, windows, stride);
  }
}

void run_rows(const Call& call, const Depthwise& d, const Block& b) {
  const float* in = reinterpret_cast<const float*>(call.inputs[0].data) + b.image * d.in.batch_stride;
  const float* w = reinterpret_cast<const float*>(call.inputs[1].data);
  float* out = reinterpret_cast<float*>(call.outputs[0].data) + b.image * d.out.batch_stride + b.channel;
  for (std::int64_t row = b.row; row < b.row_end; ++row) {
    const std::int64_t at[3] = {row / d.out.extents[1], row % d.out.extents[1], 0};
    run_cells(d, in + b.channel * d.in.channel_stride, w + b.channel * d.w_channel, out + d.out.offset(at), at,
              b.channels);
  }
}

}  // namespace

void prepare_depthwise(Call& call, bool back) {
  Depthwise& d = call.found<Depthwise>();
  const Array& filter = call.inputs[1];
  const int spatial = filter.rank - 2;
  d.in = image_of(call.inputs[0]);
  d.out = image_of(call.outputs[0]);
  d.back = back;
  window_axes(d.axes, call, back ? d.out : d.in, back ? d.in : d.out, spatial,
              [&](int axis) { return filter.extents[axis]; });
  for (int i = 0; i < 3; ++i) d.taps[i] = i - 3 + spatial < 0 ? 0 : filter.strides[i - 3 + spatial];
  d.w_channel = filter.strides[spatial + 1];
  d.strips = is_framed(d);
  d.finish = plan_finish(call, d.strips);
  d.down = way_of(d, 1);
  d.along = way_of(d, 2);
  const std::int64_t lines = d.out.extents[0] * d.out.extents[1], width = d.out.extents[2];
  const bool many = d.strips && d.out.channels <= kBlock;
  d.rows = many ? kManyRows : kRows;
  d.columns = many ? kColumns : width;
  d.ahead = many ? d.down.in_step : kLanes;
  d.blocks = (d.out.channels + kBlock - 1) / kBlock;
  d.row_blocks = (lines + d.rows - 1) / d.rows;
  // The last block takes what is left over, so that it is never narrower than a strip.
  d.column_blocks = many ? std::max<std::int64_t>(width / kColumns, 1) : 1;
  call.chunks = d.out.cells() == 0 ? 0 : d.out.batch * d.row_blocks * d.column_blocks * d.blocks;
  const auto taps = static_cast<double>(d.axes[0].taps * d.axes[1].taps * d.axes[2].taps);
  const auto sums = static_cast<double>(d.out.batch * d.out.cells() * ((d.out.channels + kLanes - 1) / kLanes));
  call.nanoseconds = sums * (taps * (d.strips ? 0.1 : 2.0) + 1);
}

void run_depthwise(const Call& call, std::int64_t first, std::int64_t last) {
  const Depthwise& d = call.found<Depthwise>();
  const std::int64_t lines = d.out.extents[0] * d.out.extents[1], width = d.out.extents[2];
  const bool turned = d.strips && d.back;
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const Block b = block_of(d, chunk);
    d.strips ? run_strips(call, d, b) : run_rows(call, d, b);
    for (std::int64_t row = b.row; row < b.row_end; ++row) {
      const std::int64_t line = b.image * lines + (turned ? lines - 1 - row : row);
      finish_block(call, d.finish, line * width + (turned ? width - b.column_end : b.column), b.column_end - b.column,
                   b.channel, b.channels);
    }
  }
}

}  // namespace vitrine::cpu
