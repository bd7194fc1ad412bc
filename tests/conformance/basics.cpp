// Adapters of the first ops of the engine, and of layout functions that are made of them.
#include <algorithm>

#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

Integers extents_of(const Tensor& x) {
  const auto extents = x.shape().extents();
  return {extents.begin(), extents.end()};
}

// Sizes may be left out at the end, and −1 means the rest.
Tensor slice(const Case& c) {
  const Tensor& x = c.inputs[0];
  Integers begin = c.integers("begin");
  Integers size = c.integers("size", Integers{});
  const Integers whole = extents_of(x);
  begin.resize(whole.size(), 0);
  size.resize(whole.size(), -1);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (size[i] == -1) size[i] = whole[i] - begin[i];
  }
  return ops::slice(x, begin, size);
}

Tensor pad(const Case& c) {
  Integers before, after;
  for (const Integers& row : c.rows("paddings")) {
    before.push_back(row.at(0));
    after.push_back(row.at(1));
  }
  return ops::pad(c.inputs[0], before, after, c.number("constantValue", 0));
}

Tensor transpose(const Case& c) {
  const int rank = c.inputs[0].shape().rank();
  Integers axes;
  for (int axis = rank - 1; axis >= 0; --axis) axes.push_back(axis);
  return ops::transpose(c.inputs[0], c.integers("perm", axes));
}

// At most one extent may be −1: what the others leave.
Tensor reshape(const Case& c) {
  Integers extents = c.integers("shape");
  std::int64_t product = 1;
  for (const std::int64_t extent : extents) product *= extent == -1 ? 1 : extent;
  for (std::int64_t& extent : extents) {
    if (extent == -1) extent = c.inputs[0].shape().elements() / product;
  }
  return ops::reshape(c.inputs[0], shape_of(extents));
}

Tensor squeeze(const Case& c) {
  const Tensor& x = c.inputs[0];
  const Integers axes = c.has("axis") ? c.axes(x) : Integers{};
  Integers extents;
  for (int axis = 0; axis < x.shape().rank(); ++axis) {
    const bool named = std::ranges::find(axes, axis) != axes.end();
    if (c.has("axis") ? !named : x.shape()[axis] != 1) extents.push_back(x.shape()[axis]);
  }
  return ops::reshape(x, shape_of(extents));
}

Tensor expand_dims(const Case& c) {
  Integers extents = extents_of(c.inputs[0]);
  extents.insert(extents.begin() + c.axis(c.inputs[0].shape().rank() + 1, "axis", 0), 1);
  return ops::reshape(c.inputs[0], shape_of(extents));
}

// Extents that are null (−1) fit anything.
Tensor ensure_shape(const Case& c) {
  const Integers wanted = c.integers("shape");
  const Shape& shape = c.inputs[0].shape();
  bool fits = wanted.size() == static_cast<std::size_t>(shape.rank());
  for (std::size_t i = 0; fits && i < wanted.size(); ++i) {
    fits = wanted[i] == -1 || wanted[i] == shape[static_cast<int>(i)];
  }
  return fits ? c.inputs[0] : Tensor();
}

const Family basic_family{
    {"add", [](const Case& c) { return Tensors{ops::add(c.inputs[0], c.inputs[1])}; }},
    {"sub", [](const Case& c) { return Tensors{ops::sub(c.inputs[0], c.inputs[1])}; }},
    {"mul", [](const Case& c) { return Tensors{ops::mul(c.inputs[0], c.inputs[1])}; }},
    {"neg", [](const Case& c) { return Tensors{ops::neg(c.inputs[0])}; }},
    {"square", [](const Case& c) { return Tensors{ops::square(c.inputs[0])}; }},
    {"tanh", [](const Case& c) { return Tensors{ops::tanh(c.inputs[0])}; }},
    {"relu", [](const Case& c) { return Tensors{ops::relu(c.inputs[0])}; }},
    {"sigmoid", [](const Case& c) { return Tensors{ops::sigmoid(c.inputs[0])}; }},
    {"greater", [](const Case& c) { return Tensors{ops::greater(c.inputs[0], c.inputs[1])}; }},
    {"squaredDifference", [](const Case& c) { return Tensors{ops::square(c.inputs[0] - c.inputs[1])}; }},
    {"where", [](const Case& c) { return Tensors{ops::where(c.inputs[0], c.inputs[1], c.inputs[2])}; }},
    {"sum",
     [](const Case& c) { return Tensors{ops::sum(c.inputs[0], c.axes(c.inputs[0]), c.boolean("keepDims", false))}; }},
    {"mean",
     [](const Case& c) { return Tensors{ops::mean(c.inputs[0], c.axes(c.inputs[0]), c.boolean("keepDims", false))}; }},
    {"transpose", [](const Case& c) { return Tensors{transpose(c)}; }},
    {"slice", [](const Case& c) { return Tensors{slice(c)}; }},
    {"broadcastTo", [](const Case& c) { return Tensors{ops::broadcast(c.inputs[0], shape_of(c.integers("shape")))}; }},
    {"reshape", [](const Case& c) { return Tensors{reshape(c)}; }},
    {"squeeze", [](const Case& c) { return Tensors{squeeze(c)}; }},
    {"expandDims", [](const Case& c) { return Tensors{expand_dims(c)}; }},
    {"ensureShape", [](const Case& c) { return Tensors{ensure_shape(c)}; }},
    {"pad", [](const Case& c) { return Tensors{pad(c)}; }},
};

}  // namespace
}  // namespace vitrine::conformance
