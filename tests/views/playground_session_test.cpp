// The Playground's numbers against the published traces and statistics, and what a session promises.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/views/playground_bench.h"

namespace vitrine::views::playground {
namespace {

TEST_CASE("losses follow the published traces of seed 0.12345") {
  struct Golden {
    const char* set;
    float e0[2], e1[2], e10[2];
  };
  for (const Golden& golden : {Golden{"circle", {.501581f, .518106f}, {.496359f, .509423f}, {.476346f, .496310f}},
                               Golden{"xor", {.517370f, .513811f}, {.496778f, .503408f}, {.485080f, .496811f}},
                               Golden{"gauss", {.391593f, .401328f}, {.125829f, .129357f}, {.006733f, .006830f}},
                               Golden{"reg-plane", {.164811f, .168754f}, {.056479f, .056736f}, {.004485f, .004670f}},
                               Golden{"reg-gauss", {.052277f, .055347f}, {.043684f, .047178f}, {.036815f, .039635f}}}) {
    CAPTURE(golden.set);
    Bench bench;
    bench.tell(Set{"data.set", std::string(golden.set)});
    const auto check = [&](const float(&expected)[2]) {
      const std::vector<float> losses = bench.losses();
      for (std::size_t i = 0; i < 2; ++i) CHECK(std::fabs(losses[i] - expected[i]) < 1e-4f);
    };
    check(golden.e0);
    bench.tell(Step{1});
    check(golden.e1);
    bench.tell(Step{9});
    check(golden.e10);
  }
}

TEST_CASE("the same seed gives the same bits, saved and continued or not") {
  Bench straight, first, second;
  straight.tell(Step{30});
  first.tell(Step{12});
  second.runner.open(first.runner.document());
  CHECK(work::state_hash(second.session()) == work::state_hash(first.session()));
  second.tell(Step{18});
  CHECK(work::state_hash(second.session()) == work::state_hash(straight.session()));
}

TEST_CASE("an experiment that is taken back leaves what was set by hand on the one before it") {
  Bench bench;
  const work::Value layers = bench.session().controls().get(bench.session().settings(), "network.layers");
  bench.tell(Set{"case.preset", std::string("deep")});
  bench.tell(Set{"network.layers", layers});
  const Hash before = work::state_hash(bench.session());
  bench.tell(Set{"case.preset", std::string("circle")});
  CHECK(work::state_hash(bench.session()) != before);
  bench.tell(work::command::Undo{});
  CHECK(work::state_hash(bench.session()) == before);
}

TEST_CASE("stops inside a batch lead to the same bits as whole epochs") {
  for (const std::int64_t batch : {10, 7}) {
    Bench stopping, stepping;
    stopping.tell(Set{"learning.batch", batch});
    stepping.tell(Set{"learning.batch", batch});
    for (int epoch = 0; epoch < 2; ++epoch) {
      const int segments = stopping.session().segments();
      CHECK(segments == 4 * ((250 + batch - 1) / batch));
      for (int i = 0; i < segments; ++i) {
        stopping.tell(StepInside{});
        if (i % 9 == 0) stopping.look();
      }
    }
    stepping.tell(Step{2});
    CHECK(stopping.runner.snapshot()->step == 2);
    CHECK(stopping.session().save() == stepping.session().save());
  }
}

TEST_CASE("rows that fill no batch wait for the first batch of the next epoch") {
  // Batches of 30 leave 10 of 250 rows over. Written out in double precision for a network without hidden layers.
  Bench bench;
  bench.tell(Set{"network.layers", work::List{}});
  bench.tell(Set{"learning.batch", std::int64_t{30}});
  const Points& sample = bench.session().points();
  const std::vector<float> start = bench.session().weights(1);
  double w[2] = {start[0], start[1]}, b = 0.1f, sum[3] = {};
  int count = 0;
  for (int epoch = 0; epoch < 3; ++epoch) {
    for (std::size_t i = 0; i < sample.train; ++i) {
      const auto& p = sample.all[i];
      const double out = std::tanh(w[0] * p.x + w[1] * p.y + b);
      const double slope = (out - p.label) * (1 - out * out);
      sum[0] += slope * p.x, sum[1] += slope * p.y, sum[2] += slope;
      ++count;
      if ((i + 1) % 30 != 0) continue;
      w[0] -= 0.03 * sum[0] / count, w[1] -= 0.03 * sum[1] / count, b -= 0.03 * sum[2] / count;
      sum[0] = sum[1] = sum[2] = 0;
      count = 0;
    }
  }
  bench.tell(Step{3});
  const std::vector<float> end = bench.session().weights(1);
  CHECK(end[0] == doctest::Approx(w[0]).epsilon(1e-4));
  CHECK(end[1] == doctest::Approx(w[1]).epsilon(1e-4));
}

TEST_CASE("a structural edit keeps the weights that still fit") {
  Bench bench;
  bench.tell(Step{20});
  const std::vector<float> first = bench.session().weights(1), second = bench.session().weights(2);
  bench.tell(Set{"features.product", true});
  const std::vector<float> wider = bench.session().weights(1);
  CHECK(std::vector(wider.begin(), wider.begin() + 8) == first);
  CHECK(bench.session().weights(2) == second);
  bench.tell(Set{"network.layers[0].units", std::int64_t{5}});
  const std::vector<float> more = bench.session().weights(2);
  CHECK(std::vector(more.begin(), more.begin() + 8) == second);
  bench.tell(Set{"features.product", false});
  bench.tell(Set{"network.layers[0].units", std::int64_t{4}});
  CHECK(bench.session().weights(1) == first);
  CHECK(bench.runner.snapshot()->step == 20);
  bench.tell(Insert{"network.layers", 2, work::Record{{"units", std::int64_t{3}}}});
  CHECK(bench.session().weights(2) == second);
  bench.tell(Erase{"network.layers", 2});
  CHECK(bench.session().weights(1) == first);
}

TEST_CASE("before anything was learnt, settings in any order give the same fresh weights") {
  Bench one, other;
  one.tell(Set{"data.set", std::string("gauss")});
  one.tell(Set{"features.sine_x1", true});
  one.tell(Set{"data.seed", std::string("0.77")});
  other.tell(Set{"data.seed", std::string("0.77")});
  other.tell(Set{"features.sine_x1", true});
  other.tell(Set{"data.set", std::string("gauss")});
  CHECK(work::state_hash(one.session()) == work::state_hash(other.session()));
}

TEST_CASE("every feature off is a network that is told nothing, not a crash") {
  Bench bench;
  bench.tell(Set{"features.x1", false});
  bench.tell(Set{"features.x2", false});
  bench.tell(Step{5});
  CHECK(bench.look()->inputs.empty());
  CHECK(bench.losses()[0] == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("what the snapshot shows agrees with itself") {
  Bench bench;
  bench.tell(Step{100});
  const auto s = bench.look();
  CHECK(std::accumulate(s->score.confusion.begin(), s->score.confusion.end(), std::int64_t{0}) == 250);
  CHECK(s->score.share > 0.9);
  CHECK(s->fields->layers.size() == 3);
  CHECK(s->fields->layers[0].size() == 4);
  // The field's middle of the top edge, by hand.
  const double x1 = -6 + 12.0 * 50 / 99, x2 = 6;
  const float unit = s->fields->layers[0][0][50];
  const double sum = s->weights[0][0] * x1 + s->weights[0][4] * x2 + s->biases[0][0];
  CHECK(unit == doctest::Approx(std::tanh(sum)).epsilon(1e-4));
  CHECK(bench.look()->fields == s->fields);  // not computed again while nothing moves
}

TEST_CASE("a weight set by hand is there, and undone") {
  Bench bench;
  bench.tell(Step{10});
  const Hash before = work::state_hash(bench.session());
  bench.tell(Set{"network.link", std::string("1 2 3 -0.75")});
  CHECK(bench.session().weights(1)[4 + 2] == -0.75f);
  bench.tell(work::command::Undo{});
  CHECK(work::state_hash(bench.session()) == before);
}

TEST_CASE("four units in one layer can close the circle, and four good features wind the spiral") {
  Bench circle;
  circle.tell(Erase{"network.layers", 1});
  circle.tell(Step{500});
  CHECK(circle.look()->tried[1]);
  Bench spiral;
  spiral.tell(Set{"data.set", std::string("spiral")});
  spiral.tell(Set{"features.sine_x1", true});
  spiral.tell(Set{"features.sine_x2", true});
  spiral.tell(Set{"network.layers",
                  work::List{work::Record{{"units", std::int64_t{8}}}, work::Record{{"units", std::int64_t{4}}}}});
  spiral.tell(Step{500});
  CHECK(spiral.look()->tried[2]);
}

TEST_CASE("the next seed follows from the last, and reset gives back the first weights") {
  Bench one, other;
  one.tell(work::command::Act{"data.regenerate"});
  other.tell(work::command::Act{"data.regenerate"});
  CHECK(one.session().recipe() == other.session().recipe());
  const Hash start = work::state_hash(one.session());
  one.tell(Step{10});
  one.tell(work::command::Reset{});
  CHECK(work::state_hash(one.session()) == start);
}

TEST_CASE("closing the session returns all it held") {
  Bench bench;
  const std::size_t before = bench.backend->ledger().count();
  {
    const auto session = std::make_unique<Session>(bench.backend, 0);
    session->snapshot();
    CHECK(bench.backend->ledger().count() > before);
  }
  CHECK(bench.backend->ledger().count() == before);
}

}  // namespace
}  // namespace vitrine::views::playground
