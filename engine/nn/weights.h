// Weights are the numbers of a model: one Slab on a backend with a region for each weight, named as files name them,
// "conv1/kernel". A part of the model finds its own among them. Parameters are the same weights as tensors: symbolic in
// a trace, or with numbers, watched or not.
#pragma once

#include "engine/graph/graph.h"
#include "engine/nn/model.h"

namespace vitrine::nn {

class Weights;

struct Parameters {
  const Weights* weights = nullptr;
  std::vector<Tensor> tensors;  // one for each entry of the weights
};

class Weights {
 public:
  struct Entry {
    std::string name;  // of the region
    Layer layer;
    std::size_t index;  // among the layer's weights
    std::string alias;  // as files name it: like `name`, unless two parts of the model name theirs alike
    const WeightSpec& spec() const { return layer.weights()[index]; }
    bool trainable() const { return spec().role == WeightSpec::Role::trained && layer.trainable(); }
  };

  // What a model needs numbers for, before there is memory for them.
  static std::vector<Entry> entries_of(const Model& model);

  // Filled by the initialisers: the numbers follow from the seed and the names.
  Weights(Backend& backend, const Model& model, std::uint64_t seed);

  const std::vector<Entry>& entries() const { return entries_; }
  std::size_t find(std::string_view name) const;  // UsageError where there is none
  std::size_t find(const LayerState& layer, std::size_t index) const;
  Slab& slab() { return slab_; }
  const Slab& slab() const { return slab_; }
  Backend& backend() const { return slab_.buffer()->backend(); }
  std::int64_t parameters(bool trainable_only = false) const;

  std::vector<float> read(std::string_view name) const;
  void write(std::string_view name, std::span<const float> values);
  void initialise(std::uint64_t seed);
  void reset_states();

  Parameters regions(Tracer& tracer) const;  // placeholders of a trace
  Parameters now() const;                    // copies, with the numbers of this moment

 private:
  std::vector<Entry> entries_;
  Slab slab_;
};

// How one run of a model is meant.
struct Mode {
  bool training = false;
  std::int64_t key = 0;  // of randomness, with
  Tensor step{};         // a counter; empty: 0
  bool taps = false;
};

struct Forward {
  std::vector<Tensor> outputs, masks;
  struct Update {
    std::size_t entry;
    Tensor value;
  };
  std::vector<Update> updates;    // moving statistics and states after the run: store, assign, or leave
  std::vector<Tensor> penalties;  // of activity, to add to the loss
};

// Eager or traced, as the inputs and parameters are.
Forward forward(const Model& model, const Parameters& parameters, std::span<const Tensor> inputs,
                const Mode& mode = {});

// What regularisers add to the loss (empty: nothing), and what the constraint makes of a weight after its update.
Tensor penalty_of(const Weights::Entry& entry, const Tensor& w);
Tensor constrained(const Weights::Entry& entry, const Tensor& w);

}  // namespace vitrine::nn
