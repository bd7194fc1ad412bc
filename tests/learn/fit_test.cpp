// Fitting as people know it: histories, partial batches, splits, weights, callbacks, and resuming to the same bits.
#include "engine/learn/course.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "tests/learn/support.h"

namespace vitrine::learn {
namespace {

using testing::Net;
using testing::numbers;
using testing::samples;

FitOptions options_for(std::int64_t epochs, std::int64_t batch_size) {
  FitOptions options;
  options.epochs = epochs;
  options.batch_size = batch_size;
  options.seed = 5;
  return options;
}

TEST_CASE("a line is learnt") {
  Net net({1, 1}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  const Data data{{Rows({1}, {-1, 0, 1, 2, 3, 4})}, {Rows({1}, {-3, -1, 1, 3, 5, 7})}};
  const History history = net.trainer.fit(data, options_for(300, 6));
  CHECK(history["loss"].size() == 300);
  CHECK(history["loss"].back() < 1e-6);
  CHECK(net.trainer.predict(Rows({1}, {10})).values()[0] == doctest::Approx(19).epsilon(1e-3));
}

TEST_CASE("a metric is known by each of its names, and its curve has the one that was said") {
  const Data data = samples(8, 3, 2);
  for (const char* name : {"mae", "MAE", "mean_absolute_error"}) {
    Net net({3, 2}, {.optimiser = optimisers::Sgd(0.1), .loss = {"meanAbsoluteError"}, .metrics = {name}});
    const History history = net.trainer.fit(data, options_for(2, 8));
    CHECK(history[name] == history["loss"]);
  }
}

TEST_CASE("the four segments of a step are the whole step, bit for bit") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}, .metrics = {"mae"}};
  Net whole({3, 5, 2}, recipe), parts({3, 5, 2}, recipe);
  const Data data = samples(13, 3, 2);
  Course one(whole.trainer, data, options_for(4, 4)), other(parts.trainer, data, options_for(4, 4));
  while (!one.finished()) one.step();
  while (!other.finished()) other.step_segment();
  CHECK(whole.trainer.step() == 16);
  CHECK(parts.weights.slab().save() == whole.weights.slab().save());
  CHECK(other.history().curves == one.history().curves);
}

TEST_CASE("a step that was begun in segments is finished whole, with the bits of the straight one") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.1), .loss = {"mse"}};
  Net straight({3, 4, 2}, recipe), looked_into({3, 4, 2}, recipe);
  const Data data = samples(70, 3, 2);
  const std::vector<std::int64_t> rows = [] {
    std::vector<std::int64_t> all(70);
    std::iota(all.begin(), all.end(), std::int64_t{0});
    return all;
  }();
  for (int step = 0; step < 3; ++step) {
    straight.trainer.load(data, rows);
    straight.trainer.run();
    looked_into.trainer.load(data, rows);
    for (int segment = 0; segment < step; ++segment) looked_into.trainer.run_segment();
    CHECK(looked_into.trainer.inside() == step);
    looked_into.trainer.run();
    CHECK(looked_into.trainer.step() == step + 1);
    CHECK(looked_into.trainer.reading(0) == straight.trainer.reading(0));
    CHECK(looked_into.weights.slab().save() == straight.weights.slab().save());
  }
}

TEST_CASE("what is to be given back is held once, and learnt as if it were there twice") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}};
  const Rows beats = numbers(100, 20, 1), again = numbers(100, 20, 1);
  Net echo({20, 3, 20}, recipe), twice({20, 3, 20}, recipe);
  const History one = echo.trainer.fit({{beats}, {beats}}, options_for(3, 70));
  const History two = twice.trainer.fit({{beats}, {again}}, options_for(3, 70));
  CHECK(one.curves == two.curves);
  CHECK(echo.weights.slab().save() == twice.weights.slab().save());
  CHECK(echo.trainer.loaded().plan().schedule().inputs.size() + 1 ==
        twice.trainer.loaded().plan().schedule().inputs.size());
  CHECK(echo.trainer.loaded().plan().lowering() == "lanes");
  CHECK(twice.trainer.loaded().plan().lowering() == "lanes");
  // The same trainer with rows that are no echo any more: the labels count.
  echo.trainer.fit({{beats}, {numbers(100, 20, 9)}}, options_for(1, 70));
  CHECK(echo.weights.slab().save() != twice.weights.slab().save());
}

