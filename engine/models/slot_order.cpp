// Layers are counted as TensorFlow.js goes through them; weights follow their layers.
#include "engine/models/slot_order.h"

#include <algorithm>
#include <map>

#include "engine/nn/depth.h"

namespace vitrine::models {
namespace {

using Places = std::map<const nn::LayerState*, std::size_t>;

void count(const nn::Layer& layer, Places& places) {
  if (!places.emplace(&layer.state(), places.size()).second) return;
  if (layer.state().wiring != nullptr) {
    for (const nn::Layer& inner : nn::layers_by_depth(nn::Model(layer))) count(inner, places);
  } else {
    for (const nn::Child& child : layer.children()) count(child.layer, places);
  }
}

}  // namespace

std::vector<learn::Moved> moved_in_file_order(const nn::Model& model, const nn::Weights& weights) {
  Places places;
  count(model, places);
  std::vector<learn::Moved> moved = learn::moved_weights(weights);
  std::ranges::stable_sort(moved, {}, [&](const learn::Moved& weight) {
    return places.at(&weights.entries()[weights.find(weight.name)].layer.state());
  });
  return moved;
}

}  // namespace vitrine::models
