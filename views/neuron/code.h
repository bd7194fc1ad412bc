// The fit as a program in another language: the same blocks, points, optimiser and rate as TensorFlow.js, Keras and our
// own C++. Each block is a line of its own, named by its number, so that a moved wire changes the line it belongs to.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "views/neuron/graph.h"

namespace vitrine::learn {
struct OptimiserKind;
}

namespace vitrine::views::neuron {

inline constexpr int kLessonSteps = 300;  // how far the programs go

std::span<const learn::OptimiserKind* const> fit_optimisers();  // those that all three languages have

struct CodeText {
  Language language = Language::tensorflow_js;
  std::vector<std::string> lines;
  int formula = 0;  // the line where the blocks begin
};

struct Program {
  const Blocks& blocks;  // checked
  const Wiring& wiring;
  std::span<const float> x, y;
  std::string_view optimiser;
  double rate = 0, start = 0;
};
CodeText write_code(Language language, const Program& program);

}  // namespace vitrine::views::neuron
