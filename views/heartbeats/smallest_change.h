// The smallest change that would let a flagged beat pass: of all beats with an error up to the threshold the one that
// lies nearest. It is found along the gradient of the error, which the engine differentiates through the network.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/graph/plan.h"
#include "engine/nn/weights.h"

namespace vitrine::views::heartbeats {

struct Slope {  // of the error, at one beat
  double score = 0;
  std::vector<float> gradient;  // by each value of the beat
};
using SlopeAt = std::function<Slope(std::span<const float> beat)>;

// The error of one beat and its gradient, with the weights of the moment.
class ScoreSlope {
 public:
  ScoreSlope(const nn::Model& autoencoder, const nn::Weights& weights);
  Slope operator()(std::span<const float> beat);

 private:
  std::vector<float> beat_;
  Plan plan_;
};

struct Change {
  std::vector<float> beat;  // as it would have to be
  double size = 0;          // length of the change: the root of its sum of squares
  double score = 0;         // of the changed beat
};

// `passing` are beats that pass, or might: ways to start from when the straight way ends in front of a wall. Nothing
// where neither leads below the threshold. The answer depends on nothing but the arguments.
std::optional<Change> smallest_change(const SlopeAt& slope_at, std::span<const float> beat, double threshold,
                                      std::span<const std::vector<float>> passing);

}  // namespace vitrine::views::heartbeats
