// Layers in the order of their depth, counted.
#include "engine/nn/summary.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/number.h"
#include "engine/nn/layers.h"

namespace vitrine::nn {
namespace {

// How many calls lie between a node, or a layer, and the answers of the model; the same rule as TensorFlow.js, because
// rows are in this order.
struct Depths {
  std::map<const Node*, std::size_t> nodes;
  std::map<const LayerState*, std::size_t> layers;

  explicit Depths(const Wiring& wiring) {
    for (auto node = wiring.nodes.rbegin(); node != wiring.nodes.rend(); ++node) {
      const std::size_t depth = std::max(nodes[node->get()], layers[&(*node)->layer.state()]);
      nodes[node->get()] = layers[&(*node)->layer.state()] = depth;
      for (const Symbol& input : (*node)->inputs) {
        nodes[&input.node()] = std::max(nodes[&input.node()], depth + 1);
      }
    }
  }
};

// Layers as they are met on the way back from the outputs.
std::map<const LayerState*, std::size_t> ranks_of(const Wiring& wiring) {
  std::map<const LayerState*, std::size_t> ranks;
  std::set<const Node*> seen;
  std::vector<const Node*> open;
  for (auto output = wiring.outputs.rbegin(); output != wiring.outputs.rend(); ++output) {
    open.push_back(&output->node());
  }
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    if (!seen.insert(node).second) continue;
    ranks.emplace(&node->layer.state(), ranks.size());
    for (auto input = node->inputs.rbegin(); input != node->inputs.rend(); ++input) open.push_back(&input->node());
  }
  return ranks;
}

std::vector<Layer> in_order(const Model& model) {
  const Wiring& wiring = model.wiring();
  std::vector<Layer> layers = model.layers();
  if (wiring.sequential) {
    std::erase_if(layers, [](const Layer& layer) { return layer.kind().name == layers::InputLayer.name; });
    return layers;
  }
  const Depths depths(wiring);
  const auto ranks = ranks_of(wiring);
  const auto place = [](const auto& places, const Layer& layer) {
    const auto found = places.find(&layer.state());
    return found == places.end() ? places.size() : found->second;
  };
  std::ranges::stable_sort(layers, [&](const Layer& a, const Layer& b) {
    const std::size_t depth_a = place(depths.layers, a), depth_b = place(depths.layers, b);
    return depth_a != depth_b ? depth_a > depth_b : place(ranks, a) < place(ranks, b);
  });
  return layers;
}

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

SummaryRow row_of(const Wiring& wiring, const Layer& layer) {
  SummaryRow row;
  row.name = layer.name();
  row.type = layer.kind().name;
  row.parameters = sum_of(layer, is_parameter);
  if (layer.state().wiring != nullptr) {
    row.type = layer.state().wiring->sequential ? "Sequential" : "Functional";
    row.inputs.push_back(Model(layer).inputs());
    row.outputs = Model(layer).outputs();
  }
  for (const auto& node : wiring.nodes) {
    if (!(node->layer == layer)) continue;
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
    row.macs += macs_of(*node);
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
  for (const Layer& layer : in_order(model)) summary.rows.push_back(row_of(model.wiring(), layer));
  summary.parameters = sum_of(model, is_parameter);
  summary.trainable = sum_of(model, is_trained);
  return summary;
}

}  // namespace vitrine::nn
