// Small enough to be answered in no time, each with something that writers get wrong.
#include "tests/npm/sample_models.h"

#include "engine/nn/layers.h"

namespace vitrine::samples {
namespace {

using namespace nn::layers;
using nn::Model;
using nn::Symbol;

Model dense() {
  return nn::sequential(
      "dense",
      {Dense(8, {{"activation", "relu"}, {"input_shape", {5}}}), Activation("log_softmax"),
       Dense(6, {{"activation", "hard_sigmoid"}, {"kernel_constraint", "max_norm"}}),
       Dense(3, {{"activation", "softmax"}, {"kernel_regularizer", "l2"}, {"kernel_initializer", "lecun_normal"}})});
}

Model convnet() {
  return nn::sequential(
      "convnet",
      {Conv2D(4, 3, {{"padding", "same"}, {"use_bias", false}, {"input_shape", {8, 7, 2}}}), BatchNormalization(),
       ReLU({{"max_value", 6}}), MaxPooling2D({2, 2}), DepthwiseConv2D({2, 2}, {{"depth_multiplier", 2}}),
       LayerNormalization(), Flatten(), Dense(3, {{"activation", "softmax"}})});
}

Model recurrent() {
  const nn::Layer both = Bidirectional(LSTM(3, {{"return_sequences", true}}), {{"merge_mode", "concat"}});
  return nn::sequential("recurrent", {Embedding(11, 4, {{"mask_zero", true}, {"input_shape", {6}}}), both,
                                      TimeDistributed(Dense(5, {{"activation", "tanh"}})),
                                      GRU(4, {{"reset_after", false}, {"return_sequences", true}}),
                                      RNN(StackedRNNCells(nn::Config::List{SimpleRNNCell(3), LSTMCell(4)})), Dense(2)});
}

Model two_inputs() {
  const Symbol a = nn::input({4}, "a"), b = nn::input({3}, "b");
  const nn::Layer shared = Dense(5, {{"name", "shared"}, {"activation", "elu"}});
  const Symbol left = shared(a), right = shared(Dense(4, {{"name", "widen"}})(b));
  const Symbol joined = Concatenate({{"name", "joined"}})({left, right, Add({{"name", "sum"}})({left, right})});
  return Model({a, b}, {Dense(2, {{"name", "one"}})(joined), Dense(1, {{"name", "other"}})(right)}, "two_inputs");
}

// A model that two calls share, a functional one with two answers, and one whose first layer is a model.
Model nested() {
  const Model first =
      nn::sequential("first", {nn::sequential("inside", {Dense(6, {{"activation", "tanh"}, {"input_shape", {4}}})}),
                               Dense(4, {{"name", "back"}})});
  const Symbol u = nn::input({4}, "u");
  const Model fork({u}, {Dense(3, {{"name", "up"}})(u), Dense(4, {{"name", "down"}})(u)}, "fork");
  const Symbol x = nn::input({4}, "x");
  const std::vector<Symbol> ends = fork.apply({first(first(x))});
  return Model({x}, {ends[0], Multiply({{"name", "product"}})({ends[1], first(x)})}, "nested");
}

Model autoencoder() {
  const Model encoder =
      nn::sequential("encoder", {Dense(7, {{"activation", "relu"}, {"input_shape", {12}}}), Dense(2)});
  const Model decoder =
      nn::sequential("decoder", {Dense(7, {{"activation", "relu"}, {"input_shape", {2}}}), Dense(12)});
  const Symbol x = nn::input({12}, "beat");
  return Model({x}, {decoder(encoder(x))}, "autoencoder");
}

constexpr Sample kAll[] = {{"dense", dense},           {"convnet", convnet}, {"recurrent", recurrent},
                           {"two_inputs", two_inputs}, {"nested", nested},   {"autoencoder", autoencoder}};

}  // namespace

std::span<const Sample> all() {
  return kAll;
}

std::vector<float> numbers(std::size_t count, std::uint32_t seed) {
  std::vector<float> values(count);
  for (float& value : values) {
    seed = seed * 1664525u + 1013904223u;
    value = static_cast<float>(seed >> 8) * 0x1p-24f - 0.5f;
  }
  return values;
}

void fill(nn::Weights& weights) {
  std::uint32_t seed = 7;
  for (const nn::Weights::Entry& entry : weights.entries()) {
    std::vector<float> values = numbers(static_cast<std::size_t>(entry.spec().shape.elements()), ++seed);
    if (entry.name.ends_with("variance")) {
      for (float& value : values) value += 1;
    }
    if (entry.spec().role != nn::WeightSpec::Role::state) weights.write(entry.name, values);
  }
}

}  // namespace vitrine::samples