TEST_CASE("resuming from any step of a fit gives the bits of the straight run") {
  const Recipe recipe{
      .optimiser = optimisers::Adam(0.02), .loss = {"mse"}, .schedule = schedules::Linear({{"steps", 30}})};
  const auto options = [&] {
    FitOptions made = options_for(5, 4);
    made.validation_split = 0.25;
    made.callbacks = {std::make_shared<EarlyStopping>(EarlyStopping::Options{.patience = 3, .restore_best = true}),
                      std::make_shared<ReduceOnPlateau>(ReduceOnPlateau::Options{.patience = 1})};
    return made;
  };
  const Data data = samples(17, 3, 2);
  Net straight({3, 5, 2}, recipe);
  Course course(straight.trainer, data, options());
  std::vector<CourseState> states{course.save()};
  while (!course.finished()) {
    course.step();
    states.push_back(course.save());
  }
  const std::vector<float> end = straight.weights.slab().save();
  for (const CourseState& state : states) {
    if (state.epoch >= 5 || !state.history.stopped.empty()) continue;
    Net again({3, 5, 2}, recipe);
    Course resumed(again.trainer, data, options());
    resumed.restore(state);
    while (!resumed.finished()) resumed.step();
    CHECK(again.weights.slab().save() == end);
    CHECK(resumed.history().curves == course.history().curves);
  }
}

TEST_CASE("a smaller last batch counts by its samples, and so does every other") {
  Net net({2, 1}, {.optimiser = optimisers::Sgd(0), .loss = {"mse"}});
  const Data data = samples(7, 2, 1);
  FitOptions options = options_for(1, 3);
  const History history = net.trainer.fit(data, options);
  CHECK(history["loss"][0] == doctest::Approx(net.trainer.evaluate(data, 7)["loss"]).epsilon(1e-6));
}

TEST_CASE("a sample that counts twice is the same as having it twice") {
  const Recipe recipe{.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}};
  Net weighted({1, 1}, recipe), doubled({1, 1}, recipe);
  weighted.trainer.train_on_batch({{Rows({1}, {1, 2, 5, 5})}, {Rows({1}, {3, 4, 0, 0})}, {2, 1, 1, 0}});
  doubled.trainer.train_on_batch({{Rows({1}, {1, 1, 2, 5})}, {Rows({1}, {3, 3, 4, 0})}});
  const auto a = weighted.weights.slab().save(), b = doubled.weights.slab().save();
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-5));
}

TEST_CASE("samples that all count once are learnt, and judged, as if nothing were said of it") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}, .metrics = {"mae"}};
  for (const std::int64_t batch : {16, 70}) {
    Net weighted({20, 3, 2}, recipe), plain({20, 3, 2}, recipe);
    const Data data = samples(100, 20, 2);
    Data counted = data;
    counted.weights.assign(100, 1);
    const History one = weighted.trainer.fit(counted, options_for(3, batch));
    const History two = plain.trainer.fit(data, options_for(3, batch));
    CHECK(one.curves == two.curves);
    CHECK(weighted.weights.slab().save() == plain.weights.slab().save());
    CHECK(weighted.trainer.evaluate(counted, batch).entries == plain.trainer.evaluate(data, batch).entries);
    // Nothing is multiplied where nothing was said, and the same trainer turns from one to the other.
    const auto inputs = [](Net& net) { return net.trainer.loaded().plan().schedule().inputs.size(); };
    CHECK(inputs(weighted) == inputs(plain) + 1);
    plain.trainer.fit(counted, options_for(1, batch));
    weighted.trainer.fit(data, options_for(1, batch));
    CHECK(weighted.weights.slab().save() == plain.weights.slab().save());
    CHECK(inputs(plain) == inputs(weighted) + 1);
  }
}

