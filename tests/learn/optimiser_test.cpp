// Every rule against plain arithmetic in double, and everything that follows from an optimiser's entry.
#include "engine/learn/optimiser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"

namespace vitrine::learn {
namespace {

constexpr int kSteps = 6;
constexpr double kClose = 2e-5;  // floats over a few steps

double gradient_at(int step) {
  return 0.7 * std::cos(1.3 * step) - 0.2;
}

// The weight after each step, begun at 0.5.
std::vector<double> path_of(const Optimiser& optimiser) {
  const auto backend = open_device("cpu", 1);
  Slab weights(*backend, {{"w", Shape{1}}}, "test");
  const float start = 0.5f;
  weights.restore(std::vector<float>(weights.floats(), start));
  const std::vector<Moved> moved{{"w", Shape{1}}};
  const Slab slots = make_slots(*backend, optimiser, moved);
  Plan plan = compile(trace([&](Tracer& t) {
                        const std::vector<Tensor> w{t.region(weights, "w")};
                        const std::vector<Tensor> g{t.input("gradient", {DType::float32, Shape{1}})};
                        Update::Values hypers;
                        for (const std::string_view name : optimiser.reals()) {
                          hypers.emplace(name, t.input(std::string(name), {}));
                        }
                        const Turn turn{moved, w, g, hypers, t.input("step", {})};
                        t.assign(w[0], trace_updates(t, optimiser, slots, turn)[0]);
                      }),
                      *backend);
  std::vector<float> values;
  for (const std::string_view name : optimiser.reals()) values.push_back(static_cast<float>(optimiser.value(name)));
  for (std::size_t i = 0; i < values.size(); ++i) plan.bind(plan.input(optimiser.reals()[i]), {&values[i], 1});
  float gradient = 0, step = 0;
  plan.bind(plan.input("gradient"), {&gradient, 1});
  plan.bind(plan.input("step"), {&step, 1});
  std::vector<double> path;
  for (int i = 0; i < kSteps; ++i) {
    gradient = static_cast<float>(gradient_at(i));
    step = static_cast<float>(i);
    plan.run();
    float w = 0;
    weights.read(weights.regions()[0], {&w, 1});
    path.push_back(static_cast<double>(w));
  }
  return path;
}

// `move(g, t, w)` answers how far step t, counted from 1, goes down.
template <class Move>
void check_path(const Optimiser& optimiser, Move move) {
  const std::vector<double> path = path_of(optimiser);
  double w = 0.5;
  for (int i = 0; i < kSteps; ++i) {
    w -= move(gradient_at(i), i + 1, w);
    CHECK(path[static_cast<std::size_t>(i)] == doctest::Approx(w).epsilon(kClose));
  }
}

double fall(double beta, int t) {
  return 1 - std::pow(beta, t);
}

TEST_CASE("SGD goes down the gradient") {
  check_path(optimisers::Sgd(0.1), [](double g, int, double) { return 0.1 * g; });
}

TEST_CASE("momentum keeps its speed, and Nesterov's looks ahead") {
  double m = 0, n = 0;
  check_path(optimisers::Momentum(0.1, {{"momentum", 0.8}}), [&](double g, int, double) {
    m = 0.8 * m + g;
    return 0.1 * m;
  });
  check_path(optimisers::Momentum(0.1, {{"momentum", 0.8}, {"use_nesterov", true}}), [&](double g, int, double) {
    n = 0.8 * n + g;
    return 0.1 * (g + 0.8 * n);
  });
}

TEST_CASE("RMSProp divides by the usual size, or, centred, by the deviation") {
  double s = 0, p = 0;
  check_path(optimisers::RmsProp(0.05, {{"decay", 0.8}, {"momentum", 0.5}, {"epsilon", 1e-3}}),
             [&](double g, int, double) {
               s = 0.8 * s + 0.2 * g * g;
               return p = 0.5 * p + 0.05 * g / std::sqrt(s + 1e-3);
             });
  double c = 0, a = 0;
  check_path(optimisers::RmsProp(0.05, {{"decay", 0.8}, {"epsilon", 1e-4}, {"centered", true}}),
             [&](double g, int, double) {
               c = 0.8 * c + 0.2 * g * g;
               a = 0.8 * a + 0.2 * g;
               return 0.05 * g / std::sqrt(c - (a * a + 1e-4));
             });
}

TEST_CASE("Adagrad divides by the root of all squares so far") {
  double a = 0.3;
  check_path(optimisers::Adagrad(0.1, {{"initial_accumulator_value", 0.3}}), [&](double g, int, double) {
    a += g * g;
    return 0.1 * g / std::sqrt(a + 1e-7);
  });
}

TEST_CASE("Adadelta's first step is the rate times the gradient: it divides by the accumulator of the step before") {
  CHECK(path_of(optimisers::Adadelta(0.5))[0] == doctest::Approx(0.5 - 0.5 * gradient_at(0)).epsilon(1e-6));
  double a = 0, u = 0;
  check_path(optimisers::Adadelta(0.5, {{"rho", 0.9}, {"epsilon", 1e-3}}), [&](double g, int, double) {
    const double step = g * std::sqrt(u + 1e-3) / std::sqrt(a + 1e-3);
    a = 0.9 * a + 0.1 * g * g;
    u = 0.9 * u + 0.1 * step * step;
    return 0.5 * step;
  });
}

TEST_CASE("Adam corrects its means for having begun at zero, and AdamW pulls weights to zero besides") {
  for (const bool pulled : {false, true}) {
    double m = 0, v = 0;
    const nn::Named betas{{"beta1", 0.7}, {"beta2", 0.95}};
    nn::Named with_decay = betas;
    with_decay.emplace_back("weight_decay", 0.1);
    check_path(pulled ? optimisers::AdamW(0.05, with_decay) : optimisers::Adam(0.05, betas),
               [&](double g, int t, double w) {
                 m = 0.7 * m + 0.3 * g;
                 v = 0.95 * v + 0.05 * g * g;
                 return 0.05 * (m / fall(0.7, t) / (std::sqrt(v / fall(0.95, t)) + 1e-7) + (pulled ? 0.1 * w : 0));
               });
  }
}

TEST_CASE("Adamax divides by the largest gradient, with a rate that may fall") {
  double m = 0, u = 0;
  check_path(optimisers::Adamax(0.05, {{"beta1", 0.7}, {"beta2", 0.9}, {"decay", 0.2}}), [&](double g, int t, double) {
    m = 0.7 * m + 0.3 * g;
    u = std::max(0.9 * u, std::abs(g));
    return 0.05 / (1 + 0.2 * (t - 1)) / fall(0.7, t) * m / (u + 1e-7);
  });
}

TEST_CASE("Lion takes steps of one size") {
  double m = 0;
  check_path(optimisers::Lion(0.01, {{"weight_decay", 0.1}}), [&](double g, int, double w) {
    const double direction = 0.9 * m + 0.1 * g > 0 ? 1 : -1;
    m = 0.99 * m + 0.01 * g;
    return 0.01 * (direction + 0.1 * w);
  });
}

TEST_CASE("every optimiser is found by its name, is written and read back, and begins with its rate") {
  std::set<std::string_view> names;
  for (const OptimiserKind* kind : all_optimisers()) {
    CHECK(names.insert(kind->name).second);
    REQUIRE(!kind->hypers.empty());
    CHECK(kind->hypers[0].name == kRate);
    const Optimiser optimiser = (*kind)(0.125);
    const Optimiser read = read_optimiser(config_of(optimiser));
    CHECK(&read.kind() == kind);
    CHECK(read.value(kRate) == 0.125);
    CHECK(nn::text_of(config_of(read)) == nn::text_of(config_of(optimiser)));
    CHECK(path_of(read) == path_of(optimiser));
  }
}

TEST_CASE("names are read as files of other programs spell them") {
  CHECK(optimiser_of("adam", {{"learningRate", 0.5}, {"beta_1", 0.25}}).value("beta1") == 0.25);
  CHECK(&optimiser_of("rmsprop").kind() == &optimisers::RmsProp);
  CHECK_THROWS_AS(optimiser_of("adamm"), UsageError);
  CHECK_THROWS_AS(optimiser_of("adam", {{"gamma", 1}}), UsageError);
  CHECK_THROWS_AS(optimiser_of("adam", {{"learning_rate", std::numeric_limits<double>::quiet_NaN()}}), UsageError);
  CHECK_THROWS_AS(read_optimiser(nn::Config(3)), UsageError);
}

}  // namespace
}  // namespace vitrine::learn
