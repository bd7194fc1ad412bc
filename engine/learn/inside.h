// What an examined step shows besides its readings: outputs whose names say of what they are.
#pragma once

#include "engine/learn/optimiser.h"

namespace vitrine::learn {

inline constexpr std::string_view kGradientOf = "gradient of ", kMoveOf = "move of ", kSlopeAt = "slope at ";

// Gradients of weights, and of every tapped answer of a layer.
void show_inside(Tracer& tracer, const Tensor& loss, std::span<const Moved> moved, std::span<const Tensor> gradients);
void show_moves(Tracer& tracer, std::span<const Moved> moved, std::span<const Tensor> before,
                std::span<const Tensor> after);

}  // namespace vitrine::learn
