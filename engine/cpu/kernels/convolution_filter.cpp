// The way back from a convolution to its filter. Every weight is a sum over the places where the window stops. A block
// of rows of one image, as many as chain_lines says, is one chain of fused multiply-adds that starts at zero; the
// blocks are added in order. Taps in the margin are left out.
//
// The rows of a tile are channels that are read, its columns channels that are written, its terms places. Where few
// channels are read, the rows are those of all taps in a row of the window, or of all taps in a plane of it. A chunk is
// a share of the tiles; each of them is brought forward by one block of places after the other, while these are near.
#include <span>

#include "engine/cpu/kernels/depthwise.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/tile.h"
#include "engine/cpu/kernels/window.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;

constexpr std::int64_t kMostChunks = 12;  // each reads all of x and dy
constexpr int kMostUnits = 128;           // brought forward together
constexpr int kMostJoined = 3;            // taps whose rows are joined
constexpr int kMostStretches = 2 * kMostJoined - 1;

struct FilterGradient {
  Image x, dy;
  WindowAxis axes[3];
  std::int64_t groups, read, written;  // channels of one group
  std::int64_t joined[2];              // taps along the last two axes whose rows are in one tile
  std::int64_t rows, a_group;          // of all channels and joined taps
  std::int64_t tiles, tile_rows;       // of the rows
  std::int64_t lines;                  // of a block
  std::int64_t panels, units, share;   // tiles altogether; of one chunk
};

void prepare(Call& call) noexcept {
  if (is_depthwise_filter(call)) return prepare_depthwise_filter(call);
  FilterGradient& g = call.found<FilterGradient>();
  g.x = image_of(call.inputs[0]);
  g.dy = image_of(call.inputs[1]);
  g.groups = call.attrs[4].integer;
  window_axes(g.axes, call, g.x, g.dy, call.outputs[0].rank - 2,
              [&](int axis) { return call.attrs[5].integers[axis]; });
  g.read = g.x.channels / g.groups;
  g.written = g.dy.channels / g.groups;
  const WindowAxis &line = g.axes[1], &last = g.axes[2];
  const bool follow = last.dilation * g.x.strides[2] == g.read * g.x.channel_stride;
  g.joined[0] = g.joined[1] = 1;
  g.rows = g.read;
  g.a_group = kRowGroup * g.x.channel_stride;
  const std::int64_t most = most_tile_rows(g.written);
  if (follow && last.taps <= kMostJoined && last.taps * g.read <= most) {
    g.joined[1] = last.taps;
    g.rows *= last.taps;
    if (g.rows == kRowGroup && line.taps * g.rows <= most) {
      g.joined[0] = line.taps;
      g.rows *= line.taps;
      g.a_group = line.dilation * g.x.strides[1];
    }
  }
  g.tiles = (g.rows + most - 1) / most;
  g.tile_rows = g.tiles == 0 ? 0 : (g.rows + g.tiles - 1) / g.tiles;
  g.lines = chain_lines(g.dy.extents[2]);
  g.panels = panel_count(g.written);
  g.units = g.groups * g.panels * g.tiles * g.axes[0].taps * (line.taps / g.joined[0]) * (last.taps / g.joined[1]);
  g.share = std::max<std::int64_t>((g.units + kMostChunks - 1) / kMostChunks, 1);
  call.chunks = (g.units + g.share - 1) / g.share;
  call.nanoseconds = static_cast<double>(g.units * g.tile_rows * g.dy.batch * g.dy.cells()) * 0.3;
}

// Places of a row that have the same joined taps in the margin.
struct Stretch {
  std::int64_t begin, end;
  std::uint32_t idle;
};

// Which tile of the result a unit is, and which places it adds up.
struct Unit {
  std::int64_t tap[3], row, group, column;
  int rows, columns;
  int count;  // of stretches
  Stretch stretches[kMostStretches];
};

void find_stretches(const FilterGradient& g, Unit& unit) {
  WindowAxis::Stops met[kMostJoined];
  const auto taps = static_cast<int>(g.joined[1]);
  for (int tap = 0; tap < taps; ++tap) met[tap] = g.axes[2].met(unit.tap[2] + tap);
  for (std::int64_t at = 0; at < g.dy.extents[2];) {
    Stretch stretch{at, g.dy.extents[2], 0};
    for (int tap = 0; tap < taps; ++tap) {
      if (at < met[tap].first) stretch.end = std::min(stretch.end, met[tap].first);
      if (at < met[tap].end) stretch.end = std::min(stretch.end, met[tap].end);
      if (at < met[tap].first || at >= met[tap].end) stretch.idle |= 1u << tap;
    }
    at = stretch.end;
    if (stretch.idle != (1u << taps) - 1) unit.stretches[unit.count++] = stretch;
  }
}

Unit unit_of(const FilterGradient& g, std::int64_t number) {
  Unit unit{};
  const auto take = [&](std::int64_t count) {
    const std::int64_t digit = number % count;
    number /= count;
    return digit;
  };
  unit.row = take(g.tiles) * g.tile_rows;
  unit.rows = static_cast<int>(std::min(g.tile_rows, g.rows - unit.row));
  unit.tap[2] = g.joined[1] > 1 ? 0 : take(g.axes[2].taps);
  unit.tap[1] = g.joined[0] > 1 ? 0 : take(g.axes[1].taps);
  unit.tap[0] = take(g.axes[0].taps);
  for (std::int64_t panel = take(g.panels); panel > 0; --panel) unit.column += panel_width(g.written - unit.column);
  unit.columns = panel_width(g.written - unit.column);
  unit.group = number;
  find_stretches(g, unit);
  return unit;
}

