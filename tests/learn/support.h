// A small network with its trainer, and samples made of a counter, for the tests of this room.
#pragma once

#include "engine/backends.h"
#include "engine/core/random.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"

namespace vitrine::learn::testing {

inline Rows numbers(std::int64_t rows, std::int64_t size, std::uint64_t key) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < rows * size; ++i) {
    values.push_back(random::Draw(key, 0, static_cast<std::uint64_t>(i)).normal());
  }
  return {Shape{size}, std::move(values)};
}

inline Data samples(std::int64_t rows, std::int64_t inputs, std::int64_t outputs) {
  return {{numbers(rows, inputs, 1)}, {numbers(rows, outputs, 2)}};
}

// Dense layers of these sizes with tanh between them.
inline nn::Model dense(const std::vector<std::int64_t>& sizes) {
  std::vector<nn::Layer> layers;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    nn::Named named{{"activation", i + 1 < sizes.size() ? "tanh" : "linear"}};
    if (i == 1) named.emplace_back("input_shape", nn::Config(std::initializer_list<std::int64_t>{sizes[0]}));
    layers.push_back(nn::layers::Dense(sizes[i], named));
  }
  return nn::sequential("net", layers);
}

struct Net {
  Net(const std::vector<std::int64_t>& sizes, Recipe recipe)
      : model(dense(sizes)), weights(*backend, model, 7), trainer(model, weights, std::move(recipe)) {}
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  nn::Model model;
  nn::Weights weights;
  Trainer trainer;
};

}  // namespace vitrine::learn::testing
