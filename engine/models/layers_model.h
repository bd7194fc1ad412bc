// A layers model is a folder as TensorFlow.js and its converter write it: model.json with the topology, perhaps how it
// was trained, and files of weights beside it. Everything in it is hostile until it fits: what is wrong is an Error
// that names the file, and the layer or the weight.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/learn/trainer.h"
#include "engine/models/manifest.h"

namespace vitrine::models {

struct StoredNumbers {
  std::string name;
  Shape shape;
  std::vector<float> values;
};

struct LayersModel {
  nn::Model model;
  nn::Weights weights;
  nn::Config training{};                   // "trainingConfig": nothing where the file has none
  std::vector<StoredNumbers> optimiser{};  // its weights, in the file's order
};

// `path`: the folder, or the file in it.
LayersModel load(Backend& backend, const std::filesystem::path& path);
// The files that a model is made of: model.json first, then its shards.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& path);
// The same from anywhere: `read_shard` answers the bytes of a path, or throws where they are more than `cap`.
using ReadShard = std::function<std::string(const std::string& path, std::size_t cap)>;
LayersModel read_layers_model(Backend& backend, const std::string& subject, std::string_view text,
                              const ReadShard& read_shard);

// How the model was trained, and where that stopped: a trainer with this recipe, restored, goes on.
struct Training {
  learn::Recipe recipe;
  learn::TrainingState state;
};
// UsageError where the file does not say, or says what we do not know.
Training training_of(const LayersModel& loaded);

}  // namespace vitrine::models
