// The Playground's network as graphs: fully connected layers on a slab, a step of training, an evaluation on labelled
// rows, and the answers of every unit. The session compiles them, and so does the bench. Layers count from 1; the last
// one is the output.
#pragma once

#include <string>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/learn/optimiser.h"
#include "views/playground/losses.h"

namespace vitrine::views::playground {

struct NetShape {
  int inputs = 2;
  std::vector<int> hidden{4, 2};
  std::vector<std::string> activations{};  // of the hidden layers; tanh where none is named
  Answer answer = Answer::side;
  int outputs = 1;  // several when the answer is classes

  int layers() const { return static_cast<int>(hidden.size()) + 1; }
  int units(int layer) const {  // layer 0: the inputs
    if (layer == 0) return inputs;
    return layer == layers() ? outputs : hidden[static_cast<std::size_t>(layer) - 1];
  }
  std::string_view activation(int layer) const;
  int parameters() const;
  friend bool operator==(const NetShape&, const NetShape&) = default;
};

// Regions of a layer: "weights 1" [from, to], "bias 1" [to]; "carried …" of the same shapes, the gradient sums of a
// last, incomplete batch, which wait for the first batch of the next epoch; and "live 1" [from, to], 0 for links that
// no step moves.
std::string weights_of(int layer);
std::string bias_of(int layer);
std::string live_of(int layer);
std::string carried(const std::string& region);
// What graphs call what a layer answers, the sums before its activation, [rows, units] both, and how the loss rises
// with those; of layer 0 with its inputs.
std::string answers_of(int layer);
std::string sums_of(int layer);
std::string gradients_of(int layer);
Slab make_slab(Backend& backend, const NetShape& shape);  // of zeros, all links live
std::vector<learn::Moved> moved_by(const NetShape& shape);

// What a batch does with an incomplete one: nothing, takes what was carried over, or is the incomplete one itself and
// leaves its gradient sums.
enum class Carry { none, takes, leaves };

enum class Penalty { none, l1, l2 };

// How a mini-batch moves the weights.
struct StepRecipe {
  std::string loss = "squared";
  Penalty penalty = Penalty::none;
  bool some_rest = false;  // links that are not live are left alone; with the penalty l1 always
  learn::Optimiser optimiser = learn::optimisers::Sgd();
  const Slab* slots = nullptr;  // of the optimiser, when it has any
};

// One mini-batch, in the segments forward, loss, backward, update. Inputs "x" [rows, inputs], "y" [rows, outputs], the
// optimiser's hyper-parameters and "step" [], "pull" []: rate × rate of the penalty, and when it takes, "share" []: 1 /
// (rows + rows carried over). With `explain` the outputs are "loss", "layer 1" … and, by region name, the gradients.
//
// The penalty follows the published playground: beside the gradients, from the weight before the step, and a weight
// that the penalty l1 would push across zero becomes zero and rests.
Graph training_step(const NetShape& shape, const Slab& slab, int rows, const StepRecipe& recipe = {},
                    Carry carry = Carry::none, bool explain = false);

// Outputs "answers" [rows, outputs], "loss" []; with gradients also those, by region name. Inputs "x" and "y".
Graph evaluation(const NetShape& shape, const Slab& slab, int rows, std::string_view loss, bool gradients);
// Output "loss" alone, for the curve: it is asked for much more often than anybody looks.
Graph loss_over(const NetShape& shape, const Slab& slab, int rows, std::string_view loss);

// Outputs the answers of each layer. Input "x".
Graph every_unit(const NetShape& shape, const Slab& slab, int rows);

// One row looked at from inside: outputs answers and sums of each layer, and gradients, from layer 0 on. Inputs "x",
// "y".
Graph probe(const NetShape& shape, const Slab& slab, std::string_view loss);

}  // namespace vitrine::views::playground
