// What a fused call does after its product or convolution: the bias, then an activation; prelu brings its slopes as one
// more input.
#pragma once

#include "engine/ops/linear.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {

inline Tensors finished(const Case& c, const Tensor& y) {
  const std::string activation = c.text("activation", "linear");
  ops::Finish finish;
  if (c.inputs.size() > 2) finish.bias = c.inputs[2];
  if (c.inputs.size() > 3) finish.slopes = c.inputs[3];
  finish.activation = activation;
  finish.slope = static_cast<float>(c.number("leakyreluAlpha", 0.2));
  return {ops::finished(y, finish)};
}

}  // namespace vitrine::conformance
