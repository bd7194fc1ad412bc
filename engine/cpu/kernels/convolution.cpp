// Convolution and its way back to the input: the same sum, read through the window one way or the other. Every element
// of the result is one chain of fused multiply-adds, over the taps of the window in order and within a tap over the
// channels it sums; taps in the margin are left out. Tiles and threads only choose which chains run side by side.
//
// A chunk is a stretch of a row of the result. The rows of a tile are cells of the stretch that see the same taps, its
// columns are channels; the image is read where it lies, as a product of matrices would read a copy of its windows. A
// filter that is too large to stay in the second cache is packed panel by panel, and a chunk computes one panel of its
// stretch: so a panel stays there while all cells go by.
#include "engine/cpu/kernels/depthwise.h"
#include "engine/cpu/kernels/finish.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/tile.h"
#include "engine/cpu/kernels/window.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;

constexpr std::int64_t kStretch = 96;   // cells: some tiles, so that chunks are worth their hand-over
constexpr int kMostRuns = 32;           // of a tile at a time
constexpr std::int64_t kLeastSums = 8;  // of a tile; fewer wait for themselves

// How weights lie: strides of the filter's spatial axes, of the channels that are read and of those that are written.
struct Weights {
  std::int64_t taps[3], read, written;
};

struct Convolution {
  Image in, out;
  WindowAxis axes[3];
  bool back;                           // from where windows stop to the cells under them
  bool joined;                         // taps along the last axis follow on each other in the image and in the filter
  std::int64_t groups, read, written;  // channels of one group
  Weights weights;
  std::int64_t w_group;
  std::int64_t terms, panels;  // products of a sum in all; packed panels, 0 if the filter is read where it lies
  std::int64_t phases;         // cells so far apart in a row see the same taps
  std::int64_t stretch, stretches;
  std::int64_t rows;  // of a tile
  FinishPlan finish;
};

// Rows that split a stretch of cells into tiles of equal height with little left over: every tile has its price, and so
// has every row of `terms` products for each of `columns`.
std::int64_t rows_of_tile(std::int64_t cells, std::int64_t columns, double terms) {
  constexpr double kTilePrice = 128;  // cycles until the sums flow, and after
  const std::int64_t lanes = columns <= kLanes ? 1 : kTileLanes, least = kLeastSums / lanes;
  const double row_price = terms * static_cast<double>(lanes) / 2;  // two a cycle
  const std::int64_t most = most_tile_rows(columns), fewest = (cells + most - 1) / most;
  std::int64_t best = std::min(cells, most);
  double price = 0;
  for (std::int64_t tiles = fewest; tiles <= fewest + 2; ++tiles) {
    const std::int64_t rows = std::max<std::int64_t>((cells + tiles - 1) / std::max<std::int64_t>(tiles, 1), 1);
    const double all =
        static_cast<double>(tiles) * (kTilePrice + row_price * static_cast<double>(std::max(rows, least)));
    if (tiles == fewest || all < price) price = all, best = rows;
  }
  return best;
}

// A convolution of single cells sees one long row.
void flatten(Convolution& c) {
  for (const WindowAxis& axis : c.axes) {
    if (axis.taps != 1 || axis.stride != 1 || axis.before != 0 || axis.cells != axis.stops) return;
  }
  Image* images[] = {&c.in, &c.out};
  for (const Image* image : images) {
    const std::int64_t cell = image->strides[2], row = cell * image->extents[2], plane = row * image->extents[1];
    if ((image->extents[1] != 1 && image->strides[1] != row) ||
        (image->extents[0] != 1 && image->strides[0] != plane) ||
        (image->batch != 1 && image->batch_stride != plane * image->extents[0])) {
      return;
    }
  }
  for (Image* image : images) {
    image->extents[2] *= image->extents[0] * image->extents[1] * image->batch;
    image->extents[0] = image->extents[1] = image->batch = 1;
  }
  for (WindowAxis& axis : c.axes) axis.cells = axis.stops = 1;
  c.axes[2].cells = c.axes[2].stops = c.in.extents[2];
}

// Packing pays when the filter is large, has several taps and its weights are used again and again.
void plan_packing(Call& call, Convolution& c) {
  constexpr std::int64_t kLeastWeights = 1 << 16, kLeastCells = 32;
  const bool packs = c.groups == 1 && c.terms > c.read && c.written > kTileLanes * kLanes &&
                     c.terms * c.written >= kLeastWeights && c.out.batch * c.out.cells() >= kLeastCells;
  c.panels = packs ? panel_count(c.written) : 0;
  if (!packs) return;
  call.packed_input = 1;
  call.packed_floats = c.terms * c.written;
  call.pack_chunks = c.panels;
}

