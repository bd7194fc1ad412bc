// Replays the folder models: whole models as TensorFlow.js saved them, packed or not, with what they answered and what
// each layer did.
#include <algorithm>

#include "engine/models/layers_model.h"
#include "engine/nn/summary.h"
#include "tests/conformance/compare.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

std::vector<learn::Rows> inputs_of(const NamedNumbers& named) {
  std::vector<learn::Rows> inputs;
  for (const auto& [name, numbers] : named) inputs.push_back(rows_of(numbers));
  return inputs;
}

void expect_rows(const std::string& id, const std::string& what, const learn::Rows& got, const Numbers& wanted,
                 const Tolerance& tolerance, Backend& backend) {
  Integers extents{got.count()};
  extents.insert(extents.end(), got.sample().extents().begin(), got.sample().extents().end());
  const Tensor numbers = tensor(backend, got.values(), Shape(extents));
  compare(id, what, numbers, wanted, tolerance);
}

void check(const ModelCase& c, Backend& backend) {
  models::LayersModel loaded = models::load(backend, c.folder);
  learn::Predictor predict(loaded.model, loaded.weights);
  const std::vector<learn::Rows> inputs = inputs_of(c.inputs), outputs = predict(inputs);
  expect_count(c.id, "outputs", outputs.size(), c.outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    expect_rows(c.id, "output " + c.outputs[i].first, outputs[i], c.outputs[i].second, c.tolerance, backend);
  }
  const auto inside = predict.look_inside(inputs);
  for (const auto& [layer, wanted] : c.layers) {
    const auto found = std::ranges::find(inside, layer, &std::pair<std::string, learn::Rows>::first);
    if (found == inside.end()) throw Failure{c.id, "layer " + layer, "has no answer", {}, {}, {}};
    expect_rows(c.id, "layer " + layer, found->second, wanted, c.tolerance, backend);
  }
  const std::string summary = nn::text_of(nn::summarise(loaded.model));
  if (!c.summary.empty() && summary != c.summary) throw Failure{c.id, "summary", "differs", {}, summary, c.summary};
  if (!loaded.training.nothing()) {
    const models::Training training = models::training_of(loaded);
    learn::Trainer(loaded.model, loaded.weights, training.recipe).restore(training.state);
  }
}

}  // namespace

void replay_models(const Replay& replay) {
  for (const std::filesystem::path& folder : model_folders(replay.folder / "models")) {
    const std::string id = folder.filename().string();
    replay_case(replay, id, replay.skips.reason(id, id, true), [&] { check(read_model(folder), replay.backend); });
  }
}

}  // namespace vitrine::conformance
