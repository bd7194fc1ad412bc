// Instruments: spreads of numbers, what an examined step says, and where the time of a plan goes.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/learn/examine.h"
#include "engine/learn/profile.h"
#include "tests/learn/support.h"

namespace vitrine::learn {
namespace {

using testing::Net;
using testing::samples;

TEST_CASE("a spread leaves out what is no number, and counts it") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Spread spread = spread_of(std::vector<float>{nan, 3, 0, -1, 6});
  CHECK(spread.count == 5);
  CHECK(spread.broken == 1);
  CHECK(spread.mean == 2);
  CHECK(spread.least == -1);
  CHECK(spread.most == 6);
  CHECK(spread.zeros == 0.25);
  CHECK(spread.deviation == doctest::Approx(std::sqrt(7.5)));
  CHECK(spread.norm == doctest::Approx(std::sqrt(46.0)));
}

TEST_CASE("an examination moves nothing and says what the next step does") {
  Net net({3, 4, 2}, {.optimiser = optimisers::Adam(0.02), .loss = {"mse"}, .metrics = {"mae"}});
  const Data data = samples(6, 3, 2);
  net.trainer.train_on_batch(data);
  const TrainingState before = net.trainer.save();
  Examiner examine(net.trainer);
  const Examination seen = examine(data);
  CHECK(net.trainer.save().weights == before.weights);
  CHECK(net.trainer.save().slots == before.slots);

  const std::vector<float> kernel = net.weights.read("dense/kernel");
  const Logs logs = net.trainer.train_on_batch(data);
  CHECK(seen.readings["loss"] == logs["loss"]);
  CHECK(seen.readings["mae"] == logs["mae"]);
  const std::vector<float> moved = net.weights.read("dense/kernel");
  double way = 0, size = 0;
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    way += std::pow(static_cast<double>(moved[i]) - static_cast<double>(kernel[i]), 2);
    size += std::pow(static_cast<double>(kernel[i]), 2);
  }
  REQUIRE(seen.weights.size() == 4);
  CHECK(seen.weights[0].name == "dense/kernel");
  CHECK(seen.weights[0].update_ratio == doctest::Approx(std::sqrt(way / size)).epsilon(1e-4));
  CHECK(seen.weights[0].gradients.count == 12);
}

TEST_CASE("layers are examined in order, with the gradient at their answers") {
  Net net({1, 1}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  net.weights.write("dense/kernel", std::vector<float>{2});
  Examiner examine(net.trainer);
  const Examination seen = examine({{Rows({1}, {1, 3})}, {Rows({1}, {0, 0})}});
  REQUIRE(!seen.layers.empty());
  CHECK(seen.layers[0].name == "dense");
  CHECK(seen.layers[0].answers.mean == 4);    // 2 and 6
  CHECK(seen.layers[0].gradients.mean == 4);  // of the mean square: the answers themselves
}

TEST_CASE("a unit that answers zero to every sample is dead") {
  const nn::Model model = nn::sequential(
      "net", {nn::layers::Dense(3, {{"input_shape", {1}}, {"activation", "relu"}}), nn::layers::Dense(1)});
  const auto backend = open_device("cpu", 1);
  nn::Weights weights(*backend, model, 1);
  weights.write("dense/kernel", std::vector<float>{1, -1, 1});
  weights.write("dense/bias", std::vector<float>{0, 0, -1.5f});
  Trainer trainer(model, weights, {.loss = {"mse"}});
  Examiner examine(trainer);
  const Examination seen = examine({{Rows({1}, {1, 2})}, {Rows({1}, {0, 0})}});
  CHECK(seen.layers[0].units == 3);
  CHECK(seen.layers[0].dead == 1);
  CHECK(seen.layers[0].answers.zeros == 0.5);
}

TEST_CASE("a profile names every launch with its segment and work, and changes nothing") {
  Net net({3, 4, 2}, {.optimiser = optimisers::Sgd(0.1), .loss = {"mse"}});
  net.trainer.train_on_batch(samples(6, 3, 2));
  const std::vector<float> before = net.weights.slab().save();
  const Profile seen = profile(net.trainer.loaded().plan(), *net.backend, 2);
  CHECK(net.weights.slab().save() == before);
  CHECK(seen.launches.size() == net.trainer.loaded().plan().schedule().launches.size());
  bool product = false;
  for (const LaunchProfile& launch : seen.launches) {
    CHECK(launch.microseconds >= 0);
    CHECK(launch.bytes > 0);
    product =
        product || (launch.name.starts_with("matmul") && launch.segment == "forward" && launch.flops == 2 * 6 * 3 * 4);
  }
  CHECK(product);
  const std::string trace = chrome_trace(seen);
  CHECK(trace.starts_with("{\"traceEvents\":[\n{\"ph\":\"X\""));
  CHECK(trace.find("\"cat\":\"backward\"") != std::string::npos);
}

}  // namespace
}  // namespace vitrine::learn
