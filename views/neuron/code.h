// The fit as a program in another language: the same blocks, points, optimiser and rate as TensorFlow.js, Keras and our
// own C++. Each block is a line of its own, named by its number, so that a moved wire changes the line it belongs to.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "views/neuron/graph.h"
#include "views/program.h"

namespace vitrine::views::neuron {

inline constexpr int kLessonSteps = 300;  // how far the programs go

std::span<const learn::OptimiserKind* const> fit_optimisers();  // those that all three languages have

struct Program {
  const Blocks& blocks;  // checked
  const Wiring& wiring;
  std::span<const float> x, y;
  std::string_view optimiser;
  double rate = 0, start = 0;
};
ProgramText write_code(Language language, const Program& program);  // it starts where the blocks begin

}  // namespace vitrine::views::neuron
