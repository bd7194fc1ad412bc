// Layers from settings, and the three presets.
#include "views/heartbeats/model.h"

#include <algorithm>
#include <tuple>

#include "engine/core/number.h"
#include "engine/nn/layers.h"

namespace vitrine::views::heartbeats {
namespace {

using nn::Layer;
using nn::Symbol;

nn::Named regulariser_of(const Settings& s) {
  if (s.penalty == Penalty::none) return {};
  const double l1 = s.penalty == Penalty::l2 ? 0 : s.penalty_rate, l2 = s.penalty == Penalty::l1 ? 0 : s.penalty_rate;
  return {{"kernel_regularizer",
           nn::Config::Record{{"class_name", "L1L2"}, {"config", nn::Config::Record{{"l1", l1}, {"l2", l2}}}}}};
}

Layer dense(int units, const std::string& name, const std::string& activation, const nn::Named& more = {}) {
  nn::Named named{{"name", name}, {"activation", activation}};
  named.insert(named.end(), more.begin(), more.end());
  return nn::layers::Dense(units, named);
}

Symbol through(Symbol x, const std::vector<Layer>& layers) {
  for (const Layer& layer : layers) x = layer(x);
  return x;
}

}  // namespace

Autoencoder make_autoencoder(const Settings& s, std::size_t width) {
  std::vector<int> sides;
  for (const HiddenLayer& layer : s.layers) sides.push_back(static_cast<int>(layer.units));
  const int code = static_cast<int>(s.code), beat_width = static_cast<int>(width);
  // As in the published demo, the penalty is on hidden layers alone.
  const nn::Named penalty = regulariser_of(s);
  std::vector<Layer> encode, decode;
  if (s.noise > 0) encode.push_back(nn::layers::GaussianNoise(s.noise, {{"name", "noise"}}));
  std::vector<int> units{beat_width};
  const auto numbered = [](const char* side, std::size_t i) {
    return side + to_text(static_cast<std::int64_t>(i) + 1);
  };
  for (std::size_t i = 0; i < sides.size(); ++i) {
    encode.push_back(dense(sides[i], numbered("encode", i), s.activation, penalty));
    units.push_back(sides[i]);
  }
  encode.push_back(dense(code, std::string(kCodeLayer), "linear"));
  units.push_back(code);
  for (std::size_t i = sides.size(); i-- > 0;) {
    decode.push_back(dense(sides[i], numbered("decode", i), s.activation, penalty));
    units.push_back(sides[i]);
  }
  decode.push_back(dense(beat_width, "rebuilt", s.output));
  units.push_back(beat_width);

  const Symbol beat = nn::input({beat_width}, "beat");
  nn::Model whole({beat}, {through(through(beat, encode), decode)}, "autoencoder");
  const Symbol point = nn::input({code}, "point");
  return {whole, nn::Model({point}, {through(point, decode)}, "decoder"), units, sides.size() + 1};
}

bool same_model(const Settings& a, const Settings& b) {
  const auto facts = [](const Settings& s) {
    return std::tie(s.layers, s.code, s.activation, s.output, s.noise, s.penalty, s.penalty_rate, s.start_seed);
  };
  return facts(a) == facts(b);
}

learn::Optimiser optimiser_of(const Settings& s) {
  learn::Optimiser optimiser = learn::optimiser_of(s.optimiser);
  optimiser.set(learn::kRate, s.rate);
  const auto reals = optimiser.reals();
  if (std::ranges::find(reals, "beta1") != reals.end()) optimiser.set("beta1", s.beta1);
  return optimiser;
}

// The published demo's sizes and recipe, the talk's sizes with the same, and what a search found
// (docs/heartbeats.md).
void apply_preset(Preset preset, Settings& s) {
  const Settings ours;
  if (preset == Preset::own) return;
  const bool published = preset != Preset::ours;
  s.layers = preset == Preset::original ? std::vector<HiddenLayer>{{7}, {3}}
             : preset == Preset::talk   ? std::vector<HiddenLayer>{{15}, {7}}
                                        : ours.layers;
  s.code = published ? 2 : ours.code;
  s.activation = published ? "relu" : ours.activation;
  s.output = published ? "sigmoid" : ours.output;
  s.scaling = published ? datasets::ScalingKind::range_per_step : ours.scaling;
  s.rate = published ? 0.01 : ours.rate;
  s.batch = published ? 512 : ours.batch;
  s.beta1 = published ? 0.5 : ours.beta1;
  s.train_rows = published ? 500 : ours.train_rows;
  s.optimiser = ours.optimiser;
  s.noise = ours.noise;
  s.penalty = ours.penalty;
}

}  // namespace vitrine::views::heartbeats
