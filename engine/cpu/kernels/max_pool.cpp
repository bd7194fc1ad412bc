// The largest cell under a window, and what hangs on which cell that is: its number, what another tensor has there, and
// the way back. The winner is the first of equal ones in the order of the taps, or the first NaN. The lanes lie along
// the channels.
//
// A chunk of the first three is one row of the result. So it is of the way back where no two windows share a cell;
// otherwise it is one image and a lane of its channels, and what windows send is added in the order of the windows.
#include "engine/cpu/kernels/finish.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

struct MaxPool {
  Image x, y, other;  // `other` holds what the winners pick
  WindowAxis axes[3];
  bool with_batch;
  bool square;  // as most pools: whole windows of two by two neighbours, channels side by side
  bool apart;   // every cell lies under one window at most, and under one tap of it
  bool tight;   // and under one at least, unless it lies behind the last window of an axis
  FinishPlan finish;
};

MaxPool& prepare_pool(Call& call, const Array& y) {
  MaxPool& p = call.found<MaxPool>();
  p.x = image_of(call.inputs[0]);
  p.y = image_of(y);
  window_axes(p.axes, call, p.x, p.y, call.inputs[0].rank - 2, [&](int axis) { return call.attrs[4].integers[axis]; });
  const auto whole = [](const WindowAxis& axis, std::int64_t taps) {
    return axis.taps == taps && axis.before == 0 && axis.dilation == 1 &&
           (axis.stops - 1) * axis.stride + taps <= axis.cells;
  };
  p.square = whole(p.axes[0], 1) && whole(p.axes[1], 2) && whole(p.axes[2], 2) && p.x.channel_stride == 1;
  const auto taps = static_cast<double>(p.axes[0].taps * p.axes[1].taps * p.axes[2].taps);
  call.nanoseconds = (p.square ? 0.15 : 1.0) * taps * static_cast<double>(p.y.batch * p.y.cells() * p.y.channels);
  return p;
}

void prepare_rows(Call& call) noexcept {
  const MaxPool& p = prepare_pool(call, call.outputs[0]);
  call.chunks = p.y.channels == 0 || p.y.extents[2] == 0 ? 0 : p.y.rows();
}
void prepare_pick(Call& call) noexcept {
  prepare_rows(call);
  call.found<MaxPool>().other = image_of(call.inputs[1]);
}
void prepare_winners(Call& call) noexcept {
  prepare_rows(call);
  call.found<MaxPool>().with_batch = call.attrs[5].integer != 0;
}

// The taps of one window that are not in the margin, and the cell under the first tap of the window.
struct Reach {
  WindowAxis::Taps taps[3];
  std::int64_t cell[3];
};

Reach reach_of(const MaxPool& p, const std::int64_t* at) {
  Reach reach;
  for (int i = 0; i < 3; ++i) {
    reach.taps[i] = p.axes[i].covered(at[i]);
    reach.cell[i] = at[i] * p.axes[i].stride - p.axes[i].before;
  }
  return reach;
}

// f(cell in memory, number of the tap) for each tap that is not in the margin, in order.
template <bool square, class F>
VITRINE_INLINE void each_tap(const MaxPool& p, const Reach& reach, const Image& image, F f) {
  if constexpr (square) {
    const std::int64_t cell = image.offset(reach.cell), below = image.strides[1], beside = image.strides[2];
    f(cell, 0), f(cell + beside, 1), f(cell + below, 2), f(cell + below + beside, 3);
    return;
  }
  const auto offset = [&](int axis, std::int64_t tap) {
    return (reach.cell[axis] + tap * p.axes[axis].dilation) * image.strides[axis];
  };
  for (std::int64_t z = reach.taps[0].first; z < reach.taps[0].end; ++z) {
    for (std::int64_t y = reach.taps[1].first; y < reach.taps[1].end; ++y) {
      const std::int64_t row = offset(0, z) + offset(1, y);
      const std::int64_t number = (z * p.axes[1].taps + y) * p.axes[2].taps;
      for (std::int64_t x = reach.taps[2].first; x < reach.taps[2].end; ++x) f(row + offset(2, x), number + x);
    }
  }
}

struct Winners {
  Lane16 value, tap;  // −1 where the whole window lies in the margin
};

