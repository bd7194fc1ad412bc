// Heartbeats of 140 numbers squeezed into two and drawn again from these: 140-15-7-2-7-15-140.
#include <iostream>

#include "engine/backends.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"
#include "tests/examples/waves.h"

using namespace vitrine;
using namespace vitrine::nn;
using namespace vitrine::learn;

int main() {
  const Named relu{{"activation", "relu"}}, sigmoid{{"activation", "sigmoid"}};
  const Symbol beat = nn::input({140}, "beat"), code = nn::input({2}, "code");
  const Model encoder({beat}, {layers::Dense(2, relu)(layers::Dense(7, relu)(layers::Dense(15, relu)(beat)))},
                      "encoder");
  const Model decoder({code}, {layers::Dense(140, sigmoid)(layers::Dense(15, relu)(layers::Dense(7, relu)(code)))},
                      "decoder");
  const Model autoencoder = sequential("autoencoder", {encoder, decoder});
  const auto backend = open_device("cpu");
  Weights weights(*backend, autoencoder, 2);
  Trainer trainer(autoencoder, weights, {.optimiser = optimisers::Adam(0.01), .loss = {"mse"}});
  const Rows beats({140}, waves(64, 140));
  const History history = trainer.fit({{beats}, {beats}}, {.epochs = 60, .batch_size = 16});
  const Rows squeezed = Predictor(encoder, weights)(beats), drawn = Predictor(decoder, weights)(squeezed);
  std::cout << weights.parameters() << " parameters, " << history["loss"].back() / history["loss"][0]
            << " of the loss\n";
}
