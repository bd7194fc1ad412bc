// vitrine convert: a model as another file, smaller if it is to be packed, and how far its answers are then.
#include <algorithm>
#include <limits>

#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/models/probe.h"
#include "engine/models/save.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kProbes = 16;

models::Packing packing_named(const std::string& name) {
  using models::Packing;
  for (const Packing packing : {Packing::none, Packing::float16, Packing::uint16, Packing::uint8}) {
    if (name == name_of(packing)) return packing;
  }
  throw UsageError({"--quantize", "is none of the packings that there are", "none, float16, uint16 or uint8",
                    name.substr(0, 80), "Choose one of them."});
}

// What the ending of a file says where nobody says it.
std::string target_of(const std::string& said, const std::filesystem::path& out) {
  if (!said.empty()) return said;
  if (out.extension() == ".keras") return "keras";
  return out.extension() == ".h5" || out.extension() == ".hdf5" ? "keras-h5" : "tfjs";
}

void expect_writable(const std::string& target, bool per_channel) {
  if (target != "tfjs" && target != "keras-h5" && target != "keras") {
    throw UsageError(
        {"--to", "is no format of models", "tfjs, keras-h5 or keras", target.substr(0, 80), "Choose one of them."});
  }
  if (target != "tfjs") {
    throw UnsupportedOp({"--to " + target, "is a format that is not written here", "tfjs, which is", target,
                         "Convert to tfjs; the converter of TensorFlow.js makes a Keras file of that."});
  }
  if (per_channel) {
    throw UnsupportedOp({"--per-channel", "is more than a model of TensorFlow.js can say: it has one scale a weight",
                         "a scale for each weight", "a scale for each channel", "Leave it out."});
  }
}

// The folder that is written; model.json in it may be meant by its own name.
std::filesystem::path folder_of(const std::filesystem::path& out) {
  if (out.extension() != ".json") return out;
  if (out.filename() == "model.json") return out.has_parent_path() ? out.parent_path() : ".";
  throw UsageError({"OUT", "has a name that such a file never has", "a folder, or model.json in it",
                    out.filename().string().substr(0, 80), "Name the folder."});
}

std::int64_t bytes_of(const std::filesystem::path& model) {
  std::int64_t bytes = 0;
  for (const auto& file : models::files_of(model)) bytes += static_cast<std::int64_t>(std::filesystem::file_size(file));
  return bytes;
}

// How it was trained goes along where that can be said again.
void save(models::LayersModel& loaded, const std::filesystem::path& folder, models::SaveOptions options) {
  if (loaded.training.nothing()) return models::save(loaded.model, loaded.weights, folder, options);
  std::unique_ptr<learn::Trainer> trainer;
  try {
    const models::Training training = models::training_of(loaded);
    trainer = std::make_unique<learn::Trainer>(loaded.model, loaded.weights, training.recipe);
    trainer->restore(training.state);
  } catch (const Error& error) {
    complain(std::string("How the model was trained is left out. ") + error.what());
    trainer.reset();
  }
  options.trainer = trainer.get();
  models::save(loaded.model, loaded.weights, folder, options);
}

std::vector<learn::Rows> answers(const models::LayersModel& loaded, const std::vector<learn::Rows>& probes) {
  return learn::Predictor(loaded.model, loaded.weights)(probes, probes[0].count());
}

}  // namespace

int convert(const Options& options) {
  const models::Packing packing = packing_named(options.packing);
  expect_writable(target_of(options.target, options.out), options.per_channel);
  const std::filesystem::path folder = folder_of(options.out);
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  models::LayersModel loaded = models::load(*backend, options.model);
  const std::int64_t bytes_in = bytes_of(options.model);
  const std::vector<learn::Rows> probes = models::probes_for(loaded.model, kProbes, options.seed);
  const std::vector<learn::Rows> before = answers(loaded, probes);
  save(loaded, folder, {.packing = packing});
  const std::vector<learn::Rows> after = answers(models::load(*backend, folder), probes);
  print(options.json, Line{{"bytes_in", bytes_in},
                           {"bytes_out", bytes_of(folder)},
                           {"max_difference", models::largest_difference(before, after)},
                           {"probes", probes[0].count()}});
  return 0;
}

}  // namespace vitrine::cli