// The winners of one window in n channels, the first of which is at x.
template <bool square>
VITRINE_INLINE Winners find(const MaxPool& p, const Reach& reach, const float* x, int n) {
  Winners w{Lane16(-__builtin_inff()), Lane16(-1.0f)};
  bool begun = false;
  each_tap<square>(
      p, reach, p.x, [&](std::int64_t cell, std::int64_t number) __attribute__((always_inline)) {
        const Lane16 value = lanes::load_any(x + cell, square ? 1 : p.x.channel_stride, n),
                     tap(static_cast<float>(number));
        const auto wins = not_at_most(value, w.value) & (w.value == w.value);
        w.value = begun ? select(wins, value, w.value) : value;
        w.tap = begun ? select(wins, tap, w.tap) : tap;
        begun = true;
      });
  return w;
}

// The cell, or −1, of lane i.
std::int64_t cell_of(const MaxPool& p, const std::int64_t* at, float tap) {
  if (tap < 0) return -1;
  const auto number = static_cast<std::int64_t>(tap);
  const std::int64_t taps[3] = {number / p.axes[2].taps / p.axes[1].taps, number / p.axes[2].taps % p.axes[1].taps,
                                number % p.axes[2].taps};
  std::int64_t cell = 0;
  for (int i = 0; i < 3; ++i) cell = cell * p.x.extents[i] + p.axes[i].cell(at[i], taps[i]);
  return cell;
}

// f(window, reach, image, channel, n) for each window of some rows and each lane.
template <bool square, class F>
VITRINE_INLINE void each_window(const MaxPool& p, std::int64_t first, std::int64_t last, F f) {
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t image = row / p.y.extents[1] / p.y.extents[0];
    std::int64_t at[3] = {row / p.y.extents[1] % p.y.extents[0], row % p.y.extents[1], 0};
    Reach reach = reach_of(p, at);
    for (; at[2] < p.y.extents[2]; ++at[2]) {
      if (!square) reach.taps[2] = p.axes[2].covered(at[2]);
      reach.cell[2] = at[2] * p.axes[2].stride - p.axes[2].before;
      std::int64_t channel = 0;
      for (; channel + kLanes <= p.y.channels; channel += kLanes) f(at, reach, image, channel, kLanes);
      if (channel < p.y.channels) f(at, reach, image, channel, static_cast<int>(p.y.channels - channel));
    }
  }
}

// For those who want to know the cells: f(cells, n, image, channel, place in the result).
template <class F>
void each_winner(const Call& call, std::int64_t first, std::int64_t last, F f) {
  const MaxPool& p = call.found<MaxPool>();
  const auto* x = reinterpret_cast<const float*>(call.inputs[0].data);
  each_window<false>(p, first, last,
                     [&](const std::int64_t* at, const Reach& reach, std::int64_t image, std::int64_t channel, int n) {
                       const float* from = x + image * p.x.batch_stride + channel * p.x.channel_stride;
                       float taps[kLanes];
                       lanes::store(taps, find<false>(p, reach, from, n).tap);
                       std::int64_t cells[kLanes];
                       for (int i = 0; i < n; ++i) cells[i] = cell_of(p, at, taps[i]);
                       f(cells, n, image, channel, image * p.y.batch_stride + p.y.offset(at) + channel);
                     });
}

