// The depth of a layer is how many calls lie between it and the answers of its model. TensorFlow.js keeps the layers of
// a model in this order, deepest first: rows of a summary and the numbers of an optimiser follow it.
#pragma once

#include <map>

#include "engine/nn/model.h"

namespace vitrine::nn {

struct Depths {
  explicit Depths(const Wiring& wiring);
  std::map<const Node*, std::size_t> nodes;
  std::map<const LayerState*, std::size_t> layers;
};

std::vector<Layer> layers_by_depth(const Model& model);  // of a sequential one without an input that was made for it

}  // namespace vitrine::nn
