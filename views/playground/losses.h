// What a network of the Playground answers, and how far an answer is from its label: one number for each point. The
// published playground has half the squared difference; the others are the engine's objectives, told what the answers
// mean.
#pragma once

#include <span>
#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::views::playground {

enum class Answer {
  side,     // one unit, a tanh: towards +1 or -1
  value,    // one unit, linear
  classes,  // one unit for each, shares by softmax
};

struct Loss {
  std::string_view id, label;
  Tensor (*each)(Answer answer, const Tensor& labels, const Tensor& answers);  // [rows, outputs] to [rows]
};

std::span<const Loss> losses();
const Loss& loss_named(std::string_view id);  // which is one

}  // namespace vitrine::views::playground
