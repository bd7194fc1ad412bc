// An Examination is what happens inside a model in one step, as numbers: how the answers of its layers and the
// gradients there are spread, which units are dead, how far each weight would move for its size. It looks and moves
// nothing.
#pragma once

#include "engine/learn/trainer.h"

namespace vitrine::learn {

// How a set of numbers is spread. Those that are none (NaN, infinite) are counted and otherwise left out.
struct Spread {
  std::int64_t count = 0, broken = 0;
  double mean = 0, deviation = 0, least = 0, most = 0, norm = 0;
  double zeros = 0;  // share
};
Spread spread_of(std::span<const float> values);

struct LayerExamined {
  std::string name;
  Spread answers, gradients;         // of the loss with respect to the answers
  std::int64_t units = 0, dead = 0;  // along the last axis; dead: 0 for every sample, everywhere
};
struct WeightExamined {
  std::string name;
  Spread values, gradients;
  double update_ratio = 0;  // |Δw| / |w|, as the next step would move it; healthy is about a thousandth
};
struct Examination {
  Logs readings;
  std::vector<LayerExamined> layers;  // in the order in which they are called
  std::vector<WeightExamined> weights;
};

// Looks at batches of one size; made once, used often.
class Examiner {
 public:
  explicit Examiner(Trainer& trainer) : trainer_(trainer) {}
  Examination operator()(const Data& batch);
  void retrace() { batch_.reset(); }  // after the trainer was compiled anew or retraced

 private:
  Trainer& trainer_;
  std::optional<BatchPlan> batch_;
};

}  // namespace vitrine::learn
