// Networks of any size: coarser fields keep them quick to look at, and what takes seconds asks first.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/views/playground_bench.h"
#include "views/playground/effort.h"

namespace vitrine::views::playground {
namespace {

std::string layers(int count, int units) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i == 0 ? "{units:" : ",{units:") + to_text(std::int64_t{units}) + "}";
  return "[" + text + "]";
}

TEST_CASE("the larger a network, the coarser its field") {
  Bench bench;
  const auto output = [&] {
    const auto snapshot = bench.runner.snapshot();
    return static_cast<const Snapshot&>(*snapshot).fields->layers.back().front();
  };
  CHECK(edge_of(output()) == kFieldSize);
  bench.set("network.layers", layers(8, 48));  // still answered at 50 × 50
  CHECK(edge_of(output()) == 50);
  bench.set("network.layers", layers(20, 64));
  CHECK(edge_of(output()) == 24);
}

TEST_CASE("a close-up of a large network grows sharp slice by slice, and no sharper than it may cost") {
  Bench bench;
  bench.set("network.layers", "[{units:64},{units:64},{units:64},{units:64}]");
  const auto ask = [&] { bench.session().look_at({.pixels = 2000}, true); };
  int slices = 0;
  const auto coarse = bench.look()->close_up;
  for (ask(); !bench.look()->sharp; ask()) {
    CHECK(bench.look()->close_up == coarse);
    REQUIRE(++slices < 1000);
  }
  CHECK(slices > 10);
  const int edge = bench.look()->close_up->edge;
  CHECK(edge > 3 * coarse->edge);
  CHECK(edge < 2000);
}

TEST_CASE("what would take seconds an epoch asks first, and goes on when it is told to") {
  Bench bench;
  bench.set("data.count", "20000");
  bench.set("network.layers", layers(24, 256));
  const auto snapshot = [&] { return bench.runner.snapshot(); };
  const auto before = snapshot();
  const auto& waits = static_cast<const Snapshot&>(*before);
  REQUIRE(!waits.trouble.empty());
  CHECK(waits.trouble.front().starts_with("An epoch will take about 5 s"));
  CHECK(std::isnan(waits.train_loss));
  bench.tell(Step{1});
  CHECK(snapshot()->step == 0);
  bench.set("learning.anyway", "true");
  CHECK(asks_first(*static_cast<const Settings*>(bench.session().settings())) == "");
}

TEST_CASE("what the machine cannot hold is refused before it is made, and what was there stays") {
  Bench bench;
  const auto before = bench.runner.snapshot();
  bench.runner.handle(Set{"network.layers", work::parse_value(layers(1000, 4096))});  // 16 thousand million weights
  const auto after = bench.runner.snapshot();
  CHECK(after->failed.starts_with("the network with its points: takes more memory than there is to spare"));
  CHECK(static_cast<const Snapshot&>(*after).shape.hidden == static_cast<const Snapshot&>(*before).shape.hidden);
  CHECK(static_cast<const Settings*>(after->settings.get())->layers.size() == 2);
}

TEST_CASE("the estimate of memory follows weights, rows and batches") {
  const Settings usual;
  CHECK(bytes_of(usual) < 1e6);
  const auto more = [&](auto change) {
    Settings s = usual;
    change(s);
    return bytes_of(s);
  };
  CHECK(more([](Settings& s) { s.count = 1'000'000; }) > 2e8);
  CHECK(more([](Settings& s) { s.batch = 1'000'000; }) > 2e8);
  CHECK(more([](Settings& s) { s.layers.assign(2, {.units = 4096}); }) > 3e9);
}

TEST_CASE("a network of very many layers and one of very many points are trained") {
  Bench bench;
  bench.set("network.layers", layers(300, 2));
  bench.tell(Step{1});
  CHECK(bench.look()->shape.layers() == 301);
  CHECK(std::isfinite(bench.look()->train_loss));
  bench.set("network.layers", layers(1, 2));
  bench.set("data.count", "100000");
  bench.set("data.noise", "300");
  bench.tell(Step{1});
  CHECK(bench.look()->points->all.size() == 100'000);
  CHECK(bench.look()->step == 2);
}

TEST_CASE("an ordinary network does not ask") {
  CHECK(asks_first(Settings{}) == "");
  CHECK(seconds_an_epoch(Settings{}) < 0.001);
}

}  // namespace
}  // namespace vitrine::views::playground