TEST_CASE("steps whose loss nobody reads move weights to the same bits, and only validation makes curves") {
  Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}, .metrics = {"mae"}};
  for (const std::int64_t batch : {16, 70}) {
    recipe.readings = true;
    Net read({20, 3, 20}, recipe);
    recipe.readings = false;
    Net unread({20, 3, 20}, recipe);
    const Rows beats = numbers(100, 20, 1);
    FitOptions options = options_for(3, batch);
    options.validation_split = 0.2;
    const History one = read.trainer.fit({{beats}, {beats}}, options);
    const History two = unread.trainer.fit({{beats}, {beats}}, options);
    CHECK(unread.weights.slab().save() == read.weights.slab().save());
    CHECK(two["val_loss"] == one["val_loss"]);
    CHECK(two["val_mae"] == one["val_mae"]);
    CHECK(two.curves.size() == 2);
    const Plan &less = unread.trainer.loaded().plan(), &more = read.trainer.loaded().plan();
    CHECK(less.lowering() == "lanes");
    CHECK(less.schedule().launches.size() < more.schedule().launches.size());
    CHECK(unread.trainer.train_on_batch({{beats}, {beats}}).entries.empty());
    CHECK_THROWS_AS(unread.trainer.reading(0), UsageError);
  }
}

TEST_CASE("a course that is stepped by segments without readings has the bits of the straight one with them") {
  Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}};
  Net straight({3, 5, 2}, recipe);
  recipe.readings = false;
  Net parts({3, 5, 2}, recipe);
  const Data data = samples(13, 3, 2);
  Course one(straight.trainer, data, options_for(2, 4)), other(parts.trainer, data, options_for(2, 4));
  while (!one.finished()) one.step();
  while (!other.finished()) other.step_segment();
  CHECK(parts.trainer.step() == 8);
  CHECK(parts.weights.slab().save() == straight.weights.slab().save());
}

TEST_CASE("a class weight counts for every sample of the class, and a class without one is an error") {
  const Data data{{Rows({1}, {1, 2, 3})}, {Rows({2}, {1, 0, 0, 1, 1, 0})}};
  CHECK(sample_weights(data, {{0, 0.5}, {1, 3}}) == std::vector<float>{0.5f, 3, 0.5f});
  CHECK_THROWS_AS(sample_weights(data, {{0, 0.5}}), UsageError);
}

TEST_CASE("the validation split is the end of the data, cut before shuffling") {
  Net net({2, 1}, {.optimiser = optimisers::Sgd(0), .loss = {"mse"}});
  const Data data = samples(10, 2, 1);
  FitOptions options = options_for(2, 4);
  options.validation_split = 0.3;
  const History history = net.trainer.fit(data, options);
  CHECK(history["loss"][1] == doctest::Approx(net.trainer.evaluate(data.part(0, 7))["loss"]).epsilon(1e-6));
  CHECK(history["val_loss"][1] == doctest::Approx(net.trainer.evaluate(data.part(7, 3))["loss"]).epsilon(1e-6));
}

