// The experiment as a program in another language: points, features, network, loss and rule as they are set, with the
// weights that the run began with, or those that it has now.
#pragma once

#include <vector>

#include "views/playground/model.h"
#include "views/playground/points.h"
#include "views/program.h"

namespace vitrine::views::playground {

struct Program {
  const Settings& settings;
  const Points& points;
  const NetShape& shape;
  const std::vector<int>& inputs;  // which features they are
  const learn::Optimiser& optimiser;
  std::vector<std::vector<float>> numbers;  // weights and bias of each layer in turn; none: too many, or not finite
  std::vector<std::vector<float>> live;     // of each layer's links; none: all of them are
  std::int64_t epochs = 0;                  // to train; 0: the numbers are learnt already
};
ProgramText write_program(Language language, const Program& program);

}  // namespace vitrine::views::playground
