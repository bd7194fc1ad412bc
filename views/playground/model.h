// The Playground's network as graphs: fully connected layers on a slab, a step of training, an evaluation on labelled
// rows, and the answers of every unit. The session compiles them, and so does the bench. Layers count from 1; the last
// one is the output, a single unit.
#pragma once

#include <vector>

#include "engine/graph/graph.h"

namespace vitrine::views::playground {

enum class Activation { tanh, relu, sigmoid, linear };

struct NetShape {
  int inputs = 2;
  std::vector<int> hidden{4, 2};
  Activation activation = Activation::tanh;
  bool regression = false;  // the output is linear, not a tanh

  int layers() const { return static_cast<int>(hidden.size()) + 1; }
  int units(int layer) const {  // layer 0: the inputs
    if (layer == 0) return inputs;
    return layer == layers() ? 1 : hidden[static_cast<std::size_t>(layer) - 1];
  }
  int parameters() const;
  friend bool operator==(const NetShape&, const NetShape&) = default;
};

// Regions of a layer: "weights 1" [from, to], "bias 1" [to], and "carried …" of the same shapes: the gradient sums of a
// last, incomplete batch, which wait for the first batch of the next epoch.
std::string weights_of(int layer);
std::string bias_of(int layer);
std::string carried(const std::string& region);
Slab make_slab(Backend& backend, const NetShape& shape);

// What a batch does with an incomplete one: nothing, takes what was carried over, or is the incomplete one itself and
// leaves its gradient sums.
enum class Carry { none, takes, leaves };

// One mini-batch, in the segments forward, loss, backward, update. Inputs "x" [rows, inputs], "y" [rows, 1], "rate" [],
// and when it takes, "share" []: 1 / (rows + rows carried over). With `explain` the outputs are "loss" and, by region
// name, the gradients.
Graph training_step(const NetShape& shape, const Slab& slab, int rows, Carry carry = Carry::none, bool explain = false);

// Outputs "answers" [rows, 1], "loss" []; with gradients also those, by region name. Inputs "x" and "y".
Graph evaluation(const NetShape& shape, const Slab& slab, int rows, bool gradients);

// Outputs "layer 1" … [rows, units]. Input "x".
Graph every_unit(const NetShape& shape, const Slab& slab, int rows);

}  // namespace vitrine::views::playground