TEST_CASE("an order follows from its seed and round, has every row once, and changes with both") {
  std::vector<std::int64_t> a(50), b(50), c(50), d(50);
  shuffle(a, 1, 0);
  shuffle(b, 1, 0);
  shuffle(c, 1, 1);
  shuffle(d, 2, 0);
  CHECK(a == b);
  CHECK(a != c);
  CHECK(a != d);
  std::ranges::sort(a);
  for (std::int64_t i = 0; i < 50; ++i) CHECK(a[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("an order is drawn from its end, each place by the word of its own number") {
  for (const std::size_t count : {1u, 2u, 16u, 17u, 33u, 100u}) {
    std::vector<std::int64_t> order(count), expected(count);
    std::iota(expected.begin(), expected.end(), std::int64_t{0});
    for (std::size_t left = count; left > 1; --left) {
      const std::uint64_t word = random::Draw(9, 4, left).word();
      std::swap(expected[left - 1], expected[(word * left) >> 32]);
    }
    shuffle(order, 9, 4);
    CHECK(order == expected);
  }
}

TEST_CASE("early stopping ends with the best weights") {
  // Far too high a rate: after the first epoch it only gets worse.
  Net net({1, 1}, {.optimiser = optimisers::Sgd(0.5), .loss = {"mse"}});
  std::vector<float> best;
  FitOptions options = options_for(50, 4);
  options.callbacks = {std::make_shared<EarlyStopping>(EarlyStopping::Options{{.monitor = "loss"}, 3, true}),
                       std::make_shared<OnEpoch>([&](Course& course, const Logs&) {
                         if (course.epoch() == 1) best = course.trainer().weights().slab().save();
                       })};
  const Data data{{Rows({1}, {1, 2, 3, 4})}, {Rows({1}, {2, 4, 6, 8})}};
  const History history = net.trainer.fit(data, options);
  CHECK(history.epochs.size() == 4);
  CHECK(history.stopped == "loss was not better than " + to_text(history["loss"][0]) + " for 3 epochs");
  CHECK(net.weights.slab().save() == best);
}

TEST_CASE("a training whose loss is no number stops and says what else is none") {
  Net net({1, 1}, {.optimiser = optimisers::Sgd(10), .loss = {"mse"}});
  FitOptions options = options_for(500, 2);
  options.callbacks = {std::make_shared<StopOnNaN>()};
  const Data data{{Rows({1}, {1, 20})}, {Rows({1}, {2, -4})}};
  const History history = net.trainer.fit(data, options);
  CHECK(history.stopped.find("the loss of step ") == 0);
  CHECK(history.epochs.size() < 100);

  Net broken({1, 1}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  broken.weights.write("dense/bias", std::vector<float>{std::numeric_limits<float>::quiet_NaN()});
  CHECK(broken.trainer.fit(data, options).stopped ==
        "the loss of step 1 is nan, and so are numbers in dense/kernel, dense/bias");
}

TEST_CASE("the rate falls where the watched number stays") {
  Net net({1, 1}, {.optimiser = optimisers::Sgd(0), .loss = {"mse"}});
  net.trainer.set("learning_rate", 0.5);
  FitOptions options = options_for(4, 2);
  options.callbacks = {std::make_shared<OnStep>([](Course& course) {  // so that nothing is ever learnt
                         course.trainer().weights().write("dense/kernel", std::vector<float>{1});
                         course.trainer().weights().write("dense/bias", std::vector<float>{0});
                       }),
                       std::make_shared<ReduceOnPlateau>(
                           ReduceOnPlateau::Options{.watch = {.monitor = "loss"}, .factor = 0.5, .patience = 2})};
  net.weights.write("dense/kernel", std::vector<float>{1});
  net.trainer.fit({{Rows({1}, {1, 2})}, {Rows({1}, {2, 4})}}, options);
  CHECK(net.trainer.rate() == doctest::Approx(0.25));
}

TEST_CASE("what a checkpoint keeps of the best epoch resumes to the end of the straight run") {
  const Recipe recipe{.optimiser = optimisers::Momentum(0.01), .loss = {"mse"}};
  std::vector<CourseState> kept;
  const auto options = [&] {
    FitOptions made = options_for(6, 3);
    made.callbacks = {std::make_shared<Checkpoint>([&](const CourseState& state) { kept.push_back(state); },
                                                   Watch{.monitor = "loss"})};
    return made;
  };
  const Data data = samples(8, 2, 1);
  Net straight({2, 3, 1}, recipe);
  straight.trainer.fit(data, options());
  REQUIRE(kept.size() > 2);
  const CourseState state = kept[1];
  Net again({2, 3, 1}, recipe);
  Course course(again.trainer, data, options());
  course.restore(state);
  while (!course.finished()) course.step();
  CHECK(again.weights.slab().save() == straight.weights.slab().save());
}

TEST_CASE("the rate changes between two steps and no plan is made anew") {
  Net net({1, 1}, {.optimiser = optimisers::Sgd(0), .loss = {"mse"}});
  const Data data = samples(4, 1, 1);
  net.trainer.train_on_batch(data);
  const BatchPlan* plan = &net.trainer.loaded();
  const auto before = net.weights.slab().save();
  net.trainer.set("learning_rate", 0.1);
  net.trainer.train_on_batch(data);
  CHECK(&net.trainer.loaded() == plan);
  CHECK(net.weights.slab().save() != before);
}

TEST_CASE("batches change their size between two steps, and a size that is none is refused and changes nothing") {
  Net net({3, 2}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  Course course(net.trainer, samples(12, 3, 2), options_for(1, 4));
  course.step();
  CHECK_THROWS_AS(course.set_batch_size(0), UsageError);
  course.step();
  CHECK(net.trainer.step() == 2);
  course.set_batch_size(2);
  course.step_epoch();
  CHECK(net.trainer.step() == 4);  // the four samples that were left, two by two
}

TEST_CASE("the limit of clipping changes between two steps") {
  const Data data{{Rows({1}, {3})}, {Rows({1}, {-5})}};
  Net net({1, 1}, {.optimiser = optimisers::Sgd(1), .loss = {"mse"}, .clip = {Clip::How::value, 20}});
  net.trainer.train_on_batch(data);
  const float before = net.weights.read("dense/bias")[0];
  net.trainer.set_clip_limit(2);
  net.trainer.train_on_batch(data);
  CHECK(std::abs(net.weights.read("dense/bias")[0] - before) == doctest::Approx(2).epsilon(1e-5));
}

TEST_CASE("a trainer that restarts is one that begins") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}};
  Net fresh({3, 4, 2}, recipe), used({3, 4, 2}, recipe);
  const Data data = samples(8, 3, 2);
  fresh.trainer.restart(11);
  fresh.trainer.train_on_batch(data);
  for (int i = 0; i < 3; ++i) used.trainer.train_on_batch(data);
  used.trainer.restart(11);
  used.trainer.train_on_batch(data);
  CHECK(used.trainer.step() == fresh.trainer.step());
  CHECK(used.trainer.save().weights == fresh.trainer.save().weights);
  CHECK(used.trainer.save().slots == fresh.trainer.save().slots);
}

TEST_CASE("compiling with another loss keeps weights and what the optimiser remembers") {
  const Recipe recipe{.optimiser = optimisers::Adam(0.02), .loss = {"mse"}};
  Net net({2, 1}, recipe);
  const Data data = samples(4, 2, 1);
  net.trainer.train_on_batch(data);
  const TrainingState before = net.trainer.save();
  Recipe changed = recipe;
  changed.loss = {"mae"};
  net.trainer.compile(changed);
  CHECK(net.trainer.save().slots == before.slots);
  CHECK(net.trainer.save().weights == before.weights);
  changed.optimiser = optimisers::Momentum(0.02);
  net.trainer.compile(changed);
  CHECK(net.trainer.save().slots != before.slots);
  CHECK(net.trainer.train_on_batch(data)["loss"] > 0);
}

TEST_CASE("a frozen layer stays, and learns again once it is freed") {
  Net net({2, 3, 1}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  const Data data = samples(6, 2, 1);
  const nn::Layer first = net.model.layer("dense");
  first.set_trainable(false);
  net.trainer.retrace();
  const auto kernel = net.weights.read("dense/kernel"), last = net.weights.read("dense_1/kernel");
  net.trainer.train_on_batch(data);
  CHECK(net.weights.read("dense/kernel") == kernel);
  CHECK(net.weights.read("dense_1/kernel") != last);
  first.set_trainable(true);
  net.trainer.retrace();
  net.trainer.train_on_batch(data);
  CHECK(net.weights.read("dense/kernel") != kernel);
}

TEST_CASE("a larger model takes over the weights that still fit") {
  const Recipe recipe{.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}};
  Net before({2, 3, 1}, recipe), after({2, 3, 4}, recipe);
  after.weights.initialise(8);
  before.trainer.train_on_batch(samples(6, 2, 1));
  CHECK(copy_fitting(before.weights, after.weights) == 2);
  CHECK(after.weights.read("dense/kernel") == before.weights.read("dense/kernel"));
  CHECK(after.weights.read("dense_1/kernel").size() == 12);
}

TEST_CASE("looking inside shows the answer of every layer") {
  Net net({2, 3, 1}, {.loss = {"mse"}});
  const Data data = samples(5, 2, 1);
  Predictor predict(net.model, net.weights);
  const auto answers = predict.look_inside(data.x);
  REQUIRE(answers.size() >= 2);
  CHECK(answers[0].first == "dense");
  CHECK(answers[0].second.count() == 5);
  CHECK(answers[0].second.sample() == Shape{3});
  CHECK(std::ranges::equal(answers[1].second.values(), predict(data.x[0]).values()));
}

TEST_CASE("gradients are brought down to a value, a norm, or one norm of all") {
  const Data data{{Rows({1}, {3})}, {Rows({1}, {-5})}};  // at weights 1 and 0: gradients 48 and 16
  const auto moved = [&](Clip clip) {
    Net net({1, 1}, {.optimiser = optimisers::Sgd(1), .loss = {"mse"}, .clip = clip});
    net.weights.write("dense/kernel", std::vector<float>{1});
    net.trainer.train_on_batch(data);
    return std::pair(1 - net.weights.read("dense/kernel")[0], -net.weights.read("dense/bias")[0]);
  };
  const auto check = [&](Clip clip, float kernel, float bias) {
    CHECK(moved(clip).first == doctest::Approx(kernel).epsilon(1e-5));
    CHECK(moved(clip).second == doctest::Approx(bias).epsilon(1e-5));
  };
  check({}, 48, 16);
  check({Clip::How::value, 20}, 20, 16);
  check({Clip::How::norm, 20}, 20, 16);
  check({Clip::How::global_norm, 5}, 5 * 3 / std::sqrt(10.0f), 5 / std::sqrt(10.0f));
  check({Clip::How::global_norm, 100}, 48, 16);
}

TEST_CASE("mistakes are named") {
  Net net({2, 1}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  CHECK_THROWS_AS(Net({2, 1}, {.loss = {"squared"}}).trainer.train_on_batch(samples(2, 2, 1)), UsageError);
  CHECK_THROWS_AS(net.trainer.compile({.loss = {}}), UsageError);
  CHECK_THROWS_AS(net.trainer.set("momentum", 0.5), UsageError);
  CHECK_THROWS_AS(net.trainer.set("learning_rate", std::numeric_limits<double>::quiet_NaN()), UsageError);
  CHECK_THROWS_AS(Rows({3}, {1, 2}), ShapeError);
  CHECK_THROWS_AS(net.trainer.train_on_batch({{Rows({2}, {1, 2})}, {Rows({1}, {1, 2})}}), ShapeError);
  CHECK_THROWS_AS(net.trainer.train_on_batch({{Rows({3}, {1, 2, 3})}, {Rows({1}, {1})}}), ShapeError);
}

}  // namespace
}  // namespace vitrine::learn
