// Training with layers that draw, that keep statistics, that add to the loss and that hold their weights in bounds.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/learn/support.h"

namespace vitrine::learn {
namespace {

using nn::layers::BatchNormalization;
using nn::layers::Dense;
using nn::layers::Dropout;
using testing::samples;

struct Drawn {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  nn::Model model = nn::sequential("drawn", {Dense(6, {{"input_shape", {3}}, {"kernel_regularizer", "l2"}}),
                                             BatchNormalization(), Dropout(0.4), Dense(2)});
  nn::Weights weights{*backend, model, 3};
  Trainer trainer{model, weights, {.optimiser = optimisers::Adam(0.05), .loss = {"mse"}, .seed = 4}};
};

FitOptions options() {
  FitOptions made;
  made.epochs = 3;
  made.batch_size = 5;
  return made;
}

TEST_CASE("dropout and batch statistics: segments are the whole, and any step resumes to the same bits") {
  const Data data = samples(12, 3, 2);
  Drawn straight, parts;
  Course whole(straight.trainer, data, options()), in_parts(parts.trainer, data, options());
  std::vector<CourseState> states;
  while (!whole.finished()) {
    states.push_back(whole.save());
    whole.step();
  }
  while (!in_parts.finished()) in_parts.step_segment();
  const std::vector<float> end = straight.weights.slab().save();
  CHECK(parts.weights.slab().save() == end);
  for (const CourseState& state : states) {
    Drawn again;
    Course resumed(again.trainer, data, options());
    resumed.restore(state);
    while (!resumed.finished()) resumed.step();
    CHECK(again.weights.slab().save() == end);
  }
}

TEST_CASE("dropout draws anew in each step, and the seed decides") {
  const Data data = samples(8, 3, 2);
  Drawn same, other;
  same.trainer.set("learning_rate", 0);
  const double first = same.trainer.train_on_batch(data)["loss"], second = same.trainer.train_on_batch(data)["loss"];
  CHECK(first != second);
  Recipe recipe = other.trainer.recipe();
  recipe.seed = 5;
  other.trainer.compile(recipe);
  CHECK(other.trainer.train_on_batch(data)["loss"] != first);
}

TEST_CASE("moving statistics move with training and stay in evaluation") {
  Drawn net;
  const Data data = samples(8, 3, 2);
  const std::vector<float> fresh = net.weights.read("batch_normalization/moving_mean");
  net.trainer.evaluate(data);
  CHECK(net.weights.read("batch_normalization/moving_mean") == fresh);
  net.trainer.train_on_batch(data);
  CHECK(net.weights.read("batch_normalization/moving_mean") != fresh);
}

TEST_CASE("penalties are part of the loss that is trained, not of the one that is evaluated") {
  const auto backend = open_device("cpu", 1);
  const nn::Config l2 = nn::Config::Record{{"class_name", "L2"}, {"config", nn::Config::Record{{"l2", 0.5}}}};
  const nn::Model model = nn::sequential("penalised", {Dense(1, {{"input_shape", {1}}, {"kernel_regularizer", l2}})});
  nn::Weights weights(*backend, model, 1);
  weights.write("dense/kernel", std::vector<float>{2});
  Trainer trainer(model, weights, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  const Data data{{Rows({1}, {1})}, {Rows({1}, {2})}};
  CHECK(trainer.evaluate(data)["loss"] == 0);
  CHECK(trainer.train_on_batch(data)["loss"] == 2);                        // 0.5 · 2²
  CHECK(weights.read("dense/kernel")[0] == doctest::Approx(2 - 0.1 * 2));  // down the slope of the penalty
}

TEST_CASE("a constraint holds after every update, unless the recipe leaves it out") {
  for (const bool held : {true, false}) {
    const auto backend = open_device("cpu", 1);
    const nn::Config bound =
        nn::Config::Record{{"class_name", "MaxNorm"}, {"config", nn::Config::Record{{"max_value", 0.5}}}};
    const nn::Model model = nn::sequential("held", {Dense(1, {{"input_shape", {2}}, {"kernel_constraint", bound}})});
    nn::Weights weights(*backend, model, 1);
    Trainer trainer(model, weights, {.optimiser = optimisers::Sgd(0.5), .loss = {"mse"}, .constraints = held});
    trainer.train_on_batch({{Rows({2}, {3, 4})}, {Rows({1}, {50})}});
    const std::vector<float> kernel = weights.read("dense/kernel");
    const float norm = std::hypot(kernel[0], kernel[1]);
    CHECK((norm <= 0.50001f) == held);
  }
}

}  // namespace
}  // namespace vitrine::learn
