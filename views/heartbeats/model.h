// The autoencoder of Heartbeats: an encoder down to the code, and a decoder that mirrors it. The decoder is a model of
// its own on the same weights, so that any point of the code can be decoded.
#pragma once

#include <string>
#include <vector>

#include "engine/learn/data.h"
#include "engine/learn/objective.h"
#include "engine/learn/optimiser.h"
#include "engine/nn/model.h"
#include "views/heartbeats/beats.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

struct Autoencoder {
  nn::Model whole, decoder;
  std::vector<int> units;  // of every layer, the input first
  std::size_t code = 0;    // which of them is the code
};

inline constexpr std::string_view kCodeLayer = "code", kCentreLayer = "centre", kCloudLayer = "cloud";
// Of a variational autoencoder: what only matters while it learns.
inline constexpr std::string_view kChanceLayers[] = {"spread", "nothing", "chance", "moved", kCloudLayer};

std::vector<learn::Objective> losses_of(const Settings& settings);  // one for each output
// Rows of a width, one behind the other, and what is to come out of them.
learn::Data data_of(const Settings& settings, std::size_t width, const std::vector<float>& rows);
Autoencoder make_autoencoder(const Settings& settings, std::size_t width);
bool same_model(const Settings& a, const Settings& b);
learn::Optimiser optimiser_of(const Settings& settings);
void apply_preset(Preset preset, Settings& settings);

}  // namespace vitrine::views::heartbeats
