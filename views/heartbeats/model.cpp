// The whole from its halves, what it is to learn, and the three presets.
#include "views/heartbeats/model.h"

#include <algorithm>
#include <tuple>

#include "engine/core/number.h"
#include "engine/nn/layers.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/exponential.h"
#include "engine/ops/reduction.h"
#include "views/heartbeats/layers.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr float kLeastVariance = 1e-8f;  // keeps the logarithm finite where a cloud has shrunk to a point

using nn::Layer;
using nn::Symbol;

Symbol through(Symbol x, const std::vector<Layer>& layers) {
  for (const Layer& layer : layers) x = layer(x);
  return x;
}

Layer code_layer(std::int64_t units, std::string_view name, const char* activation = "linear") {
  return nn::layers::Dense(units, {{"name", std::string(name)}, {"activation", activation}});
}

// The code of a variational autoencoder while it learns: a centre and, for each of its numbers, how far chance may move
// it. Without training chance is silent, and the code is the centre.
struct Cloud {
  Symbol code, form;
};
Cloud cloud_of(const Symbol& features, std::int64_t units) {
  const Symbol centre = code_layer(units, kCentreLayer)(features);
  const Symbol spread = code_layer(units, "spread", "softplus")(features);
  const Symbol nothing = nn::layers::Subtract({{"name", "nothing"}})({centre, centre});
  const Symbol chance = nn::layers::GaussianNoise(1, {{"name", "chance"}})(nothing);
  const Symbol moved = nn::layers::Multiply({{"name", "moved"}})({spread, chance});
  return {nn::layers::Add({{"name", std::string(kCodeLayer)}})({centre, moved}),
          nn::layers::Concatenate({{"name", std::string(kCloudLayer)}})({centre, spread})};
}

}  // namespace

Autoencoder make_autoencoder(const Settings& s, std::size_t width) {
  const int beat_width = static_cast<int>(width);
  Halves halves = s.form == ModelForm::convolutional ? filter_halves(s, beat_width) : dense_halves(s, beat_width);
  if (s.noise > 0) {
    halves.encode.insert(halves.encode.begin(), nn::layers::GaussianNoise(s.noise, {{"name", "noise"}}));
  }
  std::vector<int> units{beat_width};
  for (const HiddenLayer& layer : s.layers) units.push_back(static_cast<int>(layer.units));
  units.push_back(static_cast<int>(s.code));
  for (std::size_t i = s.layers.size() + 1; i-- > 0;) units.push_back(units[i]);

  const Symbol beat = nn::input({beat_width}, "beat"), features = through(beat, halves.encode);
  const Symbol point = nn::input({s.code}, "point");
  nn::Model decoder({point}, {through(point, halves.decode)}, "decoder");
  if (s.form == ModelForm::variational) {
    const Cloud cloud = cloud_of(features, s.code);
    nn::Model whole({beat}, {through(cloud.code, halves.decode), cloud.form}, "autoencoder");
    return {whole, decoder, units, s.layers.size() + 1};
  }
  const Symbol code = code_layer(s.code, kCodeLayer)(features);
  return {nn::Model({beat}, {through(code, halves.decode)}, "autoencoder"), decoder, units, s.layers.size() + 1};
}

// The second of a variational autoencoder: the divergence of each cloud from the standard one (Kingma and Welling
// 2013).
std::vector<learn::Objective> losses_of(const Settings& s) {
  std::vector<learn::Objective> losses{{"mean_squared_error"}};
  if (s.form != ModelForm::variational) return losses;
  const learn::Judge divergence = [](const Tensor&, const Tensor& cloud) {
    const std::vector<Tensor> parts = ops::split(cloud, 2, 1);
    const Tensor variance = ops::square(parts[1]);
    const Tensor least = like(variance, kLeastVariance), one = like(variance, 1);
    const Tensor each = ops::square(parts[0]) + variance - ops::log(variance + least) - one;
    return 0.5f * ops::sum(each, {1});
  };
  losses.push_back(learn::Objective("divergence", divergence).times(s.cloud));
  return losses;
}

learn::Data data_of(const Settings& s, std::size_t width, const std::vector<float>& values) {
  const learn::Rows rows({static_cast<std::int64_t>(width)}, values);
  if (s.form != ModelForm::variational) return {{rows}, {rows}};
  const std::vector<float> nothing(values.size() / width * 2 *
                                   static_cast<std::size_t>(s.code));  // is wanted of a cloud
  return {{rows}, {rows, learn::Rows({2 * s.code}, nothing)}};
}

bool same_model(const Settings& a, const Settings& b) {
  const auto facts = [](const Settings& s) {
    return std::tie(s.layers, s.code, s.activation, s.output, s.noise, s.penalty, s.penalty_rate, s.start_seed, s.form,
                    s.cloud);
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
  s.form = ours.form;
  s.penalty = ours.penalty;
}

}  // namespace vitrine::views::heartbeats
