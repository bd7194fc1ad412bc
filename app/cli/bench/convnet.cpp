// Writes the networks down with public ops; the gradients come from the one autodiff.
#include "app/cli/bench/convnet.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/math.h"
#include "engine/core/number.h"
#include "engine/core/random.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/convolution.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/objective.h"
#include "engine/ops/pooling.h"
#include "engine/ops/reduction.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kFrame = 3, kPool = 2;
constexpr float kRate = 1e-3f, kFirst = 0.9f, kSecond = 0.999f, kEpsilon = 1e-8f;

// Calls f(shape of the weights, multiply-adds with one weight) for each layer.
template <class F>
void each_layer(const ConvNet& net, F f) {
  std::int64_t edge = net.edge, channels = net.channels;
  for (const auto& layer : net.convolutions) {
    if (!net.same) edge -= kFrame - 1;
    f(Shape{kFrame, kFrame, channels, layer.filters}, edge * edge);
    channels = layer.filters;
    if (layer.pooled) edge /= kPool;
  }
  std::int64_t units = edge * edge * channels;
  for (const std::int64_t next : net.dense) {
    f(Shape{units, next}, std::int64_t{1});
    units = next;
  }
}

std::string indexed(std::string_view name, std::size_t layer) {
  return std::string(name) + to_text(static_cast<std::int64_t>(layer));
}

// The regions that are trained, in order: weights and bias of each layer.
std::vector<std::pair<std::string, Shape>> parameters_of(const ConvNet& net) {
  std::vector<std::pair<std::string, Shape>> regions;
  each_layer(net, [&](const Shape& weights, std::int64_t) {
    const std::size_t layer = regions.size() / 2;
    regions.emplace_back(indexed("w", layer), weights);
    regions.emplace_back(indexed("b", layer), Shape{weights[weights.rank() - 1]});
  });
  return regions;
}

Tensor forward(const ConvNet& net, const std::vector<Tensor>& parameters, Tensor x) {
  const ops::Window frame{.padding = net.same ? ops::Padding::same() : ops::Padding{}};
  const ops::Window step{.strides = {kPool}, .dilations = {1}, .padding = {}};
  std::size_t at = 0;
  for (const auto& layer : net.convolutions) {
    x = ops::relu(ops::convolution(x, parameters[at], frame) + parameters[at + 1]);
    if (layer.pooled) x = ops::max_pool(x, {kPool, kPool}, step);
    at += 2;
  }
  x = ops::reshape(x, {x.shape()[0], x.shape().elements() / x.shape()[0]});
  for (std::size_t i = 0; i < net.dense.size(); ++i, at += 2) {
    x = ops::matmul(x, parameters[at]) + parameters[at + 1];
    if (i + 1 < net.dense.size()) x = ops::relu(x);
  }
  return x;
}

}  // namespace

Slab ConvNet::make_slab(Backend& backend) const {
  const auto parameters = parameters_of(*this);
  auto regions = parameters;
  for (const auto& [region, shape] : parameters) {
    regions.emplace_back("mean of " + region, shape);
    regions.emplace_back("square of " + region, shape);
  }
  Slab slab(backend, std::move(regions), "convnet");
  // Uniform within ±1/√inputs, as the peers begin.
  std::uint64_t drawn = 0;
  for (const auto& [region, shape] : parameters) {
    if (shape.rank() == 1) continue;
    std::vector<float> values(static_cast<std::size_t>(shape.elements()));
    const float reach = 1 / math::square_root(static_cast<float>(shape.elements() / shape[shape.rank() - 1]));
    for (float& value : values) value = reach * (2 * random::Draw(1, 0, drawn++).uniform() - 1);
    slab.write(slab.region(region), values);
  }
  return slab;
}

Graph ConvNet::training_step(const Slab& slab, std::int64_t batch) const {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {batch, edge, edge, channels}});
    const Tensor y = t.input("y", {DType::float32, {batch, dense.back()}});
    const Tensor rate = t.input("rate", {}), boost = t.input("boost", {});
    std::vector<std::string> names;
    std::vector<Tensor> parameters;
    for (const auto& [region, shape] : parameters_of(*this)) {
      names.push_back(region);
      parameters.push_back(t.region(slab, region));
    }
    const Tensor logits = forward(*this, parameters, x);
    t.segment("loss");
    const Tensor loss = ops::mean(ops::softmax_cross_entropy(y, logits));
    t.output("loss", loss);
    t.segment("backward");
    const std::vector<Tensor> gradients = ops::gradients(loss, parameters);
    t.segment("update");
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const Tensor mean = t.region(slab, "mean of " + names[i]), square = t.region(slab, "square of " + names[i]);
      const Tensor new_mean = kFirst * mean + (1 - kFirst) * gradients[i];
      const Tensor new_square = kSecond * square + (1 - kSecond) * ops::square(gradients[i]);
      t.assign(mean, new_mean);
      t.assign(square, new_square);
      const Tensor size = ops::sqrt(new_square) * boost + like(new_square, kEpsilon);
      t.assign(parameters[i], parameters[i] - rate * new_mean / size);
    }
  });
}

double ConvNet::multiply_adds() const {
  double total = 0, first = 0;
  each_layer(*this, [&](const Shape& weights, std::int64_t times) {
    const double once = static_cast<double>(weights.elements()) * static_cast<double>(times);
    if (first == 0) first = once;
    total += 3 * once;  // forward, to the input, to the weights
  });
  return total - first;  // nobody asks for the gradient of the pictures
}

ConvNet::Batch ConvNet::make_batch(std::int64_t size) const {
  Batch batch;
  batch.x.resize(static_cast<std::size_t>(size * edge * edge * channels));
  random::Draw noise(2, 0, 0);
  for (float& value : batch.x) value = noise.uniform();
  const auto classes = static_cast<std::size_t>(dense.back());
  batch.y.resize(static_cast<std::size_t>(size) * classes);
  for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) batch.y[i * classes + noise.word() % classes] = 1;
  return batch;
}

const ConvNet& convnet_named(std::string_view name) {
  static const ConvNet nets[] = {{"mnist", 28, 1, false, {{8, true}, {16, true}}, {10}},
                                 {"cifar", 32, 3, true, {{32, false}, {32, true}, {64, false}, {64, true}}, {128, 10}}};
  const auto net = std::find_if(std::begin(nets), std::end(nets), [&](const ConvNet& n) { return n.name == name; });
  if (net != std::end(nets)) return *net;
  std::vector<std::string> names;
  for (const ConvNet& n : nets) names.emplace_back(n.name);
  throw UsageError({"bench cnn", "knows no such network", "a name of the list", std::string(name.substr(0, 80)),
                    work::hint(std::string(name), names)});
}

void Adam::next() {
  first *= static_cast<double>(kFirst);
  second *= static_cast<double>(kSecond);
  rate = kRate / static_cast<float>(1 - first);
  boost = 1 / math::square_root(static_cast<float>(1 - second));
}

}  // namespace vitrine::cli
