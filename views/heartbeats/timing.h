// Timing repeats the chart of the talk in which this model was first shown: how long 20 epochs over 2,600 rows take,
// and how long the judging of 500, on the machine that stands here. Once says little; what counts is how the runs are
// spread.
#pragma once

#include <vector>

#include "engine/tensor/backend.h"

namespace vitrine::views::heartbeats {

inline constexpr int kTimedEpochs = 20, kTimedRows = 2600, kTimedJudged = 500;

struct TimingRuns {
  int trainings = 15, judgings = 101;
};
struct Timing {
  std::vector<float> training_ms, judging_ms;  // of each run, in order
};
Timing time_here(Backend& backend, const TimingRuns& runs);

}  // namespace vitrine::views::heartbeats
