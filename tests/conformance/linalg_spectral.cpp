// Adapters of products, equations of indices, factorisations, spectra and frames of signals.
#include "engine/ops/einsum.h"
#include "engine/ops/linear.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

Tensor matmul(const Case& c) {
  return ops::matmul(c.inputs[0], c.inputs[1], c.boolean("transposeA", false), c.boolean("transposeB", false));
}

Tensor fused_matmul(const Case& c) {
  const std::string activation = c.text("activation", "linear");
  ops::Finish finish;
  if (c.inputs.size() > 2) finish.bias = c.inputs[2];
  if (c.inputs.size() > 3) finish.slopes = c.inputs[3];
  finish.activation = activation;
  finish.slope = static_cast<float>(c.number("leakyreluAlpha", 0.2));
  return ops::finished(matmul(c), finish);
}

const Family family{
    {"matMul", [](const Case& c) { return Tensors{matmul(c)}; }},
    {"fused.matMul", [](const Case& c) { return Tensors{fused_matmul(c)}; }},
    {"dot", [](const Case& c) { return Tensors{ops::dot(c.inputs[0], c.inputs[1])}; }},
    {"outerProduct", [](const Case& c) { return Tensors{ops::outer_product(c.inputs[0], c.inputs[1])}; }},
    {"einsum", [](const Case& c) { return Tensors{ops::einsum(c.text("equation"), c.inputs)}; }},
};

}  // namespace
}  // namespace vitrine::conformance
