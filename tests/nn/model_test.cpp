// Models made of layers: counts, names, sharing, eager against planned, errors.
#include "engine/nn/model.h"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/nn/layers.h"
#include "engine/nn/weights.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "tests/support/said.h"

namespace vitrine::nn {
namespace {

using namespace layers;
using testing::said_by;
using testing::says;

Model encoder_of_beats() {
  return sequential(
      "encoder", {Dense(15, {{"activation", "relu"}, {"input_shape", {140}}}), Dense(7, {{"activation", "relu"}}),  //
                  Dense(2)});
}
Model decoder_of_beats() {
  return sequential("decoder",
                    {Dense(7, {{"activation", "relu"}, {"input_shape", {2}}}), Dense(15, {{"activation", "relu"}}),  //
                     Dense(140)});
}

std::vector<float> ramp(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i % 17) * 0.125f - 1;
  return values;
}

TEST_CASE("an autoencoder is made of an encoder and a decoder that work on its weights") {
  const auto backend = open_device("cpu");
  const Model encoder = encoder_of_beats(), decoder = decoder_of_beats();
  const Symbol beat = input({140}, "beat");
  const Model autoencoder({beat}, {decoder(encoder(beat))}, "autoencoder");
  const Weights weights(*backend, autoencoder, 1);
  CHECK(Weights(*backend, encoder, 1).parameters() == 2243);
  CHECK(Weights(*backend, decoder, 1).parameters() == 2381);
  CHECK(weights.parameters() == 2243 + 2381);

  const Parameters now = weights.now();
  const Tensor x = tensor(*backend, ramp(3 * 140), {3, 140});
  const Tensor code = forward(encoder, now, {{x}}).outputs[0];
  const Tensor apart = forward(decoder, now, {{code}}).outputs[0];
  CHECK(code.shape() == Shape{3, 2});
  CHECK(apart.bytes() == forward(autoencoder, now, {{x}}).outputs[0].bytes());
}

TEST_CASE("a small network of convolutions and a recurrent one have the parameters that people count") {
  const auto backend = open_device("cpu");
  const Model convnet = sequential("convnet", {Conv2D(8, 3, {{"activation", "relu"}, {"input_shape", {28, 28, 1}}}),
                                               MaxPooling2D(),  //
                                               Conv2D(16, 3, {{"activation", "relu"}}),
                                               MaxPooling2D(),  //
                                               Flatten(),       //
                                               Dropout(0.25),   //
                                               Dense(10, {{"activation", "softmax"}})});
  CHECK(Weights(*backend, convnet, 1).parameters() == 80 + 1168 + 4010);
  const Model recurrent = sequential("recurrent", {LSTM(16, {{"input_shape", {20, 4}}}), Dense(1)});
  CHECK(Weights(*backend, recurrent, 1).parameters() == 1344 + 17);
  const Model both = sequential("both", {Bidirectional(GRU(5), {{"input_shape", {20, 4}}}), Dense(1)});
  CHECK(Weights(*backend, both, 1).parameters() == 2 * 3 * (5 * (4 + 5) + 2 * 5) + 11);
}

TEST_CASE("extents that nobody knows yet stay unknown through a model") {
  const Symbol picture = input({kUnknown, kUnknown, 3});
  const Symbol smaller = MaxPooling2D()(Conv2D(4, 3, {{"padding", "same"}})(picture));
  CHECK(smaller.form() == Form{{kUnknown, kUnknown, kUnknown, 4}});
  CHECK(GlobalAveragePooling2D()(smaller).form() == Form{{kUnknown, 4}});
}

TEST_CASE("layers that nobody named get names that differ in the whole model") {
  const Model encoder = encoder_of_beats(), decoder = decoder_of_beats();
  const Symbol beat = input({140});
  const Model autoencoder({beat}, {decoder(encoder(beat))}, "autoencoder");
  CHECK(encoder.layers()[1].name() == "dense");
  CHECK(decoder.layers().back().name() == "dense_5");
}

TEST_CASE("a planned model gives the bits of the eager one") {
  const auto backend = open_device("cpu");
  const Model model = encoder_of_beats();
  const Weights weights(*backend, model, 5);
  const std::vector<float> numbers = ramp(4 * 140);
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {4, 140}});
                        t.output("code", forward(model, weights.regions(t), {{x}}).outputs[0]);
                      }),
                      *backend);
  plan.bind(plan.input("x"), numbers);
  plan.run();
  const Tensor x = tensor(*backend, numbers, {4, 140});
  CHECK(plan.read("code") == forward(model, weights.now(), {{x}}).outputs[0].floats());
}

