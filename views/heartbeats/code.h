// The experiment as a program in another language: encoder and decoder as they are set, trained on rows of a file or
// with the weights that the run has now, and one beat judged by them.
#pragma once

#include <vector>

#include "engine/nn/weights.h"
#include "views/heartbeats/model.h"
#include "views/program.h"

namespace vitrine::views::heartbeats {

// The layers that judge a beat, in order. Those that only bring chance into training are left out.
struct JudgingLayers {
  std::vector<nn::Layer> encode, decode;
  std::vector<nn::Layer> all() const;
};
JudgingLayers judging_layers(const Autoencoder& model);

struct Program {
  const Settings& settings;
  const Autoencoder& model;
  const nn::Weights& weights;
  const datasets::Scaling& scaling;
  std::span<const float> beat;  // as the network sees it
  double threshold = 0;
  bool learnt = false;  // the weights are in the program; else it trains
};
ProgramText write_program(Language language, const Program& program);

}  // namespace vitrine::views::heartbeats
