// Following symbols back from the outputs, and walking forward again when a model is called.
#include "engine/nn/model.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/nn/layers.h"
#include "engine/nn/names.h"

namespace vitrine::nn {
namespace {

using NodeHandle = std::shared_ptr<const Node>;

bool is_input(const Node& node) {
  return node.inputs.empty();
}

// These nodes and every one that they need, each after those it needs. Not recursive: a model may be thousands of
// layers deep.
std::vector<NodeHandle> in_order(const std::vector<Symbol>& ends) {
  struct Visit {
    NodeHandle node;
    std::size_t next = 0;
  };
  std::vector<NodeHandle> order;
  std::set<const Node*> seen;
  std::vector<Visit> open;
  for (const Symbol& end : ends) {
    if (seen.insert(&end.node()).second) open.push_back({end.handle()});
    while (!open.empty()) {
      Visit& visit = open.back();
      if (visit.next == visit.node->inputs.size()) {
        order.push_back(visit.node);
        open.pop_back();
        continue;
      }
      const Symbol& needed = visit.node->inputs[visit.next++];
      if (seen.insert(&needed.node()).second) open.push_back({needed.handle()});
    }
  }
  return order;
}

void expect_given(std::string_view name, const Wiring& wiring) {
  for (const Symbol& symbol : wiring.inputs) {
    if (is_input(symbol.node())) continue;
    throw UsageError({std::string(name), "begins with the answer of a layer", "what nn::input gave",
                      path_of(symbol.node().layer), "Begin with an input."});
  }
  for (const NodeHandle& node : wiring.nodes) {
    const auto given = [&](const Symbol& symbol) { return symbol.handle() == node; };
    if (!is_input(*node) || std::ranges::any_of(wiring.inputs, given)) continue;
    throw UsageError({std::string(name), "needs an input that is not among its inputs",
                      "every input that its layers need", path_of(node->layer), "Add it to the list of inputs."});
  }
}

// The values of a walk, by the node and output they came from.
class Values {
 public:
  void set(const Node& node, std::vector<Masked> values) { values_[&node] = std::move(values); }
  const Masked& at(const Symbol& symbol) const { return values_.at(&symbol.node())[symbol.output()]; }

