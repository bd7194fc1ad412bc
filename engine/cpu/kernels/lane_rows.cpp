// Rows into columns and back, sixteen by sixteen in registers.
#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/transpose.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

int left(std::int64_t n, std::int64_t at) {
  return static_cast<int>(n - at < kLanes ? n - at : kLanes);
}

// `count` of sixteen lines become lines of `filled` of sixteen floats; nothing else is read.
VITRINE_INLINE void turn_square(float* to, std::int64_t to_step, const float* from, std::int64_t from_step, int count,
                                int filled, int stored) {
  Lane16 lines[kLanes];
  if (count == kLanes && filled == kLanes) {
    for (int i = 0; i < kLanes; ++i) lines[i] = lanes::load(from + i * from_step);
  } else {
    for (int i = 0; i < kLanes; ++i) {
      lines[i] = i < count ? lanes::load_first(from + i * from_step, filled) : Lane16(0.0f);
    }
  }
  transpose(lines);
  if (filled == kLanes && stored == kLanes) {
    for (int i = 0; i < kLanes; ++i) lanes::store(to + i * to_step, lines[i]);
  } else {
    for (int i = 0; i < filled; ++i) lanes::store_first(to + i * to_step, lines[i], stored);
  }
}

// Pairs that lie side by side, which need no square.
void load_pairs(const LaneStep& step, const float* from, int samples) {
  for (int s = 0; s < samples; s += kLanes, from += 2 * kLanes) {
    const int floats = 2 * left(samples, s);
    const Lane16 front = lanes::load_first(from, floats < kLanes ? floats : kLanes);
    const Lane16 back = floats > kLanes ? lanes::load_first(from + kLanes, floats - kLanes) : Lane16(0.0f);
    lanes::store(step.out + s, lanes::every_second<0>(front, back));
    lanes::store(step.out + width_of(step) + s, lanes::every_second<1>(front, back));
  }
}

}  // namespace

void lane_load(const LaneStep& step, LaneTile tile) noexcept {
  const float* from = step.x + tile.first * step.row_step;
  if (step.columns == 1) {
    for (int s = 0; s < tile.samples; s += kLanes) {
      lanes::store(step.out + s, lanes::load_first(from + s, left(tile.samples, s)));
    }
    return;
  }
  if (step.columns == 2 && step.row_step == 2) return load_pairs(step, from, tile.samples);
  for (std::int64_t s = 0; s < tile.samples; s += kLanes) {
    for (std::int64_t c = 0; c < step.columns; c += kLanes) {
      turn_square(step.out + c * width_of(step) + s, width_of(step), from + s * step.row_step + c, step.row_step,
                  left(tile.samples, s), left(step.columns, c), kLanes);
    }
  }
}

void lane_store(const LaneStep& step, LaneTile tile) noexcept {
  float* to = step.out + tile.first * step.columns;
  if (step.columns == 1) {
    for (int s = 0; s < tile.samples; s += kLanes) {
      lanes::store_first(to + s, lanes::load(step.x + s), left(tile.samples, s));
    }
    return;
  }
  for (std::int64_t s = 0; s < tile.samples; s += kLanes) {
    for (std::int64_t c = 0; c < step.columns; c += kLanes) {
      const int columns = left(step.columns, c), samples = left(tile.samples, s);
      turn_square(to + s * step.columns + c, step.columns, step.x + c * width_of(step) + s, width_of(step), columns,
                  samples, columns);
    }
  }
}

void lane_turn(float* to, std::int64_t pitch, const float* columns, std::int64_t width, std::int64_t count,
               int samples) noexcept {
  for (std::int64_t s = 0; s < samples; s += kLanes) {
    for (std::int64_t c = 0; c < count; c += kLanes) {
      turn_square(to + s * pitch + c, pitch, columns + c * width + s, width, left(count, c), left(samples, s), kLanes);
    }
  }
}

}  // namespace vitrine::cpu
