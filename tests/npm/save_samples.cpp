// save_samples FOLDER GOLDEN: saves models in every form there is, each with what it answers, for load_saved.js:
// samples made here, packed and in training, and every layer and model of the golden files as it was read.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/models/json.h"
#include "engine/models/save.h"
#include "engine/models/topology.h"
#include "tests/npm/sample_models.h"

namespace vitrine {
namespace {

using learn::Rows;
using nn::Config;

constexpr std::int64_t kRows = 3;
constexpr int kSteps = 3;  // before the training is saved

Config written(const std::vector<Rows>& all) {
  Config::List list;
  for (const Rows& rows : all) {
    Config::List shape{rows.count()}, data;
    for (const std::int64_t extent : rows.sample().extents()) shape.emplace_back(extent);
    for (const float value : rows.values()) data.emplace_back(static_cast<double>(value));
    list.push_back(Config::Record{{"shape", std::move(shape)}, {"data", std::move(data)}});
  }
  return list;
}

std::vector<float> floats_in(const Config& config) {
  std::vector<float> values;
  for (const Config& value : *config.find("data")->list()) {
    const double* number = value.number();
    values.push_back(number != nullptr ? static_cast<float>(*number) : 0);
  }
  return values;
}

Rows rows_in(const Config& config) {
  Integers sample;
  for (const Config& extent : *config.find("shape")->list())
    sample.push_back(static_cast<std::int64_t>(*extent.number()));
  sample.erase(sample.begin());
  return {Shape(sample), floats_in(config)};
}

std::vector<Rows> rows_in_list(const Config& list) {
  std::vector<Rows> rows;
  for (const Config& each : *list.list()) rows.push_back(rows_in(each));
  return rows;
}

// Whole numbers for an embedding: they are places in its table.
std::vector<Rows> inputs_for(const nn::Model& model) {
  const bool whole = model.name() == "recurrent";
  std::vector<Rows> inputs;
  for (const nn::Form& form : model.inputs()) {
    const Shape sample{std::span<const std::int64_t>(form.extents).subspan(1)};
    std::vector<float> values = samples::numbers(static_cast<std::size_t>(sample.elements() * kRows),
                                                 99 + static_cast<std::uint32_t>(inputs.size()));
    for (float& value : values) value = whole ? std::floor(value * 10 + 5) : 2 * value;
    inputs.emplace_back(sample, std::move(values));
  }
  return inputs;
}

class Gallery {
 public:
  explicit Gallery(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }
  Backend& backend() { return *backend_; }
  const std::filesystem::path& folder() const { return folder_; }

  // What is expected is what the saved file answers here: packing moves weights.
  void add(const std::string& name, const nn::Model& model, const nn::Weights& weights, const std::vector<Rows>& inputs,
           const models::SaveOptions& options = {}) {
    models::save(model, weights, folder_ / name, options);
    const models::LayersModel loaded = models::load(*backend_, folder_ / name);
    expect(name, inputs, learn::Predictor(loaded.model, loaded.weights)(inputs));
  }

  // A few steps, and one more of what was loaded.
  void add_trained(const std::string& name, const nn::Model& model, nn::Weights& weights, learn::Recipe recipe) {
    learn::Data data{inputs_for(model), {}};
    for (const nn::Form& form : model.outputs()) {
      const Shape sample{std::span<const std::int64_t>(form.extents).subspan(1)};
      data.y.emplace_back(sample, samples::numbers(static_cast<std::size_t>(sample.elements() * kRows), 5));
    }
    learn::Trainer trainer(model, weights, std::move(recipe));
    for (int step = 0; step < kSteps; ++step) trainer.train_on_batch(data);
    models::save(model, weights, folder_ / name, {.trainer = &trainer});
    const std::vector<Rows> outputs = trainer.predict(data.x);
    trainer.train_on_batch(data);
    expect(name, data.x, outputs, {{"labels", written(data.y)}, {"after", written(trainer.predict(data.x))}});
  }

  void expect(const std::string& name, const std::vector<Rows>& inputs, const std::vector<Rows>& outputs,
              Config::Record more = {}) {
    more.emplace_back("inputs", written(inputs));
    more.emplace_back("outputs", written(outputs));
    write_file(folder_ / name / "expected.json", models::json_text(std::move(more)));
  }

