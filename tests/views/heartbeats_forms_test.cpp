// The forms of the autoencoder: each learns what is normal, stays as wide as its beats are, and can be decoded.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "tests/support/counts.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using work::command::Set;

struct Bench {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner;
  Bench(std::uint64_t seed, const char* form) : runner("heartbeats", std::make_unique<Session>(backend, seed)) {
    tell(Set{"data.beats", std::int64_t{1000}});
    tell(Set{"model.form", std::string(form)});
  }
  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  Session& session() { return static_cast<Session&>(runner.session()); }
  std::unique_ptr<Snapshot> look() {
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(runner.snapshot().release()));
  }
};

TEST_CASE("every form of the autoencoder tells beats apart and does not collapse") {
  for (const char* form : {"dense", "convolutional", "variational"}) {
    for (int seed = 1; seed <= testing::count(1, 5); ++seed) {
      Bench bench(static_cast<std::uint64_t>(seed), form);
      bench.session().advance({}, {20, {}});
      const TestReport& report = bench.session().open_test();
      CAPTURE(std::string(form));
      MESSAGE(std::string(form), ": area ", report.judged.area, ", accuracy ", report.judged.verdicts.accuracy());
      CHECK(report.judged.area > 0.95);
      CHECK_FALSE(report.judged.health.collapsed);
    }
  }
}

TEST_CASE("convolutions of any depth rebuild beats of their own length, also odd ones") {
  for (const char* layers : {"[]", "[{units:4}]", "[{units:4},{units:3},{units:2},{units:2},{units:2},{units:2}]"}) {
    CAPTURE(layers);
    Bench bench(1, "convolutional");
    bench.tell(Set{"model.layers", work::parse_value(layers)});
    bench.tell(work::command::Step{1});
    const auto s = bench.look();
    CHECK(s->validation->rebuilt.values.size() == s->beats->validation.values.size());
    bench.tell(Set{"stage.shows", std::string("point")});
    CHECK(bench.look()->probe->rebuilt.size() == 140);
  }
}

TEST_CASE("a heavier cloud draws the codes of a variational network together") {
  const auto spread = [](double weight) {
    Bench bench(3, "variational");
    bench.tell(Set{"model.cloud", weight});
    bench.session().advance({}, {20, {}});
    return bench.session().validation().health.code_variance;
  };
  CHECK(spread(0.1) < spread(0.0001));
}

TEST_CASE("a variational network answers the same twice, for chance is silent outside training") {
  Bench bench(4, "variational");
  bench.session().advance({}, {3, {}});
  const auto first = bench.session().open_test().judged.rebuilt.scores;
  CHECK(bench.session().open_test().judged.rebuilt.scores == first);
  CHECK(std::isfinite(first.front()));
}

}  // namespace
}  // namespace vitrine::views::heartbeats
