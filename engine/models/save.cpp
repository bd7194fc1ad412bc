// Weights in the order of files: what is trained, what is not, then the optimiser's.
#include "engine/models/save.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/hash.h"
#include "engine/core/model_limits.h"
#include "engine/core/number.h"
#include "engine/models/json.h"
#include "engine/models/packing.h"
#include "engine/models/slot_order.h"

namespace vitrine::models {
namespace {

using nn::Config;

struct Blob {
  std::string bytes;
  Config::List manifest;

  void add(StoredWeight weight, std::span<const float> values) {
    const bool steps = weight.packing == Packing::uint8 || weight.packing == Packing::uint16;
    if (steps && !std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) {
      throw UsageError({weight.name, "has numbers that no step reaches", "finite numbers", "infinity or NaN",
                        "Save the model without packing."});
    }
    bytes += packed(weight, values);
    Config::Record entry{
        {"name", weight.name}, {"shape", weight.spec.shape.extents()}, {"dtype", name_of(weight.spec.dtype)}};
    if (weight.of_optimiser) entry.emplace_back("group", "optimizer");
    if (weight.packing != Packing::none) {
      Config::Record packing{{"dtype", name_of(weight.packing)}, {"original_dtype", "float32"}};
      if (weight.packing != Packing::float16) {
        packing.emplace_back("scale", weight.scale);
        packing.emplace_back("min", weight.least);
      }
      entry.emplace_back("quantization", std::move(packing));
    }
    manifest.push_back(std::move(entry));
  }
};

void add_model(Blob& blob, const nn::Weights& weights, Packing packing) {
  using Role = nn::WeightSpec::Role;
  for (const Role role : {Role::trained, Role::statistic}) {
    for (const nn::Weights::Entry& entry : weights.entries()) {
      if (entry.spec().role != role) continue;
      blob.add({entry.name, {DType::float32, entry.spec().shape}, packing}, weights.read(entry.name));
    }
  }
}

void add_optimiser(Blob& blob, const learn::Trainer& trainer, const nn::Weights& weights) {
  const learn::TrainingState state = trainer.save();
  const learn::Optimiser& optimiser = trainer.recipe().optimiser;
  Slab slots = learn::make_slots(weights.backend(), optimiser, learn::moved_weights(weights));
  slots.restore(state.slots);
  const auto steps = static_cast<float>(state.step);
  blob.add({"iter", {DType::int32, {}}, Packing::none, 1, 0, true}, {&steps, 1});
  const std::vector<learn::Moved> moved = moved_in_file_order(trainer.model(), weights);
  for (const learn::Slot& slot : optimiser.slots()) {
    for (const learn::Moved& weight : moved) {
      const Region& region = slots.region(learn::slot_name(weight.name, slot));
      std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
      slots.read(region, values);
      blob.add({region.name, {DType::float32, region.shape}, Packing::none, 1, 0, true}, values);
    }
  }
}

Config training_config(const learn::Recipe& recipe) {
  Config::List losses, metrics;
  for (const learn::Objective& loss : recipe.loss) losses.emplace_back(loss.name);
  for (const learn::Objective& metric : recipe.metrics) metrics.emplace_back(metric.name);
  return Config::Record{{"loss", losses.size() == 1 ? losses[0] : Config(losses)},
                        {"metrics", std::move(metrics)},
                        {"optimizer_config", learn::config_of(recipe.optimiser)}};
}

// The shards that the model in the folder names; none where there is none that can be read.
std::set<std::filesystem::path> shards_in(const std::filesystem::path& folder) {
  try {
    const std::vector<std::filesystem::path> files = files_of(folder);
    return {files.begin() + 1, files.end()};
  } catch (const Error&) {
    return {};  // what is replaced need not have been whole
  }
}

Config::List write_shards(const std::filesystem::path& folder, std::string_view bytes, std::size_t size) {
  const std::size_t count = (bytes.size() + size - 1) / size;
  const std::string hash = Hasher().text(bytes).finish().hex();
  Config::List paths;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = [](std::size_t n) { return to_text(static_cast<std::int64_t>(n)); };
    const std::string name = "weights-" + hash.substr(0, 16) + "-shard" + number(i + 1) + "of" + number(count) + ".bin";
    write_file(folder / name, bytes.substr(i * size, size));
    paths.emplace_back(name);
  }
  return paths;
}

}  // namespace

void save(const nn::Model& model, const nn::Weights& weights, const std::filesystem::path& folder,
          const SaveOptions& options) {
  Blob blob;
  add_model(blob, weights, options.packing);
  if (options.trainer != nullptr) add_optimiser(blob, *options.trainer, weights);
  Config::Record record{{"format", "layers-model"}, {"generatedBy", "Vitrine"}, {"convertedBy", Config()}};
  if (options.trainer != nullptr) record.emplace_back("trainingConfig", training_config(options.trainer->recipe()));
  record.emplace_back("modelTopology", topology_of(model));

  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  std::set<std::filesystem::path> old = shards_in(folder);
  Config::List paths = write_shards(folder, blob.bytes, options.shard_bytes);
  for (const Config& path : paths) old.erase(folder / *path.text());
  record.emplace_back("weightsManifest",
                      Config::List{Config::Record{{"paths", std::move(paths)}, {"weights", std::move(blob.manifest)}}});
  write_file(folder / "model.json", json_text(std::move(record)));
  for (const std::filesystem::path& shard : old) std::filesystem::remove(shard, failed);
}

}  // namespace vitrine::models
