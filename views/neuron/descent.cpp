// Steps, whole or in part.
#include "views/neuron/descent.h"

namespace vitrine::views::neuron {

std::int64_t Descent::advance(std::stop_token stop, const work::Budget& budget) {
  constexpr std::int64_t kStepsPerLook = 16;  // between two looks at the clock: some microseconds
  std::int64_t done = 0;
  while (done < budget.steps && may_step()) {
    if (done % kStepsPerLook == 0 && done > 0) {
      if (stop.stop_requested()) break;
      if (budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline) break;
    }
    plan_->run(inside_, segments() - 1);
    finish_step();
    ++done;
  }
  rested();
  return done;
}

void Descent::advance_segment() {
  plan_->run(inside_, inside_);
  stops_ |= 1u << inside_;
  if (++inside_ < segments()) return;
  finish_step();
  rested();
}

void Descent::finish_step() {
  inside_ = 0;
  ++step_;
  stepped();
}

}  // namespace vitrine::views::neuron
