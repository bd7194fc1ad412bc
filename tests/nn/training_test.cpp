// What differs while training: dropping, moving statistics, states, freezing; and randomness that can be repeated.
#include <doctest/doctest.h>

#include <algorithm>

#include "engine/backends.h"
#include "engine/nn/layers.h"
#include "engine/nn/weights.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

using namespace layers;

std::vector<float> ones(std::size_t count) {
  return std::vector<float>(count, 1.0f);
}

struct Ran {
  std::vector<float> output;
  Forward forward;
};
Ran ran(Backend& backend, const Model& model, const Weights& weights, const Shape& shape, const Mode& mode) {
  const std::vector<float> values = ones(static_cast<std::size_t>(shape.elements()));
  const Tensor x = tensor(backend, values, shape);
  Forward result = forward(model, weights.now(), {{x}}, mode);
  std::vector<float> output = result.outputs[0].floats();
  return {std::move(output), std::move(result)};
}

TEST_CASE("dropout drops its share while training only, and the same with the same key") {
  const auto backend = open_device("cpu");
  const Model model = sequential("net", {Dropout(0.25, {{"input_shape", {400}}})});
  const Weights weights(*backend, model, 1);
  const Shape shape{10, 400};
  CHECK(ran(*backend, model, weights, shape, {}).output == ones(4000));
  const auto once = ran(*backend, model, weights, shape, {.training = true, .key = 7}).output;
  const auto zeros = std::ranges::count(once, 0.0f);
  CHECK(zeros > 850);
  CHECK(zeros < 1150);
  CHECK(*std::ranges::max_element(once) == doctest::Approx(1 / 0.75));
  CHECK(once == ran(*backend, model, weights, shape, {.training = true, .key = 7}).output);
  CHECK(once != ran(*backend, model, weights, shape, {.training = true, .key = 8}).output);
}

TEST_CASE("two layers drop different numbers, one layer called twice as well") {
  const auto backend = open_device("cpu");
  const Symbol x = input({64});
  const Layer shared = Dropout(0.5);
  const Model model({x}, {shared(x), shared(x), Dropout(0.5)(x)});
  const Weights weights(*backend, model, 1);
  const Forward result = ran(*backend, model, weights, {4, 64}, {.training = true, .key = 1}).forward;
  CHECK(result.outputs[0].floats() != result.outputs[1].floats());
  CHECK(result.outputs[0].floats() != result.outputs[2].floats());
}

TEST_CASE("a recurrent layer drops the same numbers at every step") {
  const auto backend = open_device("cpu");
  const Model model = sequential("net", {SimpleRNN(32, {{"dropout", 0.5},
                                                        {"activation", "linear"},
                                                        {"return_sequences", true},
                                                        {"input_shape", {3, 8}},
                                                        {"recurrent_initializer", "zeros"}})});
  const Weights weights(*backend, model, 1);
  const auto y = ran(*backend, model, weights, {1, 3, 8}, {.training = true, .key = 3}).output;
  CHECK(std::equal(y.begin(), y.begin() + 32, y.begin() + 32));
  CHECK(std::equal(y.begin(), y.begin() + 32, y.begin() + 64));
}

TEST_CASE(
    "batch normalisation moves its statistics while training, and a frozen one neither moves nor uses the batch") {
  const auto backend = open_device("cpu");
  const Model model =
      sequential("net", {BatchNormalization({{"input_shape", {2}}, {"momentum", 0.5}, {"name", "bn"}})});
  const Weights weights(*backend, model, 1);
  const Forward trained = ran(*backend, model, weights, {4, 2}, {.training = true}).forward;
  REQUIRE(trained.updates.size() == 2);
  CHECK(weights.entries()[trained.updates[0].entry].name == "bn/moving_mean");
  CHECK(trained.updates[0].value.floats() == std::vector<float>{0.5f, 0.5f});
  CHECK(trained.outputs[0].floats() == std::vector<float>(8, 0.0f));
  CHECK(ran(*backend, model, weights, {4, 2}, {}).forward.updates.empty());
  model.set_trainable(false);
  const Forward frozen = ran(*backend, model, weights, {4, 2}, {.training = true}).forward;
  CHECK(frozen.updates.empty());
  CHECK(frozen.outputs[0].floats()[0] == doctest::Approx(1).epsilon(1e-3));
  CHECK(weights.parameters(true) == 0);
}

