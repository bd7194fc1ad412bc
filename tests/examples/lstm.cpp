// An LSTM learns to continue a wave: twelve numbers in, the next one out.
#include <cmath>
#include <iostream>

#include "engine/backends.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"

using namespace vitrine;
using namespace vitrine::nn;
using namespace vitrine::learn;

int main() {
  std::vector<float> windows, next;
  for (int start = 0; start < 100; ++start) {
    for (int i = 0; i < 12; ++i) windows.push_back(std::sin(0.3f * static_cast<float>(start + i)));
    next.push_back(std::sin(0.3f * static_cast<float>(start + 12)));
  }
  const Model model = sequential("wave", {layers::LSTM(8, {{"input_shape", {12, 1}}}), layers::Dense(1)});
  const auto backend = open_device("cpu");
  Weights weights(*backend, model, 1);
  Trainer trainer(model, weights, {.optimiser = optimisers::Adam(0.02), .loss = {"mse"}});
  const History history = trainer.fit({{Rows({12, 1}, windows)}, {Rows({1}, next)}}, {.epochs = 20, .batch_size = 20});
  std::cout << "loss " << history["loss"][0] << " to " << history["loss"].back() << '\n';
}