TEST_CASE("a layer that is called twice has its weights once") {
  const auto backend = open_device("cpu");
  const Symbol left = input({4}, "left"), right = input({4}, "right");
  const Layer shared = Dense(3, {{"name", "shared"}});
  const Model model({left, right}, {shared(left), shared(right)});
  const Weights weights(*backend, model, 1);
  CHECK(weights.entries().size() == 2);
  CHECK(weights.entries()[0].name == "shared/kernel");
}

TEST_CASE("the same seed gives the same first weights, another seed others") {
  const auto backend = open_device("cpu");
  const Model model = encoder_of_beats();
  const Weights one(*backend, model, 1), again(*backend, model, 1), other(*backend, model, 2);
  CHECK(one.read("dense/kernel") == again.read("dense/kernel"));
  CHECK(one.read("dense/kernel") != other.read("dense/kernel"));
  CHECK(one.read("dense/bias") == std::vector<float>(15, 0.0f));
}

TEST_CASE("gradients reach the weights of a model, and a step trains it") {
  const auto backend = open_device("cpu");
  const Model model = sequential("line", {Dense(1, {{"input_shape", {1}}})});
  Weights weights(*backend, model, 3);
  std::vector<float> xs = {-1, 0, 1, 2, 3, 4}, ys = {-3, -1, 1, 3, 5, 7};
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {6, 1}});
                        const Tensor y = t.input("y", {DType::float32, {6, 1}});
                        const Parameters p = weights.regions(t);
                        const Tensor loss =
                            ops::mean(ops::square(forward(model, p, {{x}}, {.training = true}).outputs[0] - y));
                        const auto slopes = ops::gradients(loss, p.tensors);
                        for (std::size_t i = 0; i < slopes.size(); ++i)
                          t.assign(p.tensors[i], p.tensors[i] - 0.05f * slopes[i]);
                      }),
                      *backend);
  plan.bind(plan.input("x"), xs);
  plan.bind(plan.input("y"), ys);
  for (int step = 0; step < 500; ++step) plan.run();
  CHECK(weights.read("dense/kernel")[0] == doctest::Approx(2).epsilon(1e-3));
  CHECK(weights.read("dense/bias")[0] == doctest::Approx(-1).epsilon(1e-3));
}

TEST_CASE("what is wrong with a layer is said with its name and the argument") {
  CHECK(says(said_by([] { Dense(3, {{"name", "out"}, {"activaton", "relu"}}); }), "out (Dense): has no argument"));
  CHECK(says(said_by([] { Dense(3, {{"activaton", "relu"}}); }), "Is \"activation\" meant?"));
  CHECK(says(said_by([] { Dense(); }), "Dense units: is missing"));
  CHECK(says(said_by([] { Dense(0); }), "Dense units: is out of range; expected 1 to 16777216; got 0"));
  CHECK(says(said_by([] { Dense(1.5); }), "a whole number"));
  CHECK(says(said_by([] {
               Dense(2, {{"kernel_regularizer",
                          Config::Record{{"class_name", "L1L2"}, {"config", Config::Record{{"l1", std::nan("")}}}}}});
             }),
             "Dense kernel_regularizer L1L2 l1: is not understood; expected a finite number"));
  CHECK(says(said_by([] { Dense(2, {{"activation", "rleu"}}); }), "the name of an activation"));
  const Symbol x = input({4});
  CHECK(says(said_by([&] {
               Model({x}, {Dense(2, {{"name", "a"}})(Dense(2, {{"name", "a"}})(x))}, "twins");
             }),
             "twins/a: is the name of two layers"));
  CHECK(says(said_by([&] { Model({input({3})}, {Dense(2)(x)}, "lost"); }), "needs an input"));
}

TEST_CASE("a shared layer refuses inputs of another form") {
  const Layer shared = Dense(3, {{"name", "shared"}});
  shared(input({4}));
  CHECK(says(said_by([&] { shared(input({5})); }), "shared (Dense) kernel: was made for inputs of another form"));
}

}  // namespace
}  // namespace vitrine::nn
