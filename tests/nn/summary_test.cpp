// What a layer costs: multiply-adds counted by hand, for each way in which kernels are laid over numbers.
#include "engine/nn/summary.h"

#include <doctest/doctest.h>

#include "engine/nn/layers.h"

namespace vitrine::nn {
namespace {

std::int64_t macs_of(const Layer& layer, const Integers& sample) {
  const Symbol x = input(sample);
  return summarise(Model({x}, {layer(x)})).macs();
}

TEST_CASE("a dense layer costs a kernel at every place of a sequence") {
  CHECK(macs_of(layers::Dense(4), {7}) == 7 * 4);
  CHECK(macs_of(layers::Dense(4), {3, 7}) == 3 * 7 * 4);
  CHECK(macs_of(layers::Dense(4), {kUnknown, 7}) == 7 * 4);
}

TEST_CASE("a convolution costs its kernel at every place of its answer") {
  using namespace layers;
  CHECK(macs_of(Conv1D(4, 3), {9, 2}) == 7 * (3 * 2 * 4));
  CHECK(macs_of(Conv2D(4, 3), {8, 7, 2}) == 6 * 5 * (3 * 3 * 2 * 4));
  CHECK(macs_of(Conv2D(4, 3, {{"padding", "same"}, {"strides", {2, 1}}}), {8, 7, 2}) == 4 * 7 * (3 * 3 * 2 * 4));
  CHECK(macs_of(Conv2D(4, 3, {{"data_format", "channels_first"}}), {2, 8, 7}) == 6 * 5 * (3 * 3 * 2 * 4));
  CHECK(macs_of(Conv2D(4, 3, {{"dilation_rate", {2, 2}}}), {8, 7, 2}) == 4 * 3 * (3 * 3 * 2 * 4));
  CHECK(macs_of(Conv3D(2, 2), {3, 4, 5, 3}) == 2 * 3 * 4 * (8 * 3 * 2));
}

TEST_CASE("a convolution that spreads costs its kernel at every place of its input") {
  CHECK(macs_of(layers::Conv2DTranspose(4, 3, {{"strides", {2, 2}}}), {5, 6, 2}) == 5 * 6 * (3 * 3 * 2 * 4));
}

TEST_CASE("a depthwise convolution costs one kernel a channel, a separable one that and the mixing") {
  using namespace layers;
  CHECK(macs_of(DepthwiseConv2D(3), {8, 7, 4}) == 6 * 5 * (3 * 3 * 4));
  CHECK(macs_of(DepthwiseConv2D(3, {{"depth_multiplier", 2}, {"strides", {2, 2}}, {"padding", "same"}}), {8, 7, 4}) ==
        4 * 4 * (3 * 3 * 4 * 2));
  CHECK(macs_of(SeparableConv2D(5, 3), {8, 7, 4}) == 6 * 5 * (3 * 3 * 4 + 4 * 5));
}

TEST_CASE("a recurrent layer costs its kernels once a step") {
  using namespace layers;
  CHECK(macs_of(SimpleRNN(3), {6, 5}) == 6 * (5 * 3 + 3 * 3));
  CHECK(macs_of(GRU(3), {6, 5}) == 6 * 3 * (5 * 3 + 3 * 3));
  CHECK(macs_of(LSTM(3), {6, 5}) == 6 * 4 * (5 * 3 + 3 * 3));
  CHECK(macs_of(Bidirectional(LSTM(3)), {6, 5}) == 2 * 6 * 4 * (5 * 3 + 3 * 3));
  CHECK(macs_of(RNN(StackedRNNCells(Config::List{GRUCell(2), LSTMCell(3)})), {6, 5}) ==
        6 * (3 * (5 * 2 + 2 * 2) + 4 * (2 * 3 + 3 * 3)));
  CHECK(macs_of(LSTM(3), {kUnknown, 5}) == 4 * (5 * 3 + 3 * 3));
  CHECK(macs_of(TimeDistributed(Dense(4)), {6, 5}) == 6 * 5 * 4);
  // At 4 × 3 places of its answer, four gates over the input and over what is remembered.
  CHECK(macs_of(ConvLSTM2D(2, 3), {3, 6, 5, 2}) == 3 * (4 * 3) * 4 * (9 * 2 * 2 + 9 * 2 * 2));
}

TEST_CASE("what multiplies no kernel costs nothing") {
  using namespace layers;
  CHECK(macs_of(MaxPooling2D(), {8, 8, 2}) == 0);
  CHECK(macs_of(BatchNormalization(), {8, 8, 2}) == 0);
  CHECK(macs_of(Embedding(10, 4), {6}) == 0);
}

}  // namespace
}  // namespace vitrine::nn
