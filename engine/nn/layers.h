// Every kind of layer, by family. Kinds are spelled as the classes that people know, because calling one makes a layer:
// layers::Dense(10, {{"activation", "softmax"}}).
#pragma once

#include "engine/nn/kind.h"
#include "engine/nn/layer.h"

namespace vitrine::nn {

namespace layers {
extern const LayerKind InputLayer, Dense, Activation;
}

std::span<const LayerKind* const> all_kinds();
const LayerKind* find_kind(std::string_view name);  // by its name or an alias; null when there is none

}  // namespace vitrine::nn
