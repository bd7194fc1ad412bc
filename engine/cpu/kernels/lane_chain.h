// A body over a few lanes at a time, all of its steps while they are in registers: what a step leaves, the next one
// finds there. For few lanes this costs a fraction of a loop for each step; for many the loops win, because they look
// at each step once.
#pragma once

#include "engine/cpu/kernels/lane_steps.h"
#include "engine/cpu/kernels/micro.h"
#include "engine/cpu/kernels/step.h"

namespace vitrine::cpu {

// Worth a copy of its own within the chain; the others go through memory.
constexpr bool is_short(Micro micro) {
  switch (micro) {
    case Micro::add:
    case Micro::sub:
    case Micro::mul:
    case Micro::div:
    case Micro::neg:
    case Micro::square:
    case Micro::abs:
    case Micro::maximum:
    case Micro::minimum:
    case Micro::sqrt:
    case Micro::relu:
    case Micro::sign:
    case Micro::greater:
    case Micro::greater_equal:
    case Micro::where:
      return true;
    default:
      return false;
  }
}

template <int n>
struct ChainedLanes {
  lanes::Lane16 of[n];
};

// A step that is not short: its loop is elsewhere.
template <int n>
VITRINE_INLINE ChainedLanes<n> through_memory(Micro micro, const ChainedLanes<n>& x, const ChainedLanes<n>& y,
                                              const ChainedLanes<n>& z) {
  constexpr int kFloats = n * lanes::kLanes;
  float memory[4][kFloats];
  for (int i = 0; i < n; ++i) {
    lanes::store(memory[0] + i * lanes::kLanes, x.of[i]);
    lanes::store(memory[1] + i * lanes::kLanes, y.of[i]);
    lanes::store(memory[2] + i * lanes::kLanes, z.of[i]);
  }
  run_step(micro, memory[3], memory[0], memory[1], memory[2], kFloats);
  ChainedLanes<n> result;
  for (int i = 0; i < n; ++i) result.of[i] = lanes::load(memory[3] + i * lanes::kLanes);
  return result;
}

// `Place` says where the body's inputs are and where its result goes, by lane.
template <int n, class Place>
VITRINE_INLINE void run_chain(const MicroStep* body, int length, const Place& place) {
  ChainedLanes<n> last{}, left[kMostLaneSteps];
  int before = kMostLaneSteps;  // none yet
  for (int s = 0; s < length; before = s++) {
    const auto taken = [&](int index) __attribute__((always_inline)) {
      if (index == before) return last;
      if (index >= 0) return left[index];
      ChainedLanes<n> lanes;
#pragma GCC unroll 4
      for (int i = 0; i < n; ++i) lanes.of[i] = place.input(-1 - index, i);
      return lanes;
    };
    const MicroStep step = body[s];
    with_micro(
        step.micro, [&]<Micro micro>() __attribute__((always_inline)) {
          const ChainedLanes<n> x = taken(step.a);
          ChainedLanes<n> y = x, z = x;
          if constexpr (inputs_of(micro) > 1) y = taken(step.b);
          if constexpr (inputs_of(micro) > 2) z = taken(step.c);
          if constexpr (is_short(micro)) {
#pragma GCC unroll 4
            for (int i = 0; i < n; ++i) last.of[i] = micro_of<micro>(x.of[i], y.of[i], z.of[i]);
          } else {
            last = through_memory(micro, x, y, z);
          }
        });
    left[s] = last;
  }
#pragma GCC unroll 4
  for (int i = 0; i < n; ++i) place.leave(i, last.of[i]);
}

}  // namespace vitrine::cpu
