// A manifest is what a model file says of its weights: which files hold them, and what lies there one after the other,
// plain or packed into fewer bits. Nothing here has numbers yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/config.h"
#include "engine/tensor/shape.h"

namespace vitrine::models {

enum class Packing : std::uint8_t {
  none,
  uint8,  // value = number · scale + least; likewise the next
  uint16,
  float16,  // half precision
};

struct StoredWeight {
  std::string name;
  Spec spec;
  Packing packing = Packing::none;
  double scale = 1, least = 0;
  bool of_optimiser = false;
  std::size_t bytes() const;  // in the file
};

struct WeightGroup {
  std::vector<std::string> paths;  // of shards, relative to the model's folder
  std::vector<StoredWeight> weights;
  std::size_t bytes() const;
};

// FileError naming the subject, and the weight where it is one: no known type, a shape that cannot be, a path that
// leads out of the folder, a name that comes twice, more than limits::kModelWeightBytes.
std::vector<WeightGroup> manifest_of(const std::string& subject, const nn::Config& written);

// One of the two words by which files name these.
std::string_view name_of(Packing packing);

}  // namespace vitrine::models
