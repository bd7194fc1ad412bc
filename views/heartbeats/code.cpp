// What the three languages share: which layers, which numbers, which sentences.
#include "views/heartbeats/code_writer.h"

#include <algorithm>

#include "engine/core/number.h"

namespace vitrine::views::heartbeats {

namespace {

// Paths, the foremost first.
std::string controls_of(const nn::Layer& layer) {
  if (layer.name() == kCodeLayer || layer.name() == kCentreLayer) return "model.code";
  if (layer.name() == "noise") return "model.noise";
  if (layer.name() == "rebuilt" || layer.name() == "curve") return "model.output";
  return "model.activation model.layers model.form learning.penalty learning.penalty_rate";
}

}  // namespace

JudgingLayers judging_layers(const Autoencoder& model) {
  JudgingLayers found;
  bool squeezed = false;  // the code is passed
  for (const nn::Layer& layer : model.whole.layers()) {
    const bool chance =
        layer.kind().name == "InputLayer" || std::ranges::find(kChanceLayers, layer.name()) != std::end(kChanceLayers);
    const bool sum_of_chance = layer.name() == kCodeLayer && layer.weights().empty();
    if (chance || sum_of_chance) continue;
    (squeezed ? found.decode : found.encode).push_back(layer);
    squeezed = squeezed || layer.name() == kCodeLayer || layer.name() == kCentreLayer;
  }
  return found;
}

std::vector<nn::Layer> JudgingLayers::all() const {
  std::vector<nn::Layer> both = encode;
  both.insert(both.end(), decode.begin(), decode.end());
  return both;
}

std::vector<CodeWriter::Weight> CodeWriter::weights() const {
  std::vector<Weight> all;
  for (const nn::Layer& layer : layers_.all())
    for (const nn::WeightSpec& spec : layer.weights())
      all.push_back({program_.weights.read(layer.name() + "/" + spec.name), spec.shape});
  return all;
}

std::string CodeWriter::optimiser() const {
  return optimiser_call(language(), optimiser_of(program_.settings));
}

void CodeWriter::layer_lines(std::string_view indent, const std::vector<nn::Layer>& layers) {
  for (const nn::Layer& layer : layers) {
    about(controls_of(layer));
    line(std::string(indent) + layer_call(language(), layer) + ",");
  }
  about();
}

bool CodeWriter::too_many_weights() {
  const bool many = program_.weights.parameters() > kMostWeights;
  if (many) note("There are too many weights to write them out: others are drawn.");
  return many;
}

void CodeWriter::notes_on_training() {
  const Settings& s = program_.settings;
  note("Rows to learn from: a file, one beat a line, numbers by commas.");
  if (s.form == ModelForm::variational)
    note("In Vitrine the code is drawn from a cloud while the network learns; here it is always its centre.");
  if (s.contamination > 0) note("In Vitrine " + to_text(s.contamination) + " % of these rows are anomalies.");
}

ProgramText write_program(Language language, const Program& program) {
  return write_in(language, program, write_tensorflow_js, write_keras, write_cpp);
}

}  // namespace vitrine::views::heartbeats