void prepare(Call& call, bool back) {
  if (is_depthwise(call)) return prepare_depthwise(call, back);
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
  for (int i = 0; i < 3; ++i) c.weights.taps[i] = i - 3 + spatial < 0 ? 0 : filter.strides[i - 3 + spatial];
  const std::int64_t w_in = filter.strides[spatial], w_out = filter.strides[spatial + 1];
  c.w_group = w_out * (back ? c.read : c.written);
  c.weights.read = back ? w_out : w_in;
  c.weights.written = back ? w_in : w_out;
  c.terms = c.axes[0].taps * c.axes[1].taps * c.axes[2].taps * c.read;
  plan_packing(call, c);
  c.joined = !back && c.axes[2].dilation * c.in.strides[2] == c.read * c.in.channel_stride &&
             (c.panels > 0 || c.weights.taps[2] == c.read * c.weights.read);
  flatten(c);
  c.finish = plan_finish(call, true);
  c.phases = back ? c.axes[2].stride : 1;
  const std::int64_t cells = c.out.extents[2], most = std::max(kStretch / c.phases, std::int64_t{1}) * c.phases;
  c.stretches = (cells + most - 1) / most;
  c.stretch = c.stretches == 0 ? 0 : (cells + c.stretches * c.phases - 1) / (c.stretches * c.phases) * c.phases;
  call.chunks = c.out.channels == 0 ? 0 : c.out.rows() * c.stretches * std::max<std::int64_t>(c.panels, 1);
  const auto taps = static_cast<double>(c.axes[0].taps * c.axes[1].taps * c.axes[2].taps);
  c.rows = rows_of_tile(c.stretch / c.phases, c.written, taps * static_cast<double>(c.read));
  const auto sums = static_cast<double>(c.out.rows() * cells * ((c.out.channels + kLanes - 1) / kLanes));
  call.nanoseconds = sums * taps * (0.15 * static_cast<double>(c.read) + 0.5);
}

VITRINE_INLINE std::int64_t source(const Convolution& c, int axis, std::int64_t at, std::int64_t tap) {
  return c.back ? c.axes[axis].stop(at, tap) : c.axes[axis].cell(at, tap);
}

// The columns of one panel, and how its weights lie when they are packed.
struct Panel {
  std::int64_t column;
  int columns;
  Weights weights;
};

Panel panel_of(const Convolution& c, std::int64_t number) {
  constexpr std::int64_t kPanel = kTileLanes * kLanes;
  Panel panel{};
  // Whole panels come first; at most two are narrower.
  panel.column = std::min(number, c.written / kPanel) * kPanel;
  for (std::int64_t i = c.written / kPanel; i < number; ++i) panel.column += panel_width(c.written - panel.column);
  panel.columns = panel_width(c.written - panel.column);
  const std::int64_t tap = c.read * panel.columns, row = tap * c.axes[2].taps;
  panel.weights = {{row * c.axes[1].taps, row, tap}, panel.columns, 1};
  return panel;
}

void pack(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Convolution& c = call.found<Convolution>();
  const auto* w = reinterpret_cast<const float*>(call.inputs[1].data);
  for (std::int64_t number = first; number < last; ++number) {
    const Panel panel = panel_of(c, number);
    float* to = call.packed + panel.column * c.terms;
    const float* from = w + panel.column * c.weights.written;
    for (std::int64_t term = 0; term < c.terms; ++term, to += panel.columns) {
      const std::int64_t tap = term / c.read, line = tap / c.axes[2].taps;
      const float* weights = from + line / c.axes[1].taps * c.weights.taps[0] +
                             line % c.axes[1].taps * c.weights.taps[1] + tap % c.axes[2].taps * c.weights.taps[2] +
                             term % c.read * c.weights.read;
      for (int i = 0; i < panel.columns; ++i) to[i] = weights[i * c.weights.written];
    }
  }
}

// One stretch at work. Pointers are to the first channel of the group, or of the panel.
struct Stretch {
  const Convolution& c;
  const float *in, *first, *last;  // the image, and the first and last number of all images
  const float* w;
  Weights weights;
  std::int64_t written;  // channels
  float* out;            // the row
  std::int64_t at[3];
  const Call& call;
  std::int64_t row, channel;  // of the result
};

// f(row of the image under the tap, weights of the tap) for each tap of the outer axes that is not in the margin.
template <class F>
VITRINE_INLINE void each_row(const Stretch& s, F f) {
  const Convolution& c = s.c;
  for (std::int64_t z = 0; z < c.axes[0].taps; ++z) {
    const std::int64_t plane = source(c, 0, s.at[0], z);
    if (plane < 0) continue;
    for (std::int64_t y = 0; y < c.axes[1].taps; ++y) {
      const std::int64_t row = source(c, 1, s.at[1], y);
      if (row < 0) continue;
      f(s.in + plane * c.in.strides[0] + row * c.in.strides[1], z * s.weights.taps[0] + y * s.weights.taps[1]);
    }
  }
}

// Which cell the first row of a tile at x has under a tap of the last axis: the next row has the next one, `step`
// further. Only taps of the same phase are asked for.
VITRINE_INLINE std::int64_t first_cell(const Convolution& c, std::int64_t x, std::int64_t tap) {
  const WindowAxis& axis = c.axes[2];
  if (!c.back) return x * axis.stride - axis.before + tap * axis.dilation;
  const std::int64_t moved = x + axis.before - tap * axis.dilation;
  return axis.stride == 1 ? moved : moved / axis.stride;
}

