// One neuron learns the line y = 2x - 1 from six of its points.
#include <iostream>

#include "engine/backends.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"

using namespace vitrine;
using namespace vitrine::nn;
using namespace vitrine::learn;

int main() {
  const auto backend = open_device("cpu");
  const Model model = sequential("line", {layers::Dense(1, {{"input_shape", {1}}})});
  Weights weights(*backend, model, 1);
  Trainer trainer(model, weights, {.optimiser = optimisers::Sgd(0.1), .loss = {"mean_squared_error"}});

  const Rows x({1}, {-1, 0, 1, 2, 3, 4}), y({1}, {-3, -1, 1, 3, 5, 7});
  const History history = trainer.fit({{x}, {y}}, {.epochs = 400});
  std::cout << "loss " << history["loss"].back() << ", f(10) = " << trainer.predict(Rows({1}, {10}))[0][0] << '\n';
}
