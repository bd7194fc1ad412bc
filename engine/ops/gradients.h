// The one autodiff: walks back from a target through the nodes and applies each op's gradient rule, which is written
// with public ops. Eager or traced, first or higher order: the same walk.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

// d(target)/d(source) for each source; with a cotangent, of sum(target × cotangent). A source that the target does not
// depend on gets zeros. UsageError names an op without a gradient on the way.
std::vector<Tensor> gradients(const Tensor& target, std::span<const Tensor> sources, const Tensor& cotangent = {});

using Function = std::function<Tensor(const Tensor&)>;
Function grad(Function f);  // of a function with a scalar result; grad(grad(f)) works
using Functions = std::function<Tensor(std::span<const Tensor>)>;
std::function<std::vector<Tensor>(std::span<const Tensor>)> grads(Functions f);  // of a function of several tensors

// A function that says itself how it is differentiated: its value, and what a cotangent of the value means for each
// input. The rule is written with ops, so gradients of gradients go through it; traced, it is part of the graph.
struct Custom {
  Tensor value;
  std::function<std::vector<Tensor>(const Tensor& cotangent)> backward;
};
extern const Op kCustom;
Tensor custom_gradient(const std::function<Custom(std::span<const Tensor>)>& f, std::span<const Tensor> inputs);

struct ValueAndGradient {
  Tensor value, gradient;
};
ValueAndGradient value_and_grad(const Function& f, const Tensor& x);

}  // namespace vitrine::ops