 private:
  std::map<const Node*, std::vector<Masked>> values_;
};

void expect_form(const Form& form, const Tensor& tensor) {
  const Shape& shape = tensor.shape();
  bool fits = static_cast<std::size_t>(shape.rank()) == form.rank();
  for (int axis = 0; fits && axis < shape.rank(); ++axis) {
    const std::int64_t extent = form.extents[static_cast<std::size_t>(axis)];
    fits = extent == kUnknown || extent == shape[axis];
  }
  if (fits) return;
  throw ShapeError({"input", "has the wrong shape", text_of(form), text_of(shape), "Check what goes in."});
}

void walk(Call& call) {
  const Wiring& wiring = *call.layer().state().wiring;
  Values values;
  for (std::size_t i = 0; i < wiring.inputs.size(); ++i) {
    expect_form(wiring.inputs[i].form(), call.input(i));
    values.set(wiring.inputs[i].node(), {{call.input(i), call.mask(i)}});
  }
  for (std::size_t i = 0; i < wiring.nodes.size(); ++i) {
    const Node& node = *wiring.nodes[i];
    if (is_input(node)) continue;
    std::vector<Masked> inputs;
    for (const Symbol& symbol : node.inputs) inputs.push_back(values.at(symbol));
    values.set(node, call.inner(node.layer, std::move(inputs), static_cast<std::int64_t>(i)));
  }
  for (const Symbol& output : wiring.outputs) {
    const Masked& value = values.at(output);
    call.output(value.value, value.mask);
  }
}

constexpr int kMostInputs = 4096;
constexpr LayerKind kFunctional{.name = "Functional",
                                .meaning = "layers wired together: a model",
                                .aliases = "Model",
                                .most_inputs = kMostInputs,
                                .call = walk};
constexpr LayerKind kSequential{.name = "Sequential", .meaning = "one layer after the other", .call = walk};

// What a first layer says about the model's input; nothing where it says nothing.
std::vector<Symbol> input_said_by(const Layer& first, const std::string& name) {
  if (first.state().wiring != nullptr) {
    const std::vector<Form> forms = Model(first).inputs();
    if (forms.size() == 1) return {input_of(forms[0], name)};
  }
  const Arguments& a = first.arguments();
  const Config& size = a["batch_size"];
  if (a.has("batch_input_shape")) return {input_of({a.wholes("batch_input_shape")}, name)};
  if (!a.has("input_shape")) return {};
  Integers extents = a.wholes("input_shape");
  extents.insert(extents.begin(), size.nothing() ? kUnknown : a.whole("batch_size"));
  return {input_of({extents}, name)};
}

}  // namespace

Symbol input(const Integers& sample, std::string_view name, DType dtype) {
  Integers extents = sample;
  extents.insert(extents.begin(), kUnknown);
  return input_of({extents, dtype}, name);
}

Symbol input_of(const Form& form, std::string_view name) {
  if (form.rank() == 0 || form.rank() > static_cast<std::size_t>(limits::kRank)) {
    throw ShapeError({name.empty() ? "input" : std::string(name), "has the wrong number of axes",
                      "1 to 6 with the batch", text_of(form), "Check its shape."});
  }
  Config::Record given{{"batch_input_shape", std::span<const std::int64_t>(form.extents)},
                       {"dtype", name_of(form.dtype)}};
  if (!name.empty()) given.emplace_back("name", name);
  const Layer layer(layers::InputLayer, given);
  layer.state().built = true;
  return {std::make_shared<const Node>(Node{layer, {}, {form}}), 0};
}

Model::Model(std::vector<Symbol> inputs, std::vector<Symbol> outputs, std::string_view name)
    : Layer(kFunctional, {{"name", name}}) {
  auto wiring = std::make_shared<Wiring>();
  std::vector<Symbol> ends = inputs;
  ends.insert(ends.end(), outputs.begin(), outputs.end());
  wiring->nodes = in_order(ends);
  wiring->inputs = std::move(inputs);
  wiring->outputs = std::move(outputs);
  if (wiring->inputs.empty() || wiring->outputs.empty()) {
    throw UsageError({std::string(name), "has no inputs or no outputs", "one or more of each", "none", "Name them."});
  }
  expect_given(name, *wiring);
  state().wiring = std::move(wiring);
  state().built = true;
  for (const Layer& layer : layers()) state().children.push_back({{}, layer});
  give_names(name, layers());
}

Model::Model(const Layer& layer) : Layer(layer) {
  VITRINE_ASSERT(state().wiring != nullptr);
}

std::vector<Form> Model::inputs() const {
  std::vector<Form> forms;
  for (const Symbol& symbol : wiring().inputs) forms.push_back(symbol.form());
  return forms;
}

std::vector<Form> Model::outputs() const {
  std::vector<Form> forms;
  for (const Symbol& symbol : wiring().outputs) forms.push_back(symbol.form());
  return forms;
}

std::vector<Layer> Model::layers() const {
  std::vector<Layer> layers;
  for (const NodeHandle& node : wiring().nodes) {
    if (std::ranges::find(layers, node->layer) == layers.end()) layers.push_back(node->layer);
  }
  return layers;
}

Layer Model::layer(std::string_view layer_name) const {
  for (const Layer& layer : layers()) {
    if (layer.name() == layer_name) return layer;
  }
  throw UsageError(
      {name(), "has no layer of this name", "the name of one", std::string(layer_name), "Check the spelling."});
}

Model sequential(std::string_view name, const std::vector<Layer>& layers) {
  if (layers.empty()) throw UsageError({std::string(name), "has no layers", "one or more", "none", "Add a layer."});
  const bool begins = layers[0].kind().name == layers::InputLayer.name;
  std::vector<Symbol> x = input_said_by(layers[0], begins ? layers[0].name() : std::string(name) + "_input");
  if (x.empty()) {
    throw UsageError({std::string(name) + "/" + path_of(layers[0]), "is the first layer and does not say its input",
                      "input_shape", "nothing", "Add {\"input_shape\", {...}}, the shape of one sample."});
  }
  const std::vector<Symbol> inputs = x;
  for (std::size_t i = begins ? 1 : 0; i < layers.size(); ++i)
    naming(std::string(name), [&] { x = layers[i].apply(x); });
  Model model(inputs, x, name);
  auto wiring = std::make_shared<Wiring>(model.wiring());
  wiring->sequential = true;
  wiring->begins = begins;
  model.state().wiring = std::move(wiring);
  model.state().kind = &kSequential;
  return model;
}

}  // namespace vitrine::nn
