// The neuron's numbers against the same arithmetic written out, and what a session promises.
#include <doctest/doctest.h>

#include <cmath>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {
namespace {

using work::command::Set;
using work::command::Step;
using work::command::StepInside;

struct Bench {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner{"neuron", std::make_unique<Session>(backend, 0)};

  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  std::unique_ptr<Snapshot> look() {
    auto s = runner.snapshot();
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(s.release()));
  }
};

TEST_CASE("the walk begins at w = -2, b = 3.5 and takes the steps of plain descent") {
  Bench bench;
  double w = -2, b = 3.5;
  for (int step = 0; step < 40; ++step) {
    const auto s = bench.look();
    CHECK(s->weight == doctest::Approx(w).epsilon(1e-5));
    CHECK(s->bias == doctest::Approx(b).epsilon(1e-5));
    double dw = 0, db = 0, loss = 0;
    for (std::size_t i = 0; i < kPoints; ++i) {
      const double error = w * kX[i] + b - kY[i];
      CHECK(s->errors[i] == doctest::Approx(error).epsilon(1e-4));
      loss += error * error / 6, dw += 2 * error * kX[i] / 6, db += 2 * error / 6;
    }
    CHECK(s->loss == doctest::Approx(loss).epsilon(1e-4));
    CHECK(s->weight_gradient == doctest::Approx(dw).epsilon(1e-4));
    CHECK(s->bias_gradient == doctest::Approx(db).epsilon(1e-4));
    w -= 0.055 * dw, b -= 0.055 * db;
    bench.tell(Step{1});
  }
}

TEST_CASE("after 500 steps at rate 0.01 the answer to 10 is close to 19, from any start") {
  for (const std::int64_t start : {0, 1, 2, 3, 4, 5}) {
    Bench bench;
    bench.tell(Set{"neuron.start", start});
    bench.tell(Set{"learning.rate", 0.01});
    bench.tell(Step{500});
    const auto s = bench.look();
    CHECK(s->answer > 18.9f);
    CHECK(s->answer < 19.05f);
  }
}

TEST_CASE("the walk stays in the valley at rate 0.175 and jumps out at 0.18") {
  for (const double rate : {0.175, 0.18}) {
    Bench bench;
    bench.tell(Set{"learning.rate", rate});
    bench.tell(Step{2000});
    const auto s = bench.look();
    CHECK(s->tried[2] == (rate > 0.177));
    CHECK((s->loss < 1e-6f) == (rate < 0.177));
  }
}

TEST_CASE("four stops make one step, with the numbers of the step") {
  Bench stopping, stepping;
  CHECK(stopping.runner.session().segments() == 4);
  for (int i = 0; i < 4; ++i) {
    stopping.tell(StepInside{});
    CHECK(stopping.look()->inside == (i == 3 ? -1 : i + 1));
  }
  const auto before = stepping.look();
  stepping.tell(Step{1});
  CHECK(stopping.runner.session().save() == stepping.runner.session().save());
  CHECK(stepping.look()->weight == before->next_weight);
  CHECK(stepping.look()->bias == before->next_bias);
  CHECK(stopping.look()->tried[1]);
}

TEST_CASE("weight and bias are controls: setting them moves the state, training moves them") {
  Bench bench;
  bench.tell(Set{"neuron.weight", 1.9});
  bench.tell(Set{"neuron.bias", -1.0});
  CHECK(bench.look()->weight == 1.9f);
  CHECK(bench.look()->tried[0]);
  bench.tell(Step{3});
  const auto& table = bench.runner.session().controls();
  const auto weight = std::get<double>(table.get(bench.runner.session().settings(), "neuron.weight"));
  CHECK(static_cast<float>(weight) == bench.look()->weight);

  const Hash hash = work::state_hash(bench.runner.session());
  Bench other;
  other.runner.open(bench.runner.document());
  CHECK(work::state_hash(other.runner.session()) == hash);
  bench.tell(Step{50});
  other.tell(Step{50});
  CHECK(work::state_hash(other.runner.session()) == work::state_hash(bench.runner.session()));
}

TEST_CASE("reset leads back to the start, whatever was done") {
  Bench bench;
  const Hash start = work::state_hash(bench.runner.session());
  bench.tell(Set{"neuron.weight", 5.0});
  bench.tell(Step{100});
  bench.tell(work::command::Reset{});
  CHECK(work::state_hash(bench.runner.session()) == start);
}

TEST_CASE("undoing a rate takes no training back") {
  Bench bench;
  bench.tell(Set{"learning.rate", 0.1});
  bench.tell(Step{10});
  const float weight = bench.look()->weight;
  bench.tell(work::command::Undo{});
  CHECK(bench.look()->weight == weight);
}

TEST_CASE("a walk that diverged can still be looked at, saved and opened") {
  Bench bench, other;
  bench.tell(Set{"learning.rate", 1.0});
  bench.tell(Step{400});
  bench.look();
  other.runner.open(bench.runner.document());
  CHECK(work::state_hash(other.runner.session()) == work::state_hash(bench.runner.session()));
}

TEST_CASE("the landscape is the loss at its places, for both losses") {
  for (const char* loss : {"squared", "absolute"}) {
    Bench bench;
    bench.tell(Set{"learning.loss", std::string(loss)});
    bench.tell(Set{"neuron.weight", 1.0});
    bench.tell(Set{"neuron.bias", 2.0});
    const auto s = bench.look();
    constexpr int kColumn = (1 - -3) * 12, kRow = static_cast<int>((5.5 - 2) * 12);
    CHECK(s->landscape->values[kRow * Landscape::kColumns + kColumn] == doctest::Approx(s->loss).epsilon(1e-6));
  }
}

TEST_CASE("a long walk is remembered in bounded space") {
  Bench bench;
  bench.tell(Step{20000});
  CHECK(bench.look()->path.size() <= 513);
  CHECK(bench.look()->path.front().step == 0);
  CHECK(bench.look()->path.back().step == 20000);
}

}  // namespace
}  // namespace vitrine::views::neuron