template <bool square>
void write_values(const Call& call, std::int64_t first, std::int64_t last) {
  const MaxPool& p = call.found<MaxPool>();
  const auto* x = reinterpret_cast<const float*>(call.inputs[0].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  each_window<square>(
      p, first, last,
      [&](const std::int64_t* at, const Reach& reach, std::int64_t image, std::int64_t channel, int n)
          __attribute__((always_inline)) {
            const float* from = x + image * p.x.batch_stride + channel * p.x.channel_stride;
            float* to = out + image * p.y.batch_stride + p.y.offset(at) + channel;
            lanes::store_first(to, find<square>(p, reach, from, n).value, n);
          });
}

void run_values(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  call.found<MaxPool>().square ? write_values<true>(call, first, last) : write_values<false>(call, first, last);
}

void run_winners(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  auto* out = reinterpret_cast<std::int32_t*>(call.outputs[0].data);
  const auto write = [&](const std::int64_t* cells, int n, std::int64_t image, std::int64_t channel, std::int64_t to) {
    const std::int64_t before = p.with_batch ? image * p.x.cells() : 0;
    for (int i = 0; i < n; ++i) {
      const std::int64_t flat = (before + std::max<std::int64_t>(cells[i], 0)) * p.x.channels + channel + i;
      out[to + i] = static_cast<std::int32_t>(flat);
    }
  };
  each_winner(call, first, last, write);
}

void run_pick(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  const auto* other = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  const auto write = [&](const std::int64_t* cells, int n, std::int64_t image, std::int64_t channel, std::int64_t to) {
    const float* from = other + image * p.other.batch_stride + channel * p.other.channel_stride;
    for (int i = 0; i < n; ++i) {
      out[to + i] = cells[i] < 0 ? 0.0f : from[i * p.other.channel_stride + p.other.offset(cells[i])];
    }
  };
  each_winner(call, first, last, write);
}

void prepare_spread(Call& call) noexcept {
  MaxPool& p = prepare_pool(call, call.inputs[1]);
  p.other = image_of(call.outputs[0]);
  p.apart = p.y.cells() > 0;
  p.tight = true;
  for (const WindowAxis& axis : p.axes) {
    p.apart = p.apart && (axis.taps == 1 || (axis.dilation == 1 && axis.stride >= axis.taps));
    p.tight = p.tight && axis.stride == axis.taps && axis.before == 0 && axis.stops * axis.stride <= axis.cells;
  }
  p.tight = p.tight && p.apart;
  p.finish = plan_finish(call, p.tight);
  call.chunks = p.x.channels == 0 ? 0 : p.apart ? p.y.rows() : p.x.batch * ((p.x.channels + kLanes - 1) / kLanes);
}

// The rows of cells between the one where this window begins and the one where the next does; the first and the last
// window take what lies before and behind.
struct Rows {
  std::int64_t begin, end;
};
Rows rows_of(const WindowAxis& axis, std::int64_t window) {
  const std::int64_t begin = window * axis.stride - axis.before;
  return {window == 0 ? 0 : std::max<std::int64_t>(begin, 0),
          window == axis.stops - 1 ? axis.cells : std::clamp<std::int64_t>(begin + axis.stride, 0, axis.cells)};
}

// f(plane, row) for each row of cells from this row of windows to the next.
template <class F>
VITRINE_INLINE void each_row(const MaxPool& p, const std::int64_t* at, F f) {
  const Rows planes = rows_of(p.axes[0], at[0]), rows = rows_of(p.axes[1], at[1]);
  for (std::int64_t z = planes.begin; z < planes.end; ++z) {
    for (std::int64_t y = rows.begin; y < rows.end; ++y) f(z, y);
  }
}

// A row of windows at a time: each cell is written once, or cleared before if it is not known which cells are left out.
// ended(value, place in the result, channel, n) is what a cell becomes.
template <bool square, class Ended>
void spread_apart(const Call& call, std::int64_t first, std::int64_t last, Ended ended) {
  const MaxPool& p = call.found<MaxPool>();
  const auto* x = reinterpret_cast<const float*>(call.inputs[0].data);
  const auto* dy = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* dx = reinterpret_cast<float*>(call.outputs[0].data);
  const auto put = [&](std::int64_t place, std::int64_t channel, Lane16 value, int n) __attribute__((always_inline)) {
    lanes::store_first(dx + place, ended(value, place, channel, n), n);
  };
  const auto clear = [&](std::int64_t image, std::int64_t z, std::int64_t y, std::int64_t from) {
    const std::int64_t row = image * p.other.batch_stride + z * p.other.strides[0] + y * p.other.strides[1];
    for (std::int64_t cell = from; cell < p.x.extents[2]; ++cell) {
      for (std::int64_t channel = 0; channel < p.x.channels; channel += kLanes) {
        const auto n = static_cast<int>(std::min<std::int64_t>(kLanes, p.x.channels - channel));
        put(row + cell * p.x.channels + channel, channel, Lane16(0.0f), n);
      }
    }
  };
  const auto spread = [&](const std::int64_t* at, const Reach& reach, std::int64_t image, std::int64_t channel, int n)
      __attribute__((always_inline)) {
    const float* from = dy + image * p.y.batch_stride + p.y.offset(at) + channel * p.y.channel_stride;
    const Lane16 sent = lanes::load_any(from, p.y.channel_stride, n);
    const float* cells = x + image * p.x.batch_stride + channel * p.x.channel_stride;
    const Lane16 winner = find<square>(p, reach, cells, n).tap;
    const std::int64_t to = image * p.other.batch_stride + channel;
    each_tap<square>(
        p, reach, p.other, [&](std::int64_t cell, std::int64_t number) __attribute__((always_inline)) {
          const auto won = winner == Lane16(static_cast<float>(number));
          put(to + cell, channel, select(won, sent, Lane16(0.0f)), n);
        });
  };
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t image = row / p.y.extents[1] / p.y.extents[0];
    const std::int64_t at[2] = {row / p.y.extents[1] % p.y.extents[0], row % p.y.extents[1]};
    each_row(p, at, [&](std::int64_t z, std::int64_t y) {
      const bool left_out = z >= p.axes[0].stops * p.axes[0].taps || y >= p.axes[1].stops * p.axes[1].taps;
      clear(image, z, y, p.tight && !left_out ? p.axes[2].stops * p.axes[2].taps : 0);
    });
    each_window<square>(p, row, row + 1, spread);
    each_row(p, at, [&](std::int64_t z, std::int64_t y) {
      const std::int64_t line = (image * p.x.extents[0] + z) * p.x.extents[1] + y;
      finish_block(call, p.finish, line * p.x.extents[2], p.x.extents[2], 0, p.x.channels);
    });
  }
}

