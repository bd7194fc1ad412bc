// The Inside of an autoencoder while one beat goes through it: what every unit answers, which weights lead from layer
// to layer, and how hard that beat would pull at them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/learn/examine.h"
#include "views/heartbeats/code.h"

namespace vitrine::views::heartbeats {

struct Inside {
  struct Layer {
    std::string name = {};
    std::vector<float> answers = {};
    std::vector<float> weights =
        {};               // from the units of the layer before, row by row; empty: filters, or the beat itself
    double gradient = 0;  // norm of the gradient of its weights, for this beat alone
  };
  std::size_t beat = 0;  // of the validation rows
  bool has_gradients = false;
  std::vector<Layer> layers = {};  // the beat first
};

// Without an examiner there are no gradients: a step is under way, whose numbers must stay.
Inside look_inside(const Settings& settings, const Beats& beats, std::size_t beat, const Autoencoder& model,
                   const nn::Weights& weights, learn::Predictor& predictor, learn::Examiner* examiner);

}  // namespace vitrine::views::heartbeats
