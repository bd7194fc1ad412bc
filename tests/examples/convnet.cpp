// A small convolutional network tells standing bars from lying ones.
#include <iostream>

#include "engine/backends.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"

using namespace vitrine;
using namespace vitrine::nn;
using namespace vitrine::learn;

int main() {
  std::vector<float> images, labels;
  for (int image = 0; image < 64; ++image) {
    const bool lying = image % 2 == 1;
    for (int i = 0; i < 64; ++i) images.push_back((lying ? i / 8 : i % 8) == image / 2 % 8 ? 1.0f : 0.0f);
    labels.insert(labels.end(), {lying ? 0.0f : 1.0f, lying ? 1.0f : 0.0f});
  }
  const Model model =
      sequential("convnet", {layers::Conv2D(4, 3, {{"activation", "relu"}, {"input_shape", {8, 8, 1}}}),
                             layers::MaxPooling2D(), layers::Flatten(), layers::Dense(2, {{"activation", "softmax"}})});
  const auto backend = open_device("cpu");
  Weights weights(*backend, model, 1);
  Trainer trainer(model, weights,
                  {.optimiser = optimisers::Adam(0.01), .loss = {"categorical_crossentropy"}, .metrics = {"accuracy"}});
  const Data data{{Rows({8, 8, 1}, images)}, {Rows({2}, labels)}};
  trainer.fit(data, {.epochs = 30, .batch_size = 16});
  std::cout << "accuracy " << trainer.evaluate(data)["acc"] << '\n';
}
