// The engine's activations of one number, and two that only teach: a sine, and a step that no gradient passes.
#include "views/playground/activations.h"

#include <algorithm>
#include <array>

#include "engine/core/assert.h"
#include "engine/nn/named_function.h"
#include "engine/ops/rounding.h"
#include "engine/ops/trigonometry.h"

namespace vitrine::views::playground {
namespace {

std::array<Bend, 15> all_bends() {
  const auto known = [](std::string_view id, std::string_view label, std::string_view formula) {
    return Bend{id, label, nn::activation_named(id), formula};
  };
  return {{known("tanh", "Tanh", "tanh(z)"),
           known("relu", "ReLU", "max(0, z)"),
           known("sigmoid", "Sigmoid", "1 / (1 + e^−z)"),
           known("linear", "Linear", "z"),
           {"leaky_relu", "Leaky ReLU", [](const Tensor& x) { return ops::leaky_relu(x); }, "z, or 0.2 z below 0"},
           known("elu", "ELU", "z, or e^z − 1 below 0"),
           known("selu", "SELU", "1.05 z, or 1.76 (e^z − 1) below 0"),
           known("gelu", "GELU", "z × share of a normal below z"),
           known("swish", "Swish", "z / (1 + e^−z)"),
           known("mish", "Mish", "z × tanh(softplus(z))"),
           known("softplus", "Softplus", "ln(1 + e^z)"),
           known("softsign", "Softsign", "z / (1 + |z|)"),
           known("hard_sigmoid", "Hard sigmoid", "0.2 z + 0.5, from 0 to 1"),
           {"sine", "Sine", ops::sin, "sin z"},
           {"step", "Step", [](const Tensor& x) { return ops::step(x, 0); }, "1 above 0, else 0"}}};
}

}  // namespace

std::span<const Bend> bends() {
  static const auto kAll = all_bends();
  return kAll;
}

const Bend& bend_named(std::string_view id) {
  const auto found = std::ranges::find(bends(), id, &Bend::id);
  VITRINE_ASSERT(found != bends().end());
  return *found;
}

}  // namespace vitrine::views::playground
