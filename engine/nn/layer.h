// A Layer is one use of a LayerKind: its arguments, its name, and, once it has been called, which weights it needs (not
// their numbers, which lie in Weights). It is a handle: copies are the same layer, so calling one twice shares its
// weights. Called with Symbols, which stand for tensors to come, it answers Symbols; from these a Model is made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/nn/kind.h"
#include "engine/tensor/tensor.h"

namespace vitrine::nn {

struct Child;
struct LayerState;
struct Node;
struct Wiring;

// A symbolic value: output `output` of one call of a layer.
class Symbol {
 public:
  Symbol() = default;
  Symbol(std::shared_ptr<const Node> node, std::size_t output) : node_(std::move(node)), output_(output) {}
  const Form& form() const;
  const Node& node() const { return *node_; }
  const std::shared_ptr<const Node>& handle() const { return node_; }
  std::size_t output() const { return output_; }

 private:
  std::shared_ptr<const Node> node_;
  std::size_t output_ = 0;
};

// What a layer needs to be given numbers for.
struct WeightSpec {
  enum class Role : std::uint8_t {
    trained,    // moved by gradients
    statistic,  // moved by the calls themselves, such as a moving mean
    state,      // what a stateful layer remembers between batches: no parameter, not saved
  };
  std::string name;  // "kernel"
  Shape shape;
  Role role = Role::trained;
  Config initialiser, regulariser, constraint;  // nothing: zeros, none, none
};

class Layer {
 public:
  Layer() = default;  // none
  explicit Layer(std::shared_ptr<LayerState> state) : state_(std::move(state)) {}
  Layer(const LayerKind& kind, const Config::Record& given, Convention convention = Convention::ours);

  explicit operator bool() const { return state_ != nullptr; }
  const LayerKind& kind() const;
  const std::string& name() const;  // empty until it is named or part of a model
  const Arguments& arguments() const;
  const std::vector<Child>& children() const;
  const std::vector<WeightSpec>& weights() const;  // of itself, without its children's; none before the first call
  bool built() const;
  bool trainable() const;
  void set_trainable(bool trainable) const;  // and that of its children; read when a step is traced

  Symbol operator()(const Symbol& input) const;                        // of one input and one output
  Symbol operator()(std::initializer_list<Symbol> inputs) const;       // of several inputs
  std::vector<Symbol> apply(const std::vector<Symbol>& inputs) const;  // of several outputs

  // The same kind, arguments and name with these changed; no weights are shared.
  Layer changed(const Named& changes) const;

  LayerState& state() const { return *state_; }
  const std::shared_ptr<LayerState>& handle() const { return state_; }
  friend bool operator==(const Layer& a, const Layer& b) { return a.state_ == b.state_; }

 private:
  std::shared_ptr<LayerState> state_;
};

// A layer inside another, and what it adds to the names of its weights: "forward_lstm" in "bi/forward_lstm/kernel".
struct Child {
  std::string part;  // empty: nothing
  Layer layer;
};

// One call of a layer on symbols.
struct Node {
  Layer layer;
  std::vector<Symbol> inputs;
  std::vector<Form> outputs;
};

struct LayerState {
  const LayerKind* kind = nullptr;
  std::string name;
  bool named = false;  // by its maker: no model may change it
  bool trainable = true;
  bool built = false;
  Convention convention = Convention::ours;
  Arguments arguments;
  std::vector<Child> children;
  std::vector<WeightSpec> weights;
  std::shared_ptr<const Wiring> wiring;  // of a model
};

// Where a model begins: extents of one sample, without the batch; -1 where they may be any.
Symbol input(const Integers& sample, std::string_view name = {}, DType dtype = DType::float32);
Symbol input_of(const Form& form, std::string_view name = {});  // the same with the batch
// Tells the layer of which form its inputs are: now it has weights. Once; later forms must need the same.
void build(const Layer& layer, std::span<const Form> inputs);
std::vector<Form> forms_of_outputs(const Layer& layer, std::span<const Form> inputs);  // built before

template <std::convertible_to<Config> First>
Layer LayerKind::operator()(const First& first, const Named& named) const {
  return make({Config(first)}, named);
}
template <std::convertible_to<Config> First, std::convertible_to<Config> Second>
Layer LayerKind::operator()(const First& first, const Second& second, const Named& named) const {
  return make({Config(first), Config(second)}, named);
}

}  // namespace vitrine::nn
