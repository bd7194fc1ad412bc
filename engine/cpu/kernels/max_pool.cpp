// The largest cell under a window, and what hangs on which cell that is: its number, what another tensor has there, and
// the way back. The winner is the first of equal ones in the order of the taps, or the first NaN.
//
// A chunk of the first three is one row of the result. A chunk of the way back is one image and a lane of its channels:
// windows overlap, so what they send is added in the order of the windows.
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/window.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;

struct MaxPool {
  Image x, y, other;  // `other` holds what the winners pick
  WindowAxis axes[3];
  bool with_batch;
};

MaxPool& prepare_pool(Call& call, const Array& y) {
  MaxPool& p = call.found<MaxPool>();
  p.x = image_of(call.inputs[0]);
  p.y = image_of(y);
  window_axes(p.axes, call, p.x, p.y, call.inputs[0].rank - 2, [&](int axis) { return call.attrs[4].integers[axis]; });
  const auto taps = static_cast<double>(p.axes[0].taps * p.axes[1].taps * p.axes[2].taps);
  call.nanoseconds = taps * static_cast<double>(p.y.batch * p.y.cells() * p.y.channels);
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

struct Winners {
  float value[kLanes];
  std::int64_t cell[kLanes];  // −1 where the whole window lies in the margin
};

// The winners of one window in n channels, the first of which is at x.
void find(const MaxPool& p, const float* x, const std::int64_t* at, int n, Winners& w) {
  for (int i = 0; i < kLanes; ++i) w.value[i] = -__builtin_inff(), w.cell[i] = -1;
  std::int64_t from[3], tap[3];
  for (tap[0] = 0; tap[0] < p.axes[0].taps; ++tap[0]) {
    if ((from[0] = p.axes[0].cell(at[0], tap[0])) < 0) continue;
    for (tap[1] = 0; tap[1] < p.axes[1].taps; ++tap[1]) {
      if ((from[1] = p.axes[1].cell(at[1], tap[1])) < 0) continue;
      for (tap[2] = 0; tap[2] < p.axes[2].taps; ++tap[2]) {
        if ((from[2] = p.axes[2].cell(at[2], tap[2])) < 0) continue;
        const float* values = x + p.x.offset(from);
        const std::int64_t cell = (from[0] * p.x.extents[1] + from[1]) * p.x.extents[2] + from[2];
        for (int i = 0; i < n; ++i) {
          const float value = values[i * p.x.channel_stride], best = w.value[i];
          const bool wins = w.cell[i] < 0 || (!(value <= best) && best == best);
          w.value[i] = wins ? value : best;
          w.cell[i] = wins ? cell : w.cell[i];
        }
      }
    }
  }
}

// f(winners, image, channel, n, place in the result) for each window of some rows and each lane.
template <class F>
void each_window(const Call& call, std::int64_t first, std::int64_t last, F f) {
  const MaxPool& p = call.found<MaxPool>();
  const auto* x = reinterpret_cast<const float*>(call.inputs[0].data);
  Winners winners;
  for (std::int64_t row = first; row < last; ++row) {
    const std::int64_t image = row / p.y.extents[1] / p.y.extents[0];
    std::int64_t at[3] = {row / p.y.extents[1] % p.y.extents[0], row % p.y.extents[1], 0};
    for (; at[2] < p.y.extents[2]; ++at[2]) {
      for (std::int64_t channel = 0; channel < p.y.channels; channel += kLanes) {
        const int n = static_cast<int>(std::min<std::int64_t>(kLanes, p.y.channels - channel));
        find(p, x + image * p.x.batch_stride + channel * p.x.channel_stride, at, n, winners);
        f(winners, image, channel, n, image * p.y.batch_stride + p.y.offset(at) + channel);
      }
    }
  }
}

void run_values(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  each_window(call, first, last, [&](const Winners& w, std::int64_t, std::int64_t, int n, std::int64_t to) {
    for (int i = 0; i < n; ++i) out[to + i] = w.value[i];
  });
}

void run_winners(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  auto* out = reinterpret_cast<std::int32_t*>(call.outputs[0].data);
  const auto write = [&](const Winners& w, std::int64_t image, std::int64_t channel, int n, std::int64_t to) {
    const std::int64_t before = p.with_batch ? image * p.x.cells() : 0;
    for (int i = 0; i < n; ++i) {
      const std::int64_t flat = (before + std::max<std::int64_t>(w.cell[i], 0)) * p.x.channels + channel + i;
      out[to + i] = static_cast<std::int32_t>(flat);
    }
  };
  each_window(call, first, last, write);
}

void run_pick(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  const auto* other = reinterpret_cast<const float*>(call.inputs[1].data);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  const auto write = [&](const Winners& w, std::int64_t image, std::int64_t channel, int n, std::int64_t to) {
    const float* from = other + image * p.other.batch_stride + channel * p.other.channel_stride;
    for (int i = 0; i < n; ++i) {
      out[to + i] = w.cell[i] < 0 ? 0.0f : from[i * p.other.channel_stride + p.other.offset(w.cell[i])];
    }
  };
  each_window(call, first, last, write);
}

void prepare_spread(Call& call) noexcept {
  MaxPool& p = prepare_pool(call, call.inputs[1]);
  p.other = image_of(call.outputs[0]);
  call.chunks = p.x.batch * ((p.x.channels + kLanes - 1) / kLanes);
}

void run_spread(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const MaxPool& p = call.found<MaxPool>();
  const std::int64_t lanes = (p.x.channels + kLanes - 1) / kLanes;
  Winners w;
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
          find(p, x, at, n, w);
          for (int i = 0; i < n; ++i) {
            if (w.cell[i] >= 0) dx[w.cell[i] * p.x.channels + i] += dy[p.y.offset(at) + i * p.y.channel_stride];
          }
        }
      }
    }
  }
}

const Registration kValues("max_pool", prepare_rows, run_values);
const Registration kWinners("max_pool_winners", prepare_winners, run_winners);
const Registration kPick("max_pool_pick", prepare_pick, run_pick);
const Registration kSpread("max_pool_spread", prepare_spread, run_spread);

}  // namespace
}  // namespace vitrine::cpu