TEST_CASE("a stateful layer goes on where it stopped: two halves of a sequence are the whole") {
  const auto backend = open_device("cpu");
  const auto net = [](std::int64_t steps, bool stateful) {
    const Symbol x = input_of({{2, steps, 3}});
    return Model({x}, {LSTM(4, {{"name", "lstm"}, {"stateful", stateful}})(x)}, "net");
  };
  const Model whole = net(6, false), half = net(3, true);
  const Weights all(*backend, whole, 1);
  Weights weights(*backend, half, 1);
  CHECK(weights.parameters() == all.parameters());
  const Forward first = ran(*backend, half, weights, {2, 3, 3}, {}).forward;
  REQUIRE(first.updates.size() == 2);
  for (const auto& update : first.updates) weights.write(weights.entries()[update.entry].name, update.value.floats());
  CHECK(ran(*backend, half, weights, {2, 3, 3}, {}).output == ran(*backend, whole, all, {2, 6, 3}, {}).output);
  weights.reset_states();
  CHECK(ran(*backend, half, weights, {2, 3, 3}, {}).output == first.outputs[0].floats());
}

TEST_CASE("an LSTM of ours begins by remembering, one of TensorFlow.js does not") {
  const auto backend = open_device("cpu");
  const Symbol x = input({5, 2});
  const Model ours({x}, {LSTM(2, {{"name", "l"}})(x)});
  CHECK(Weights(*backend, ours, 1).read("l/bias") == std::vector<float>{0, 0, 1, 1, 0, 0, 0, 0});
  const Layer theirs(LSTM, {{"units", 2}, {"name", "l"}}, Convention::tfjs);
  CHECK(Weights(*backend, Model({x}, {theirs(x)}), 1).read("l/bias") == std::vector<float>(8, 0.0f));
}

TEST_CASE("steps that a mask passes over change nothing") {
  const auto backend = open_device("cpu");
  const Symbol x = input({4, 1});
  const Model model({x}, {GRU(3)(Masking()(x))});
  const Weights weights(*backend, model, 1);
  const std::vector<float> with_gaps = {1, 0, 2, 0}, without = {1, 2, 0, 0};
  const Tensor a = tensor(*backend, with_gaps, {1, 4, 1}), b = tensor(*backend, without, {1, 4, 1});
  CHECK(forward(model, weights.now(), {{a}}).outputs[0].bytes() ==
        forward(model, weights.now(), {{b}}).outputs[0].bytes());
}

TEST_CASE("regularisers and constraints are those that the layer was told") {
  const auto backend = open_device("cpu");
  const Model model = sequential("net", {Dense(1, {{"input_shape", {2}},
                                                   {"kernel_regularizer", "l2"},
                                                   {"kernel_constraint", "non_neg"},
                                                   {"activity_regularizer", "l1"}})});
  const Weights weights(*backend, model, 1);
  const std::vector<float> numbers = {3, -4};
  const Tensor w = tensor(*backend, numbers, {2, 1});
  CHECK(penalty_of(weights.entries()[0], w).item() == doctest::Approx(0.25));
  CHECK(constrained(weights.entries()[0], w).floats() == std::vector<float>{3, 0});
  CHECK(!penalty_of(weights.entries()[1], w));
  CHECK(ran(*backend, model, weights, {4, 2}, {}).forward.penalties.size() == 1);
}

}  // namespace
}  // namespace vitrine::nn
