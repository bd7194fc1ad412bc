// How a hidden unit bends its sum: the activations that act on one number, under the names that files use. Those of
// published playground addresses come first.
#pragma once

#include <span>
#include <string_view>

#include "engine/ops/activation.h"

namespace vitrine::views::playground {

struct Bend {
  std::string_view id, label;
  ops::Activation apply;
  std::string_view formula;  // as the arithmetic of a unit is written out
};

std::span<const Bend> bends();
const Bend& bend_named(std::string_view id);  // which is one

}  // namespace vitrine::views::playground
