// Saving a model is writing it so that TensorFlow.js, and load() here, find the same model: model.json and shards of
// 4 MiB beside it. Somebody who reads the folder meanwhile sees the old model or the new one: shards are named after
// what is in them, and model.json is replaced when they all lie there.
#pragma once

#include "engine/models/layers_model.h"

namespace vitrine::models {

nn::Config topology_of(const nn::Model& model);  // what model_of reads

struct SaveOptions {
  Packing packing = Packing::none;          // of the model's weights; the optimiser's are never packed
  const learn::Trainer* trainer = nullptr;  // its recipe and its slots, too
  std::size_t shard_bytes = std::size_t{4} << 20;
};
// Makes the folder where there is none. FileError where it cannot be written; the model that was there stays.
void save(const nn::Model& model, const nn::Weights& weights, const std::filesystem::path& folder,
          const SaveOptions& options = {});

}  // namespace vitrine::models
