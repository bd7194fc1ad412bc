// The rules of TensorFlow.js, step for step.
#include "engine/nn/depth.h"

#include <algorithm>
#include <set>

#include "engine/nn/layers.h"

namespace vitrine::nn {
namespace {

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

}  // namespace

Depths::Depths(const Wiring& wiring) {
  for (auto node = wiring.nodes.rbegin(); node != wiring.nodes.rend(); ++node) {
    const std::size_t depth = std::max(nodes[node->get()], layers[&(*node)->layer.state()]);
    nodes[node->get()] = layers[&(*node)->layer.state()] = depth;
    for (const Symbol& input : (*node)->inputs) {
      nodes[&input.node()] = std::max(nodes[&input.node()], depth + 1);
    }
  }
}

std::vector<Layer> layers_by_depth(const Model& model) {
  const Wiring& wiring = model.wiring();
  std::vector<Layer> layers = model.layers();
  if (wiring.sequential) {
    if (wiring.begins) return layers;
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

}  // namespace vitrine::nn
