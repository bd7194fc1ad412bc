// The layers of both halves of an autoencoder, for each form it may have: units that see the whole beat, or filters
// that move along it.
#pragma once

#include <vector>

#include "engine/nn/layer.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

// From the beat up to the code, which the model adds; and from the code to the rebuilt beat.
struct Halves {
  std::vector<nn::Layer> encode, decode;
};

// As in the published demo, regularisation is on hidden layers alone.
Halves dense_halves(const Settings& settings, int width);
// Each layer of the encoder halves the length, each of the decoder doubles it; units are filters.
Halves filter_halves(const Settings& settings, int width);

}  // namespace vitrine::views::heartbeats
