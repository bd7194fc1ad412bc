// How a layer is made in each language, every argument said that is not the usual one. Keras and TensorFlow.js know the
// layers by the same names as we do; the few that TensorFlow.js lacks are written out as classes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/nn/layer.h"
#include "views/program.h"

namespace vitrine::views {

std::string layer_call(Language language, const nn::Layer& layer);
// The lines that must stand before the calls of these layers; mostly none.
std::vector<std::string> layer_classes(Language language, std::span<const nn::Layer> layers);

}  // namespace vitrine::views
