// Making layers, giving them names, and calling them on symbols.
#include "engine/nn/layer.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/part.h"

namespace vitrine::nn {
namespace {

constexpr auto kCommonArguments =
    rows(Argument{"name", Takes::text, kNone, "of the layer, and the first part of its weights' names"},
         Argument{"trainable", Takes::truth, true, "whether training moves its weights"},
         Argument{"input_shape", Takes::extents, kNone, "of one sample, where the layer is a model's first"},
         Argument{"batch_input_shape", Takes::extents, kNone, "the same with the batch in front"},
         Argument{"batch_size", Takes::whole, kNone, "of every batch, where it must be known"}.at_least(1),
         Argument{"activity_regularizer", Takes::regulariser, kNone, "of the answers, added to the loss"},
         Argument{"dtype", Takes::ignored, kNone, "numbers are float32"},
         Argument{"input_dtype", Takes::ignored, kNone, "numbers are float32"});

// The rows of the kind, then the common ones that it does not have itself.
std::vector<Argument> table_of(const LayerKind& kind) {
  std::vector<Argument> table(kind.arguments.begin(), kind.arguments.end());
  for (const Argument& common : kCommonArguments) {
    if (std::ranges::find(kind.arguments, common.name, &Argument::name) == kind.arguments.end()) {
      table.push_back(common);
    }
  }
  return table;
}

void check_parts(std::span<const Argument> table, const Arguments& arguments, Convention convention) {
  for (const Argument& row : table) {
    if (!arguments.has(row.name)) continue;
    const std::string path = arguments.path() + " " + std::string(row.name);
    if (row.takes == Takes::initialiser) initialiser_of(path, arguments[row.name], convention);
    if (row.takes == Takes::regulariser) regulariser_of(path, arguments[row.name], convention);
    if (row.takes == Takes::constraint) constraint_of(path, arguments[row.name], convention);
  }
}

std::vector<Child> layers_among(const Arguments& arguments) {
  std::vector<Child> children;
  for (const auto& [name, value] : arguments.record()) {
    if (value.is_layer()) children.push_back({{}, value.layer()});
    if (value.list() == nullptr) continue;
    for (const Config& entry : *value.list()) {
      if (entry.is_layer()) children.push_back({{}, entry.layer()});
    }
  }
  return children;
}

// Layers among arguments are made anew as well, so that the copy has weights of its own; a model stays the same.
Config copied(const Config& value) {
  if (value.is_layer()) return value.layer().state().wiring != nullptr ? value : Config(value.layer().changed({}));
  if (value.list() == nullptr) return value;
  Config::List list;
  for (const Config& entry : *value.list()) list.push_back(copied(entry));
  return list;
}

void refuse_count(const Layer& layer, std::size_t count) {
  const LayerKind& kind = layer.kind();
  const std::string least = to_text(std::int64_t{kind.least_inputs}), most = to_text(std::int64_t{kind.most_inputs});
  throw UsageError({path_of(layer), "got the wrong number of inputs", least == most ? least : least + " to " + most,
                    to_text(static_cast<std::int64_t>(count)), "Check the call."});
}

}  // namespace

std::span<const Argument> common_arguments() {
  return kCommonArguments;
}

Layer LayerKind::operator()(const Named& named) const {
  return make({}, named);
}

Layer LayerKind::operator()(std::initializer_list<std::int64_t> first, const Named& named) const {
  return make({Config(first)}, named);
}

Layer LayerKind::make(std::vector<Config> positional, const Named& named) const {
  VITRINE_ASSERT(positional.size() <= arguments.size());
  Config::Record given;
  for (std::size_t i = 0; i < positional.size(); ++i) given.emplace_back(arguments[i].name, std::move(positional[i]));
  given.insert(given.end(), named.begin(), named.end());
  return Layer(*this, given);
}

Layer::Layer(const LayerKind& kind, const Config::Record& given, Convention convention)
    : state_(std::make_shared<LayerState>()) {
  state_->kind = &kind;
  state_->convention = convention;
  const auto name = std::ranges::find(given, "name", &std::pair<std::string, Config>::first);
  if (name != given.end() && name->second.text() != nullptr) state_->name = *name->second.text();
  state_->named = !state_->name.empty();
  const std::vector<Argument> table = table_of(kind);
  state_->arguments = resolve(path_of(*this), table, given, convention);
  check_parts(table, state_->arguments, convention);
  state_->children = kind.children != nullptr ? kind.children(state_->arguments) : layers_among(state_->arguments);
  if (!state_->arguments.truth("trainable")) set_trainable(false);
}

const LayerKind& Layer::kind() const {
  return *state_->kind;
}
const std::string& Layer::name() const {
  return state_->name;
}
const Arguments& Layer::arguments() const {
  return state_->arguments;
}
const std::vector<Child>& Layer::children() const {
  return state_->children;
}
const std::vector<WeightSpec>& Layer::weights() const {
  return state_->weights;
}
bool Layer::built() const {
  return state_->built;
}
bool Layer::trainable() const {
  return state_->trainable;
}

void Layer::set_trainable(bool trainable) const {
  state_->trainable = trainable;
  for (const Child& child : state_->children) child.layer.set_trainable(trainable);
}

Layer Layer::changed(const Named& changes) const {
  Config::Record given;
  for (const auto& field : arguments().record()) {
    const bool replaced =
        std::ranges::find(changes, field.first, &std::pair<std::string, Config>::first) != changes.end();
    if (!replaced && !field.second.nothing()) given.emplace_back(field.first, copied(field.second));
  }
  given.insert(given.end(), changes.begin(), changes.end());
  return Layer(kind(), given, state_->convention);
}

const Form& Symbol::form() const {
  return node_->outputs[output_];
}

Symbol Layer::operator()(const Symbol& input) const {
  return (*this)({input});
}

Symbol Layer::operator()(std::initializer_list<Symbol> inputs) const {
  return apply(inputs).front();
}

std::vector<Symbol> Layer::apply(const std::vector<Symbol>& inputs) const {
  std::vector<Form> forms;
  for (const Symbol& symbol : inputs) forms.push_back(symbol.form());
  build(*this, forms);
  const auto node = std::make_shared<const Node>(Node{*this, inputs, forms_of_outputs(*this, forms)});
  std::vector<Symbol> outputs;
  for (std::size_t i = 0; i < node->outputs.size(); ++i) outputs.emplace_back(node, i);
  return outputs;
}

void build(const Layer& layer, std::span<const Form> inputs) {
  const LayerKind& kind = layer.kind();
  const auto count = static_cast<int>(inputs.size());
  if (count < kind.least_inputs || count > kind.most_inputs) refuse_count(layer, inputs.size());
  if (layer.state().wiring != nullptr) return;  // a model is made of layers that are built
  Build rule(layer, inputs);
  if (kind.weights != nullptr) naming(path_of(layer), [&] { kind.weights(rule); });
  std::vector<WeightSpec> weights = std::move(rule).take();
  LayerState& state = layer.state();
  for (std::size_t i = 0; state.built && i < weights.size(); ++i) {
    if (weights[i].shape == state.weights[i].shape) continue;
    throw ShapeError({path_of(layer) + " " + weights[i].name, "was made for inputs of another form",
                      text_of(state.weights[i].shape), text_of(weights[i].shape),
                      "A shared layer needs inputs of the same form."});
  }
  if (!state.built) state.weights = std::move(weights);
  state.built = true;
}

}  // namespace vitrine::nn
