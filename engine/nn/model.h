// A Model is a layer made of layers: which calls lead from its inputs to its outputs. It has no numbers; those lie in
// Weights, so that a part of a model (the encoder of an autoencoder) is a model of its own that works on the same ones.
#pragma once

#include "engine/nn/call.h"
#include "engine/nn/layer.h"

namespace vitrine::nn {

struct Wiring {
  std::vector<Symbol> inputs, outputs;
  std::vector<std::shared_ptr<const Node>> nodes;  // each after those it needs; inputs included
  bool sequential = false;                         // one layer after the other, made as such
  bool begins = false;                             // so, with an InputLayer that its maker gave
};

class Model : public Layer {
 public:
  Model(std::vector<Symbol> inputs, std::vector<Symbol> outputs, std::string_view name = "model");
  explicit Model(const Layer& layer);  // which is one

  const Wiring& wiring() const { return *state().wiring; }
  std::vector<Form> inputs() const;
  std::vector<Form> outputs() const;
  std::vector<Layer> layers() const;               // each once, in the order of their first calls
  Layer layer(std::string_view layer_name) const;  // UsageError where there is none
};

// One layer after the other. The first must say "input_shape" (of a sample) or be a model.
Model sequential(std::string_view name, const std::vector<Layer>& layers);

}  // namespace vitrine::nn