void spread_over(const Call& call, std::int64_t first, std::int64_t last) {
  const MaxPool& p = call.found<MaxPool>();
  const std::int64_t lanes = (p.x.channels + kLanes - 1) / kLanes;
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t image = chunk / lanes, channel = chunk % lanes * kLanes;
    const int n = static_cast<int>(std::min<std::int64_t>(kLanes, p.x.channels - channel));
    const auto* x =
        reinterpret_cast<const float*>(call.inputs[0].data) + image * p.x.batch_stride + channel * p.x.channel_stride;
    const auto* dy =
        reinterpret_cast<const float*>(call.inputs[1].data) + image * p.y.batch_stride + channel * p.y.channel_stride;
    auto* dx = reinterpret_cast<float*>(call.outputs[0].data) + image * p.other.batch_stride + channel;
    for (std::int64_t cell = 0; cell < p.x.cells(); ++cell) {
      for (int i = 0; i < n; ++i) dx[cell * p.x.channels + i] = 0.0f;
    }
    std::int64_t at[3];
    for (at[0] = 0; at[0] < p.y.extents[0]; ++at[0]) {
      for (at[1] = 0; at[1] < p.y.extents[1]; ++at[1]) {
        for (at[2] = 0; at[2] < p.y.extents[2]; ++at[2]) {
          float taps[kLanes];
          lanes::store(taps, find<false>(p, reach_of(p, at), x, n).tap);
          for (int i = 0; i < n; ++i) {
            const std::int64_t cell = cell_of(p, at, taps[i]);
            if (cell >= 0) dx[cell * p.x.channels + i] += dy[p.y.offset(at) + i * p.y.channel_stride];
          }
        }
      }
    }
    finish_block(call, p.finish, image * p.x.cells(), p.x.cells(), channel, n);
  }
}

void run_spread(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  if (!p.apart) return spread_over(call, first, last);
  const gemm::Finish finish = finish_of(call, p.finish, 0, 0);
  const auto by_any = [&](Lane16 value, std::int64_t place, std::int64_t channel, int n) {
    Lane16 sums[1][1] = {{value}};
    gemm::finish_sums(sums, finish.at(channel, place), 0, 0,
                      [&](const float* from, int) { return lanes::load_first(from, n); });
    return sums[0][0];
  };
  if (!p.square) return spread_apart<false>(call, first, last, by_any);
  if (finish.scale != nullptr || finish.bias != nullptr || finish.residual != nullptr || finish.relu ||
      finish.gate == nullptr) {
    return spread_apart<true>(call, first, last, by_any);
  }
  // Most pools stand behind a rectifier.
  spread_apart<true>(
      call, first, last,
      [ gate = finish.gate, level = Lane16(*finish.level) ](Lane16 value, std::int64_t place, std::int64_t, int n)
          __attribute__((always_inline)) { return select(level < lanes::load_first(gate + place, n), value, level); });
}

const Registration kValues("max_pool", prepare_rows, run_values);
const Registration kWinners("max_pool_winners", prepare_winners, run_winners);
const Registration kPick("max_pool_pick", prepare_pick, run_pick);
const Registration kSpread(Kernel{"max_pool_spread", prepare_spread, run_spread, nullptr, true});

}  // namespace
}  // namespace vitrine::cpu