// The tile of `rows` cells from x on.
void run_cells(const Stretch& s, std::int64_t x, int rows) {
  const Convolution& c = s.c;
  const WindowAxis& axis = c.axes[2];
  const std::int64_t step = c.back ? 1 : axis.stride, cells = c.back ? axis.stops : axis.cells;
  TileRun runs[kMostRuns];
  TileCall call{};
  call.runs = runs;
  call.a_row = step * c.in.strides[2];
  call.a_group = kRowGroup * call.a_row;
  call.a_term = c.in.channel_stride;
  call.b_term = s.weights.read;
  call.b_column = s.weights.written;
  call.out_row = c.phases * c.out.strides[2];
  const auto flush = [&](bool last) {
    for (std::int64_t channel = 0; channel < s.written; channel += call.columns) {
      call.columns = panel_width(s.written - channel);
      call.b = s.w + channel * s.weights.written;
      call.out = s.out + x * c.out.strides[2] + channel;
      const gemm::Finish finish = finish_of(s.call, c.finish, s.row + x, s.channel + channel);
      call.finish = last && c.finish.in_registers() ? &finish : nullptr;
      run_tile(call, rows);
    }
    call.resume = true;
    call.count = 0;
  };
  each_row(s, [&](const float* row, std::int64_t weights) {
    for (std::int64_t tap = 0; tap < axis.taps; ++tap) {
      if (c.phases > 1 && (x + axis.before - tap * axis.dilation) % axis.stride != 0) continue;
      const std::int64_t begin = first_cell(c, x, tap), end = begin + (rows - 1) * step;
      if (end < 0 || begin >= cells) continue;
      TileRun run{row + begin * c.in.strides[2], weights + tap * s.weights.taps[2], c.read, 0};
      if (begin >= 0 && end < cells) {
        const std::int64_t next = axis.dilation;
        for (std::int64_t also = end + next; c.joined && tap + 1 < axis.taps && also < cells; also += next, ++tap) {
          run.depth += c.read;
        }
      } else {
        for (int r = 0; r < rows; ++r) {
          const std::int64_t cell = begin + r * step;
          if (cell < 0 || cell >= cells) run.idle |= 1u << r;
        }
        const float* end_of_run = run.a + (rows - 1) * call.a_row + (c.read - 1) * c.in.channel_stride;
        call.careful = call.careful || run.a < s.first || end_of_run > s.last || end_of_run < run.a;
      }
      if (call.count == kMostRuns) flush(false);
      runs[call.count++] = run;
    }
  });
  flush(true);
}

void run_stretch(const Stretch& s, std::int64_t begin, std::int64_t end) {
  const Convolution& c = s.c;
  for (std::int64_t x = begin; x < std::min(begin + c.phases, end); ++x) {
    const std::int64_t cells = (end - x + c.phases - 1) / c.phases;
    const std::int64_t rows = std::min(c.rows, cells), tiles = (cells + rows - 1) / rows;
    for (std::int64_t tile = 0; tile < tiles; ++tile) {
      // The last tile begins early enough to be whole: some cells are computed twice, to the same bits.
      run_cells(s, x + std::min(tile * rows, cells - rows) * c.phases, static_cast<int>(rows));
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  if (is_depthwise(call)) return run_depthwise(call, first, last);
  const Convolution& c = call.found<Convolution>();
  const auto* in = reinterpret_cast<const float*>(call.inputs[0].data);
  const auto* w = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  const float* end = in + c.in.last();
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t row = chunk / c.stretches % c.out.rows(), begin = chunk % c.stretches * c.stretch;
    const std::int64_t image = row / c.out.extents[1] / c.out.extents[0];
    Stretch s{c,
              in + image * c.in.batch_stride,
              in,
              end,
              w,
              c.weights,
              c.written,
              out + image * c.out.batch_stride,
              {row / c.out.extents[1] % c.out.extents[0], row % c.out.extents[1], 0},
              call,
              row * c.out.extents[2],
              0};
    s.out += c.out.offset(s.at);
    const std::int64_t end_cell = std::min(begin + c.stretch, c.out.extents[2]);
    if (c.panels > 0) {
      const Panel panel = panel_of(c, chunk / c.stretches / c.out.rows());
      s.w = call.packed + panel.column * c.terms;
      s.weights = panel.weights;
      s.written = panel.columns;
      s.out += panel.column;
      s.channel = panel.column;
      run_stretch(s, begin, end_cell);
      finish_block(call, c.finish, s.row + begin, end_cell - begin, panel.column, panel.columns);
      continue;
    }
    for (std::int64_t group = 0; group < c.groups; ++group) {
      run_stretch(s, begin, end_cell);
      s.in += c.read * c.in.channel_stride;
      s.w += c.w_group;
      s.out += c.written;
      s.channel += c.written;
    }
    finish_block(call, c.finish, s.row + begin, end_cell - begin, 0, c.out.channels);
  }
}

const Registration kForward(Kernel{"convolution", [](Call& call) noexcept { prepare(call, false); }, run, pack, true});
const Registration kBack(Kernel{"convolution_input_gradient", [](Call& call) noexcept { prepare(call, true); }, run,
                                pack, true});

}  // namespace
}  // namespace vitrine::cpu