// The rows of a tile that are idle because of their joined taps: a bit a tap, along the last axis and the one before.
std::uint32_t idle_rows(const FilterGradient& g, std::uint32_t last, std::uint32_t line) {
  std::uint32_t idle = 0;
  if ((last | line) == 0 || g.joined[0] * g.joined[1] == 1) return idle;
  for (std::int64_t row = 0; row < g.rows; ++row) {
    const std::int64_t tap = row / g.read;
    if ((last >> tap % g.joined[1] & 1) != 0 || (line >> tap / g.joined[1] & 1) != 0) idle |= 1u << row;
  }
  return idle;
}

// Memory at work: the first and last number of x, and the first of dy and of the result.
struct Place {
  const float *x, *last, *dy;
  float* out;
};

// Some rows of places in one plane of one image.
struct Block {
  std::int64_t image, plane, line, end;
};

// Brings a unit forward by one block.
void run_block(const FilterGradient& g, const Place& place, const Unit& unit, const Block& block, bool begin) {
  TileRun runs[kChainMostLines * kMostStretches];
  TileCall call{};
  call.runs = runs;
  call.a_row = g.x.channel_stride;
  call.a_group = g.a_group;
  call.a_term = g.axes[2].stride * g.x.strides[2];
  call.b_term = g.dy.strides[2];
  call.b_column = g.dy.channel_stride;
  call.columns = unit.columns;
  call.out_row = g.dy.channels;
  call.add = !begin;
  const std::int64_t z = g.axes[0].cell(block.plane, unit.tap[0]);
  const std::int64_t column = unit.group * g.written + unit.column;
  const float* x = place.x + block.image * g.x.batch_stride + z * g.x.strides[0] +
                   (unit.group * g.read + unit.row) * g.x.channel_stride;
  call.b = place.dy + block.image * g.dy.batch_stride + block.plane * g.dy.strides[0] + column * g.dy.channel_stride;
  for (std::int64_t line = block.line; z >= 0 && line < block.end; ++line) {
    std::uint32_t idle_lines = 0;
    for (std::int64_t tap = 0; tap < g.joined[0]; ++tap) {
      if (g.axes[1].cell(line, unit.tap[1] + tap) < 0) idle_lines |= 1u << tap;
    }
    if (idle_lines == (1u << g.joined[0]) - 1) continue;
    const std::int64_t y = line * g.axes[1].stride - g.axes[1].before + unit.tap[1] * g.axes[1].dilation;
    for (const Stretch *s = unit.stretches, *last = s + unit.count; s != last; ++s) {
      const std::int64_t from = s->begin * g.axes[2].stride - g.axes[2].before + unit.tap[2] * g.axes[2].dilation;
      const TileRun run{x + y * g.x.strides[1] + from * g.x.strides[2],
                        line * g.dy.strides[1] + s->begin * g.dy.strides[2], s->end - s->begin,
                        idle_rows(g, s->idle, idle_lines)};
      if (run.idle != 0) {
        const float* last_read = run.a + (run.depth - 1) * call.a_term + (unit.rows - 1) / kRowGroup * call.a_group +
                                 (unit.rows - 1) % kRowGroup * call.a_row;
        call.careful = call.careful || run.a < place.x || last_read > place.last || last_read < run.a;
      }
      runs[call.count++] = run;
    }
  }
  const std::int64_t tap = (unit.tap[0] * g.axes[1].taps + unit.tap[1]) * g.axes[2].taps + unit.tap[2];
  call.out = place.out + (tap * g.read + unit.row) * g.dy.channels + column;
  run_tile(call, unit.rows);
}

void run_units(const FilterGradient& g, const Place& place, std::span<const Unit> units) {
  Block block{};
  if (g.dy.batch == 0 || g.dy.cells() == 0) {
    for (const Unit& unit : units) run_block(g, place, unit, block, true);
    return;
  }
  for (; block.image < g.dy.batch; ++block.image) {
    for (block.plane = 0; block.plane < g.dy.extents[0]; ++block.plane) {
      for (block.line = 0; block.line < g.dy.extents[1]; block.line = block.end) {
        block.end = std::min(block.line + g.lines, g.dy.extents[1]);
        const bool begin = block.image == 0 && block.plane == 0 && block.line == 0;
        for (const Unit& unit : units) run_block(g, place, unit, block, begin);
      }
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  if (is_depthwise_filter(call)) return run_depthwise_filter(call, first, last);
  const FilterGradient& g = call.found<FilterGradient>();
  Place place{reinterpret_cast<const float*>(call.inputs[0].data), nullptr,
              reinterpret_cast<const float*>(call.inputs[1].data), reinterpret_cast<float*>(call.outputs[0].data)};
  place.last = place.x + g.x.last();
  const std::int64_t end = std::min(last * g.share, g.units);
  Unit units[kMostUnits];
  for (std::int64_t begin = first * g.share; begin < end; begin += kMostUnits) {
    const std::int64_t count = std::min<std::int64_t>(kMostUnits, end - begin);
    for (std::int64_t i = 0; i < count; ++i) units[i] = unit_of(g, begin + i);
    run_units(g, place, {units, static_cast<std::size_t>(count)});
  }
}

const Registration kFilterGradient("convolution_filter_gradient", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
