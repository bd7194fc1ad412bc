// Layers in the order of their depth, counted.
#include "engine/nn/summary.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/number.h"
#include "engine/nn/depth.h"

namespace vitrine::nn {
namespace {

bool is_linear(const Wiring& wiring) {
  const Depths depths(wiring);
  std::set<std::size_t> taken;
  std::set<const LayerState*> seen;
  return std::ranges::all_of(wiring.nodes, [&](const auto& node) {
    return node->inputs.size() <= 1 && taken.insert(depths.nodes.at(node.get())).second &&
           seen.insert(&node->layer.state()).second;
  });
}

std::int64_t known(std::int64_t extent) {
  return std::max<std::int64_t>(extent, 1);
}

// At how many places of a form a kernel is laid: all but the batch and the channels.
std::int64_t places_of(const Layer& layer, const Form& form) {
  const auto& table = layer.arguments().record();
  const bool first = std::ranges::any_of(table, [](const auto& row) {
    return row.first == "data_format" && row.second.text() != nullptr && *row.second.text() == "channels_first";
  });
  std::int64_t places = 1;
  for (std::size_t axis = 1; axis < form.rank(); ++axis) {
    if (axis != (first ? 1 : form.rank() - 1)) places *= known(form.extents[axis]);
  }
  return places;
}

bool is_recurrent(const Layer& layer) {
  return std::ranges::any_of(layer.children(), [](const Child& child) {
    return child.layer.kind().states != nullptr || is_recurrent(child.layer);
  });
}

// Numbers in the layer and all layers in it, each once.
template <class Counts>
std::int64_t sum_of(const Layer& layer, std::set<const LayerState*>& seen, const Counts& counts) {
  if (!seen.insert(&layer.state()).second) return 0;
  std::int64_t sum = 0;
  for (const WeightSpec& weight : layer.weights()) sum += counts(layer, weight) ? weight.shape.elements() : 0;
  for (const Child& child : layer.children()) sum += sum_of(child.layer, seen, counts);
  return sum;
}
template <class Counts>
std::int64_t sum_of(const Layer& layer, const Counts& counts) {
  std::set<const LayerState*> seen;
  return sum_of(layer, seen, counts);
}

bool is_parameter(const Layer&, const WeightSpec& weight) {
  return weight.role != WeightSpec::Role::state;
}
bool is_trained(const Layer& layer, const WeightSpec& weight) {
  return weight.role == WeightSpec::Role::trained && layer.trainable();
}

std::int64_t macs_of(const Node& node) {
  const Layer& layer = node.layer;
  if (layer.state().wiring != nullptr) {
    std::int64_t sum = 0;
    for (const auto& inner : layer.state().wiring->nodes) sum += macs_of(*inner);
    return sum;
  }
  if (node.inputs.empty()) return 0;
  for (const Child& child : layer.children()) {
    // A wrapped model, at every step of a sequence.
    if (child.layer.state().wiring == nullptr) continue;
    std::int64_t sum = 0;
    for (const auto& inner : child.layer.state().wiring->nodes) sum += macs_of(*inner);
    return sum * known(node.inputs[0].form().extents.at(1));
  }
  const std::int64_t kernels =
      sum_of(layer, [](const Layer&, const WeightSpec& weight) { return weight.name.ends_with("kernel"); });
  if (kernels == 0) return 0;
  const Form& input = node.inputs[0].form();
  if (is_recurrent(layer)) {
    // Every cell runs once a step; a convolutional one at every place of its answer.
    std::int64_t places = 1;
    const bool sequences = input.rank() == 5;
    if (sequences) {
      const Form& output = node.outputs[0];
      const Form step{Integers(output.extents.end() - 3, output.extents.end())};
      places = places_of(layer, {{1, step.extents[0], step.extents[1], step.extents[2]}});
    }
    return kernels * places * known(input.extents.at(1));
  }
  const bool spreads = layer.kind().name.find("Transpose") != std::string_view::npos;
  return kernels * places_of(layer, spreads ? input : node.outputs[0]);
}

// The number of a call among those of its layer. A model was called once when it was made.
std::size_t number_of_call(const Wiring& wiring, const Node& wanted) {
  std::size_t number = wanted.layer.state().wiring != nullptr ? 1 : 0;
  for (const auto& node : wiring.nodes) {
    if (node.get() == &wanted) break;
    number += node->layer == wanted.layer ? 1 : 0;
  }
  return number;
}

// Whether a sequential model takes its input from this one, which is a model and has one.
bool begins_with(const Wiring& wiring, const Node& node) {
  return wiring.sequential && !wiring.begins && node.layer.state().wiring != nullptr &&
         node.inputs[0].node().layer == wiring.inputs[0].node().layer;
}

SummaryRow row_of(const Wiring& wiring, const Layer& layer) {
  SummaryRow row;
  row.name = layer.name();
  row.type = layer.kind().name;
  row.parameters = sum_of(layer, is_parameter);
  if (layer.state().wiring != nullptr) {
    const bool sequential = layer.state().wiring->sequential;
    row.type = sequential ? "Sequential" : layer.state().convention == Convention::tfjs ? "Model" : "Functional";
    row.inputs.push_back(Model(layer).inputs());
    row.outputs = Model(layer).outputs();
  }
  for (const auto& node : wiring.nodes) {
    if (!(node->layer == layer)) continue;
    row.macs += macs_of(*node);
    if (begins_with(wiring, *node)) continue;  // it was called when it was made
    std::vector<Form>& forms = row.inputs.emplace_back();
    for (const Symbol& input : node->inputs) {
      forms.push_back(input.form());
      row.receives.push_back(input.node().layer.name() + "[" +
                             to_text(static_cast<std::int64_t>(number_of_call(wiring, input.node()))) + "][" +
                             to_text(static_cast<std::int64_t>(input.output())) + "]");
    }
    if (forms.empty()) forms = node->outputs;  // where a model begins
    if (row.outputs.empty()) row.outputs = node->outputs;
    row.alike = row.alike && row.outputs == node->outputs;
  }
  return row;
}

}  // namespace

std::int64_t Summary::macs() const {
  std::int64_t sum = 0;
  for (const SummaryRow& row : rows) sum += row.macs;
  return sum;
}

Summary summarise(const Model& model) {
  Summary summary;
  summary.linear = is_linear(model.wiring());
  for (const Layer& layer : layers_by_depth(model)) summary.rows.push_back(row_of(model.wiring(), layer));
  summary.parameters = sum_of(model, is_parameter);
  summary.trainable = sum_of(model, is_trained);
  return summary;
}

}  // namespace vitrine::nn
