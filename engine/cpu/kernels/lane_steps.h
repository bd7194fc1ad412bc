// The steps of a lane program, by kind. A tile is the samples that are worked on at a time; those that come after the
// first go on with the sums over samples that the one before left.
#pragma once

#include "engine/cpu/lane16.h"
#include "engine/cpu/lane_program.h"

namespace vitrine::cpu {

struct LaneTile {
  std::int64_t first;  // sample
  int samples;
  bool last;
};

inline std::int64_t width_of(const LaneStep& step) {  // floats of a column
  return std::int64_t{step.blocks} * lanes::kLanes;
}

void lane_load(const LaneStep& step, LaneTile tile) noexcept;
void lane_store(const LaneStep& step, LaneTile tile) noexcept;
// Columns into rows of `pitch` floats, whole lanes.
void lane_turn(float* to, std::int64_t pitch, const float* columns, std::int64_t width, std::int64_t count,
               int samples) noexcept;

void lane_dense(const LaneStep& step) noexcept;
void lane_rows(const LaneStep& step, LaneTile tile) noexcept;
void lane_spread(const LaneStep& step, LaneTile tile) noexcept;
void lane_outer(const LaneStep& step, LaneTile tile, float* workspace) noexcept;
void lane_fold(const LaneStep& step, LaneTile tile) noexcept;
void lane_across(const LaneStep& step) noexcept;

void lane_body(const LaneStep& step, LaneTile tile) noexcept;
void lane_flat(const LaneStep& step) noexcept;

}  // namespace vitrine::cpu
