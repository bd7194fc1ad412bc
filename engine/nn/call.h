// What the two rules of a LayerKind see: Build while its weights are declared, Call while it is called. An Environment
// is what all calls of one run of a model share: where weights come from, whether this is training, randomness, and
// what the calls leave behind besides their answers.
#pragma once

#include <functional>

#include "engine/nn/layer.h"

namespace vitrine::nn {

class Build {
 public:
  Build(const Layer& layer, std::span<const Form> inputs) : layer_(layer), inputs_(inputs) {}
  const Arguments& arguments() const { return layer_.arguments(); }
  std::size_t inputs() const { return inputs_.size(); }
  const Form& input(std::size_t i = 0) const { return inputs_[i]; }
  std::int64_t extent(std::int64_t axis, std::size_t input = 0) const;  // from the back if negative; must be known
  std::int64_t channels() const;             // the extent along the axis that data_format says, or the last
  void expect_rank(std::size_t rank) const;  // of the first input

  // Reads its initialiser, regulariser and constraint from the arguments "FAMILY_initializer" and so on.
  void weight(std::string name, const Shape& shape, std::string_view family);
  void statistic(std::string name, const Shape& shape, std::string_view family);
  void state(std::string name, const Shape& shape);
  void begin_remembering();  // the second quarter of the bias just declared begins with ones: open forget gates
  // Builds a child for such inputs and answers the forms of its outputs.
  std::vector<Form> child(std::size_t index, std::vector<Form> inputs) const;
  const Layer& layer() const { return layer_; }
  std::vector<WeightSpec> take() && { return std::move(weights_); }

 private:
  Config argument(std::string_view family, std::string_view what) const;
  const Layer& layer_;
  std::span<const Form> inputs_;
  std::vector<WeightSpec> weights_;
};

// A tensor, and, where some of its steps are to be passed over, truths [batch, steps] that say which count.
struct Masked {
  Tensor value, mask;
};

struct StateUpdate {
  const LayerState* layer;
  std::size_t weight;
  Tensor value;
};

struct Environment {
  std::function<Tensor(const LayerState& layer, std::size_t weight)> weight;
  bool training = false;
  bool taps = false;                 // every layer's answer is kept under its name
  std::int64_t key = 0;              // of randomness
  Tensor step;                       // of randomness: empty, or one number that tells one run from the next
  std::vector<StateUpdate> updates;  // what weights moved by calls are to hold afterwards
  std::vector<Tensor> penalties;     // what activity regularisers add to the loss, per sample
};

class Call {
 public:
  Call(const Layer& layer, Environment& environment, std::vector<Masked> inputs, std::int64_t place)
      : layer_(layer), environment_(environment), inputs_(std::move(inputs)), place_(place) {}

  const Arguments& arguments() const { return layer_.arguments(); }
  std::size_t inputs() const { return inputs_.size(); }
  const Tensor& input(std::size_t i = 0) const { return inputs_[i].value; }
  const Tensor& mask(std::size_t i = 0) const { return inputs_[i].mask; }  // empty: everything counts
  Tensor weight(std::string_view name) const;                              // empty where the layer has none
  bool training() const { return environment_.training; }
  bool frozen() const { return !layer_.trainable(); }
  // The same for every call at this place; `use` tells several uses in one call apart.
  ops::Draws draws(std::int64_t use = 0) const;

  void output(Tensor value, Tensor mask = {}) { outputs_.push_back({std::move(value), std::move(mask)}); }
  void update(std::string_view weight, Tensor value);
  // Calls a child. Calls of one child share their randomness unless their turns differ.
  std::vector<Masked> child(std::size_t index, std::vector<Masked> inputs, std::int64_t turn = 0) const;
  std::vector<Masked> inner(const Layer& layer, std::vector<Masked> inputs, std::int64_t turn) const;  // of a model
  const Layer& layer() const { return layer_; }
  std::vector<Masked> take() && { return std::move(outputs_); }

 private:
  const Layer& layer_;
  Environment& environment_;
  std::vector<Masked> inputs_;
  std::int64_t place_;
  std::vector<Masked> outputs_;
};

// Runs the call rule, and what every layer has around it: masks, penalties of activity, errors that name the layer.
std::vector<Masked> run(const Layer& layer, Environment& environment, std::vector<Masked> inputs, std::int64_t place);
// Calls fn; an Error that leaves it names the layer in front of its subject.
void naming(const std::string& path, const std::function<void()>& fn);
std::string path_of(const Layer& layer);  // "conv1 (Conv2D)"

}  // namespace vitrine::nn
