// The experiments. Rates of failure are those of the published statistics over seeds.
#include "views/playground/presets.h"

#include <algorithm>

#include "views/playground/controls.h"

namespace vitrine::views::playground {
namespace {

using Values = std::vector<std::pair<std::string_view, std::string_view>>;

const Values kSpiralSines{{"data.set", "spiral"},
                          {"features.sine_x1", "true"},
                          {"features.sine_x2", "true"},
                          {"network.layers", "[{units:8},{units:4}]"}};

std::vector<Preset> all_presets() {
  return {
      {"circle", "A closed line", "Four soft edges are enough to fence a circle in.", {}},
      {"line",
       "One line",
       "Without hidden layers a network draws one straight line; for two clouds that will do.",
       {{"data.set", "gauss"}, {"network.layers", "[]"}}},
      {"product",
       "Right feature",
       "With the product x1 x2 the hardest of small problems needs no hidden layer.",
       {{"data.set", "xor"},
        {"network.layers", "[]"},
        {"features.x1", "false"},
        {"features.x2", "false"},
        {"features.product", "true"}}},
      {"sines", "Good features", "With both sines nearly every run winds the spiral within 300 epochs.", kSpiralSines},
      {"deep",
       "Deep, not clever",
       "Three layers of eight find the spiral from x1 and x2 alone, in every second run.",
       {{"data.set", "spiral"}, {"network.layers", "[{units:8},{units:8},{units:8}]"}}},
      {"adam",
       "With a memory",
       "Adam takes the same spiral in a tenth of the epochs.",
       {{"data.set", "spiral"},
        {"network.layers", "[{units:8},{units:8}]"},
        {"learning.optimiser", "Adam"},
        {"learning.rate", "0.01"}}},
      {"overfit",
       "Learnt by heart",
       "The training loss falls and the test loss rises: there is noise, and it is learnt.",
       {{"data.set", "xor"}, {"data.noise", "25"}, {"network.layers", "[{units:8},{units:8}]"}, {"view.test", "true"}}},
      {"sparse",
       "Links that die",
       "L1 pulls links to zero until only those that are needed live.",
       {{"data.set", "circle"},
        {"features.x1_squared", "true"},
        {"features.x2_squared", "true"},
        {"learning.penalty", "L1"},
        {"learning.penalty_rate", "0.003"}}},
      {"arms",
       "Three classes",
       "Three outputs share their answers by softmax; the surest colours the field.",
       {{"data.set", "spiral-arms"},
        {"features.sine_x1", "true"},
        {"features.sine_x2", "true"},
        {"network.layers", "[{units:8},{units:8}]"},
        {"learning.loss", "cross_entropy"}}},
      {"hills",
       "Six hills",
       "Six hills to predict: look how slowly four units follow.",
       {{"data.set", "reg-gauss"}, {"network.layers", "[{units:8},{units:8}]"}}},
      {"rare",
       "A rare class",
       "One point in ten is orange: nearly all right is easy, and says little.",
       {{"data.set", "moons"}, {"data.balance", "12"}}},
      {"waves",
       "Sine units",
       "Units that wave instead of bending learn a checkerboard.",
       {{"data.set", "checkerboard"},
        {"learning.activation", "sine"},
        {"network.layers", "[{units:8},{units:8}]"},
        {"learning.optimiser", "Adam"},
        {"learning.rate", "0.01"}}},
      {"saturated",
       "Fails: saturated",
       "Squares reach 36, the output saturates, and 15 in 100 runs stay wrong: draw new weights.",
       {{"data.set", "circle"},
        {"features.x1", "false"},
        {"features.x2", "false"},
        {"features.x1_squared", "true"},
        {"features.x2_squared", "true"},
        {"network.layers", "[]"}}},
      {"too-small",
       "Fails: too small",
       "Six units cannot wind a spiral, however long they learn.",
       {{"data.set", "spiral"}}},
      {"dead",
       "Fails: dead units",
       "A ReLU that is zero everywhere learns nothing more: 18 in 100 runs fail.",
       {{"data.set", "xor"}, {"learning.activation", "relu"}}},
      {"too-much",
       "Fails: too much",
       "All seven features make the spiral less sure than four good ones.",
       {{"data.set", "spiral"},
        {"features.x1_squared", "true"},
        {"features.x2_squared", "true"},
        {"features.product", "true"},
        {"features.sine_x1", "true"},
        {"features.sine_x2", "true"},
        {"network.layers", "[{units:8},{units:8}]"}}},
      {"diverging",
       "Fails: too fast",
       "A rate of 3 with linear units: the weights leave all bounds within a few epochs.",
       {{"data.set", "reg-plane"}, {"learning.activation", "linear"}, {"learning.rate", "3"}}},
  };
}

}  // namespace

std::span<const Preset> presets() {
  static const std::vector<Preset> kAll = all_presets();
  return kAll;
}

const Preset* find_preset(std::string_view id) {
  const auto found = std::ranges::find(presets(), id, &Preset::id);
  return found == presets().end() ? nullptr : &*found;
}

void apply(const Preset& preset, Settings& settings) {
  Settings next;
  next.preset = preset.id;
  next.seed = settings.seed;
  next.table = settings.table;
  next.test = settings.test, next.discretise = settings.discretise, next.errors = settings.errors,
  next.flow = settings.flow, next.surface = settings.surface, next.turn = settings.turn, next.tilt = settings.tilt;
  next.instrument = settings.instrument, next.language = settings.language;
  next.learnt_weights = settings.learnt_weights;
  for (const auto& [path, value] : preset.settings) {
    control_table().set(&next, path, work::parse_value(value));
  }
  settings = std::move(next);
}

}  // namespace vitrine::views::playground