 private:
  std::filesystem::path folder_;
  std::shared_ptr<Backend> backend_ = open_device("cpu");
};

void add_in_every_packing(Gallery& gallery, const std::string& name, const nn::Model& model, const nn::Weights& weights,
                          const std::vector<Rows>& inputs, models::SaveOptions options) {
  using models::Packing;
  for (const Packing packing : {Packing::none, Packing::uint8, Packing::uint16, Packing::float16}) {
    options.packing = packing;
    gallery.add(name + "." + std::string(name_of(packing)), model, weights, inputs, options);
  }
}

void add_samples(Gallery& gallery) {
  for (const samples::Sample& sample : samples::all()) {
    const nn::Model model = sample.model();
    nn::Weights weights(gallery.backend(), model, 1);
    samples::fill(weights);
    add_in_every_packing(gallery, std::string(sample.name), model, weights, inputs_for(model), {.shard_bytes = 100});
  }
}

// Every optimiser whose numbers TensorFlow.js takes back. Centred means of squares are left out: the root that it takes
// of them is NaN wherever a gradient is nearly zero.
void add_trainings(Gallery& gallery) {
  using namespace learn::optimisers;
  const std::pair<std::string_view, learn::Optimiser> optimisers[] = {
      {"sgd", Sgd(0.1)},          {"momentum", Momentum(0.1)}, {"nesterov", Momentum(0.1, {{"use_nesterov", true}})},
      {"rmsprop", RmsProp(0.01)}, {"adagrad", Adagrad(0.1)},   {"adadelta", Adadelta(1.0)},
      {"adam", Adam(0.01)}};
  for (const samples::Sample& sample : samples::all()) {
    const nn::Model model = sample.model();
    for (const auto& [name, optimiser] : optimisers) {
      nn::Weights weights(gallery.backend(), model, 1);
      samples::fill(weights);
      gallery.add_trained(std::string(sample.name) + "." + std::string(name), model, weights,
                          {.optimiser = optimiser, .loss = {"meanSquaredError"}, .constraints = false});
    }
  }
}

bool fits(const nn::Model& model, const std::vector<Rows>& inputs) {
  return std::ranges::equal(model.inputs(), inputs, [](const nn::Form& form, const Rows& rows) {
    return std::ranges::equal(std::span(form.extents).subspan(1), rows.sample().extents(),
                              [](std::int64_t known, std::int64_t is) { return known == nn::kUnknown || known == is; });
  });
}

// These must answer as TensorFlow.js did before they were read and saved, but for layers that were called as no model
// can be: in training, or with other forms than they said.
void add_golden_layers(Gallery& gallery, const std::filesystem::path& file) {
  const Config corpus = models::parse_json(file.string(), read_file(file, limits::kModelTextBytes));
  for (const Config& each : *corpus.find("cases")->list()) {
    const nn::Model model = models::model_of(*each.find("topology"));
    const std::vector<Rows> inputs = rows_in_list(*each.find("inputs"));
    if (*each.find("training")->truth() || !fits(model, inputs)) continue;
    nn::Weights weights(gallery.backend(), model, 1);
    for (const Config& weight : *each.find("weights")->list())
      weights.write(*weight.find("name")->text(), floats_in(weight));
    std::string name = *each.find("id")->text();
    std::ranges::replace(name, '/', '.');
    models::save(model, weights, gallery.folder() / ("layer." + name));
    gallery.expect("layer." + name, inputs, rows_in_list(*each.find("outputs")));
  }
}

void add_golden_models(Gallery& gallery, const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::filesystem::path given = entry.path() / "input.json";
    if (!std::filesystem::exists(given)) continue;
    const models::LayersModel loaded = models::load(gallery.backend(), entry.path());
    const Config input = models::parse_json(given.string(), read_file(given, limits::kModelTextBytes));
    add_in_every_packing(gallery, "model." + entry.path().filename().string(), loaded.model, loaded.weights,
                         rows_in_list(*input.find("inputs")), {});
  }
}

int save_all(const std::filesystem::path& folder, const std::filesystem::path& golden) {
  std::filesystem::remove_all(folder);
  Gallery gallery(folder);
  add_samples(gallery);
  add_trainings(gallery);
  add_golden_layers(gallery, golden / "layers.json");
  add_golden_models(gallery, golden / "models");
  return 0;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** words) {
  if (count != 3) return std::fputs("save_samples FOLDER GOLDEN\n", stderr), 2;
  try {
    return vitrine::save_all(words[1], words[2]);
  } catch (const vitrine::Error& error) {
    std::fprintf(stderr, "save_samples: %s\n", error.what());
    return 1;
  }
}
