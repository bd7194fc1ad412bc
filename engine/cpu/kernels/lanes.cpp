// Runs lane programs: each step a short loop over columns, no pool, no allocation.
#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

void prepare_lanes(Call&) noexcept {}

void run_step(const LaneStep& step, LaneTile tile, float* workspace) {
  switch (step.kind) {
    case LaneStep::Kind::load:
      return lane_load(step, tile);
    case LaneStep::Kind::dense:
      return lane_dense(step);
    case LaneStep::Kind::rows:
      return lane_rows(step, tile);
    case LaneStep::Kind::spread:
      return lane_spread(step, tile);
    case LaneStep::Kind::outer:
      return lane_outer(step, tile, workspace);
    case LaneStep::Kind::fold:
      return lane_fold(step, tile);
    case LaneStep::Kind::across:
      return lane_across(step);
    case LaneStep::Kind::body:
      return lane_body(step, tile);
    case LaneStep::Kind::flat:
      if (tile.last) lane_flat(step);
      return;
    case LaneStep::Kind::store:
      return lane_store(step, tile);
  }
}

void run_lanes(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto& program = call.found<LaneProgram>();
  for (std::int64_t sample = 0; sample < program.samples; sample += program.tile) {
    const std::int64_t left = program.samples - sample;
    const LaneTile tile{sample, static_cast<int>(left < program.tile ? left : program.tile), left <= program.tile};
    for (std::int64_t step = first; step < last; ++step) run_step(program.steps[step], tile, program.workspace);
  }
}

const Registration kLanesKernel("lanes", prepare_lanes, run_lanes);

}  // namespace
}  // namespace vitrine::cpu
