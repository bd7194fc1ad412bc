// What is said of layers: units that are still, and what the weights cost.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/views/playground_bench.h"
#include "views/playground/field.h"

namespace vitrine::views::playground {
namespace {

TEST_CASE("a unit without weights answers the same everywhere and counts as still, its neighbours do not") {
  Bench bench;
  const auto still = [&] {
    const auto snapshot = bench.runner.snapshot();
    return static_cast<const Snapshot&>(*snapshot).fields->still;
  };
  CHECK(still() == std::vector{0, 0, 0});
  bench.set("network.link", "\"1 1 3 0\"");
  CHECK(still() == std::vector{0, 0, 0});
  bench.set("network.link", "\"1 2 3 0\"");
  CHECK(still() == std::vector{1, 0, 0});
}

TEST_CASE("the penalty that is read out is the rate times half the squares, or the sizes, of all weights") {
  Bench bench;
  bench.set("network.layers", "[]");
  bench.set("network.link", "\"1 1 1 2\"");
  bench.set("network.link", "\"1 2 1 -1\"");
  const auto penalty = [&] {
    const auto snapshot = bench.runner.snapshot();
    const auto found = std::ranges::find(snapshot->read_outs, std::string("penalty"), &work::ReadOut::caption);
    return found == snapshot->read_outs.end() ? -1.0 : found->value;
  };
  CHECK(penalty() == -1);
  bench.set("learning.penalty_rate", "0.1");
  bench.set("learning.penalty", "L2");
  CHECK(penalty() == doctest::Approx(0.25));
  bench.set("learning.penalty", "L1");
  CHECK(penalty() == doctest::Approx(0.3));
}

TEST_CASE("as many test points are wrong as the confusion counts") {
  for (const char* preset : {"circle", "arms", "too-small"}) {
    CAPTURE(preset);
    Bench bench;
    bench.set("case.preset", preset);
    bench.tell(Step{30});
    const auto snapshot = bench.runner.snapshot();
    const auto& s = static_cast<const Snapshot&>(*snapshot);
    const std::size_t tested = s.points->all.size() - s.points->train;
    std::size_t wrong = 0;
    for (std::size_t i = s.points->train; i < s.points->all.size(); ++i) wrong += is_wrong(s, i) ? 1 : 0;
    const double counted = (1 - s.score.share) * static_cast<double>(tested);
    CHECK(static_cast<double>(wrong) == doctest::Approx(counted));
  }
}

}  // namespace
}  // namespace vitrine::views::playground
