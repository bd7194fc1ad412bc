// Whole steps on Vulkan: the training step that the CPU runs, segments, shared slabs, memory given back.
#include <algorithm>
#include <cmath>

#include "engine/backends.h"
#include "tests/support/small_network.h"
#include "tests/support/worse.h"
#include "tests/vulkan/support.h"

namespace vitrine {
namespace {

using support::SmallNetwork;

// Points on the plane, labelled by whether they lie inside a circle; the same everywhere.
struct Circle {
  std::vector<float> x, y;
  explicit Circle(std::size_t points) {
    x = SmallNetwork().numbers(points * 2, 11);
    for (float& value : x) value *= 10;
    for (std::size_t i = 0; i < points; ++i)
      y.push_back(x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1] < 9 ? 1.0f : -1.0f);
  }
};

std::vector<float> losses(Backend& backend, int steps, std::string_view lowering) {
  const SmallNetwork net;
  const auto batch = static_cast<std::size_t>(net.batch);
  const Circle circle(batch * 20);
  Slab slab(backend, net.regions(), "test");
  slab.restore(net.numbers(slab.floats(), 1));
  Plan plan = compile(net.step(slab), backend);
  CHECK(plan.lowering() == lowering);
  plan.bind(plan.input("rate"), {&net.rate, 1});
  std::vector<float> result;
  for (int i = 0; i < steps; ++i) {
    const std::size_t first = static_cast<std::size_t>(i) % 20 * batch;
    plan.bind(plan.input("x"), std::span(circle.x).subspan(first * 2, batch * 2));
    plan.bind(plan.input("y"), std::span(circle.y).subspan(first, batch));
    plan.run();
    result.push_back(plan.item(plan.kept("loss")));
  }
  return result;
}

TEST_CASE("100 training steps of the playground's network on Vulkan follow the CPU's within 1e-4") {
  const WatchedDevice device;
  if (!device) return;
  const auto cpu = open_device("cpu");
  const auto want = losses(*cpu, 100, "lanes");
  const auto got = losses(*device, 100, "recorded");
  double worst = 0;
  for (std::size_t i = 0; i < want.size(); ++i) {
    const double relative =
        std::abs(static_cast<double>(got[i]) - static_cast<double>(want[i])) / std::abs(static_cast<double>(want[i]));
    worst = test::worse(worst, relative);
  }
  CAPTURE(worst);
  CHECK(worst <= 1e-4);
  CHECK(got.front() != got.back());
}

TEST_CASE("a step on Vulkan stops between segments with its taps readable, and plans share a slab") {
  const WatchedDevice device;
  if (!device) return;
  const SmallNetwork net{{5, 70, 3}, 33};
  const auto cpu = open_device("cpu");
  std::vector<std::vector<float>> taps, weights;
  for (Backend* backend : {cpu.get(), &*device}) {
    Slab slab(*backend, net.regions(), "test");
    slab.restore(net.numbers(slab.floats(), 1));
    const auto before = slab.save();
    Plan plan = compile(net.step(slab), *backend, {.taps = true});
    Plan other = compile(net.step(slab), *backend);
    const auto x = net.numbers(33 * 5, 2), y = net.numbers(33 * 3, 3);
    for (Plan* p : {&plan, &other}) {
      p->bind(p->input("x"), x);
      p->bind(p->input("y"), y);
      p->bind(p->input("rate"), {&net.rate, 1});
    }
    plan.run(0, plan.segment("loss"));
    taps.push_back(plan.read("layer 1"));
    CHECK(slab.save() == before);
    plan.run(plan.segment("backward"), plan.segment("update"));
    other.run();
    weights.push_back(slab.save());
    CHECK(weights.back() != before);
  }
  for (const auto* pair : {&taps, &weights}) {
    for (std::size_t i = 0; i < (*pair)[0].size(); ++i) {
      CHECK((*pair)[1][i] == doctest::Approx((*pair)[0][i]).epsilon(1e-5).scale(1));
    }
  }
}

const Op kOdd{.name = "odd",
              .formula = "x",
              .attrs = {},
              .shape = [](ShapeRule& rule) { rule.output(rule.input(0)); },
              .gradient = no_gradient("a test has no use for it"),
              .cpu_only = "a test says so"};

TEST_CASE("a plan with an op that Vulkan lacks is refused by name") {
  const WatchedDevice device;
  if (!device) return;
  const Graph graph = trace([](Tracer& t) { t.output("odd", apply(kOdd, {t.input("x", {DType::float32, {3}})})); });
  CHECK_THROWS_WITH_AS(compile(graph, *device), doctest::Contains("[odd]"), UnsupportedOp);
}

TEST_CASE("a card whose memory the host cannot reach computes the same, through staging") {
  std::vector<float> want;
  {
    const WatchedDevice shared;
    if (!shared) return;
    want = losses(*shared, 20, "recorded");
  }
  const WatchedDevice card({}, true);
  CHECK(losses(*card, 20, "recorded") == want);
  const std::vector<float> many = SmallNetwork().numbers(700'001, 3);  // several pieces of staging, the last one odd
  const Tensor x = tensor(*card, many, {700'001});
  CHECK(x.operand().buffer->host() == nullptr);
  CHECK(x.floats() == many);
  std::vector<std::byte> fresh(1000, std::byte{1});
  card->download(*card->allocate(fresh.size(), "test"), 0, fresh);
  CHECK(fresh == std::vector<std::byte>(1000, std::byte{0}));
}

TEST_CASE("plans and tensors give all their device memory back") {
  const WatchedDevice device;
  if (!device) return;
  const std::size_t count = device->ledger().count(), bytes = device->ledger().bytes();
  losses(*device, 2, "recorded");
  CHECK(device->ledger().count() == count);
  CHECK(device->ledger().bytes() == bytes);
}

}  // namespace
}  // namespace vitrine
