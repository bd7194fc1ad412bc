// Writes the network down with public ops; gradients come from the one autodiff.
#include "views/playground/model.h"

#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::views::playground {
namespace {

Tensor activate(const Tensor& x, Activation activation) {
  switch (activation) {
    case Activation::tanh:
      return ops::tanh(x);
    case Activation::relu:
      return ops::relu(x);
    case Activation::sigmoid:
      return ops::sigmoid(x);
    case Activation::linear:
      break;
  }
  return x;
}

struct Parameters {
  std::vector<std::string> names;
  std::vector<Tensor> tensors;
};

Parameters parameters_of(Tracer& t, const NetShape& shape, const Slab& slab) {
  Parameters p;
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    for (const std::string& name : {weights_of(layer), bias_of(layer)}) {
      p.names.push_back(name);
      p.tensors.push_back(t.region(slab, name));
    }
  }
  return p;
}

// The answers of each layer.
std::vector<Tensor> forward(const NetShape& shape, const Parameters& p, Tensor x) {
  std::vector<Tensor> answers;
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer - 1) * 2;
    const bool last = layer == shape.layers();
    const Activation bend = !last ? shape.activation : shape.regression ? Activation::linear : Activation::tanh;
    x = activate(ops::matmul(x, p.tensors[at]) + p.tensors[at + 1], bend);
    answers.push_back(x);
  }
  return answers;
}

Tensor loss_of(const Tensor& answers, const Tensor& y) {
  return 0.5f * ops::mean(ops::square(answers - y));
}

}  // namespace

int NetShape::parameters() const {
  int count = 0;
  for (int layer = 1; layer <= layers(); ++layer) count += (units(layer - 1) + 1) * units(layer);
  return count;
}

std::string weights_of(int layer) {
  return "weights " + to_text(std::int64_t{layer});
}

std::string bias_of(int layer) {
  return "bias " + to_text(std::int64_t{layer});
}

std::string carried(const std::string& region) {
  return "carried " + region;
}

Slab make_slab(Backend& backend, const NetShape& shape) {
  std::vector<std::pair<std::string, Shape>> regions;
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const Shape weights{shape.units(layer - 1), shape.units(layer)}, bias{shape.units(layer)};
    regions.insert(regions.end(), {{weights_of(layer), weights},
                                   {bias_of(layer), bias},
                                   {carried(weights_of(layer)), weights},
                                   {carried(bias_of(layer)), bias}});
  }
  return {backend, std::move(regions), "playground network"};
}

Graph training_step(const NetShape& shape, const Slab& slab, int rows, Carry carry, bool explain) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {rows, 1}});
    const Tensor rate = t.input("rate", {DType::float32, {}});
    const Tensor share = carry == Carry::takes ? t.input("share", {DType::float32, {}}) : Tensor();
    const Parameters p = parameters_of(t, shape, slab);
    const Tensor answers = forward(shape, p, x).back();
    t.segment("loss");
    const Tensor loss = loss_of(answers, y);
    t.segment("backward");
    const std::vector<Tensor> gradients = ops::gradients(loss, p.tensors);
    t.segment("update");
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      Tensor gradient = gradients[i];
      if (carry != Carry::none) {
        const Tensor waiting = t.region(slab, carried(p.names[i]));
        const Tensor sum = waiting + static_cast<float>(rows) * gradient;
        t.assign(waiting, carry == Carry::leaves ? sum : 0.0f * waiting);
        if (carry == Carry::leaves) continue;
        gradient = share * sum;
      }
      t.assign(p.tensors[i], p.tensors[i] - rate * gradient);
    }
    if (!explain) return;
    t.output("loss", loss);
    for (std::size_t i = 0; i < gradients.size(); ++i) t.output(p.names[i], gradients[i]);
  });
}

Graph evaluation(const NetShape& shape, const Slab& slab, int rows, bool gradients) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {rows, 1}});
    const Parameters p = parameters_of(t, shape, slab);
    const Tensor answers = forward(shape, p, x).back();
    const Tensor loss = loss_of(answers, y);
    t.output("answers", answers);
    t.output("loss", loss);
    if (!gradients) return;
    const std::vector<Tensor> slopes = ops::gradients(loss, p.tensors);
    for (std::size_t i = 0; i < slopes.size(); ++i) t.output(p.names[i], slopes[i]);
  });
}

Graph every_unit(const NetShape& shape, const Slab& slab, int rows) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const std::vector<Tensor> answers = forward(shape, parameters_of(t, shape, slab), x);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      t.output("layer " + to_text(static_cast<std::int64_t>(i) + 1), answers[i]);
    }
  });
}

}  // namespace vitrine::views::playground
