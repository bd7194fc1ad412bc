// The update rule of the published playground, written out in double precision, and what other rules promise.
#include <algorithm>
#include <cmath>

#include "engine/learn/schedule.h"
#include "tests/views/playground_bench.h"
#include "views/playground/arithmetic.h"
#include "views/playground/presets.h"

namespace vitrine::views::playground {
namespace {

// One layer, the output: two weights and a bias, trained as the published playground trains them.
struct PlainNetwork {
  double w[2], b = 0.1;
  bool dead[2] = {};

  void epoch(const Points& points, int batch, double rate, Penalty penalty, double penalty_rate) {
    double sum[3] = {};
    for (std::size_t i = 0; i < points.train; ++i) {
      const auto& p = points.all[i];
      const double out = std::tanh(w[0] * p.x + w[1] * p.y + b), slope = (out - p.label) * (1 - out * out);
      sum[0] += slope * p.x, sum[1] += slope * p.y, sum[2] += slope;
      if ((i + 1) % static_cast<std::size_t>(batch) != 0) continue;
      b -= rate * sum[2] / batch;
      for (int k = 0; k < 2; ++k) {
        if (dead[k]) continue;
        const double pull = penalty == Penalty::l2 ? w[k] : penalty == Penalty::l1 ? (w[k] > 0) - (w[k] < 0) : 0;
        w[k] -= rate * sum[k] / batch;
        const double next = w[k] - rate * penalty_rate * pull;
        dead[k] = penalty == Penalty::l1 && w[k] * next < 0;
        w[k] = dead[k] ? 0 : next;
      }
      sum[0] = sum[1] = sum[2] = 0;
    }
  }
};

TEST_CASE("regularisation pulls weights as published, and what L1 pushes over zero is dead") {
  for (const char* id : {"L1", "L2"}) {
    CAPTURE(id);
    const Penalty penalty = id[1] == '1' ? Penalty::l1 : Penalty::l2;
    Bench bench;
    bench.set("data.set", "circle");
    bench.set("network.layers", "[]");
    bench.set("learning.penalty", id);
    bench.set("learning.penalty_rate", "0.1");
    const std::vector<float> start = bench.session().weights(1);
    PlainNetwork plain{{static_cast<double>(start[0]), static_cast<double>(start[1])}};
    for (int epoch = 0; epoch < 40; ++epoch) plain.epoch(bench.session().points(), 10, 0.03, penalty, 0.1);
    bench.tell(Step{40});
    const std::vector<float> end = bench.session().weights(1);
    for (std::size_t k = 0; k < 2; ++k) CHECK(std::fabs(static_cast<double>(end[k]) - plain.w[k]) < 1e-4);
    if (penalty != Penalty::l1) continue;
    CHECK((plain.dead[0] || plain.dead[1]));
    const auto s = bench.look();
    for (std::size_t k = 0; k < 2; ++k) CHECK((s->live[0][k] == 0) == plain.dead[k]);
    bench.tell(Step{100});
    for (std::size_t k = 0; k < 2; ++k) CHECK((!plain.dead[k] || bench.session().weights(1)[k] == 0));
  }
}

TEST_CASE("a rate of regularisation is free: it and its rate change live") {
  Bench bench;
  bench.tell(Step{20});
  const std::vector<float> before = bench.session().weights(1);
  bench.set("learning.penalty", "L2");
  bench.set("learning.penalty_rate", "3");
  CHECK(bench.session().weights(1) == before);
  bench.tell(Step{30});
  for (const float w : bench.session().weights(1)) CHECK(std::fabs(w) < 0.05f);
}

TEST_CASE("a frozen link stays, a deleted one is zero, a freed one learns again") {
  Bench bench;
  const std::vector<float> start = bench.session().weights(1);
  bench.tell(Set{"network.link", std::string("1 1 2 freeze")});
  bench.tell(Set{"network.link", std::string("1 2 4 delete")});
  bench.tell(Step{10});
  std::vector<float> now = bench.session().weights(1);
  CHECK(now[1] == start[1]);
  CHECK(now[4 + 3] == 0);
  CHECK(now[0] != start[0]);
  bench.tell(Set{"network.link", std::string("1 2 4 free")});
  bench.tell(Step{1});
  CHECK(bench.session().weights(1)[4 + 3] != 0);
  CHECK(bench.session().weights(1)[1] == start[1]);
  bench.tell(Set{"network.link", std::string("3 0 1 0.75")});
  CHECK(bench.look()->biases[2][0] == 0.75f);
  CHECK_THROWS_AS(bench.tell(Set{"network.link", std::string("1 1 2 melt")}), UsageError);
  CHECK_THROWS_AS(bench.tell(Set{"network.link", std::string("1 1 2 1e308")}), UsageError);
}

TEST_CASE("every optimiser, loss, schedule, activation and initialiser learns two clouds or says why not") {
  Bench names;
  const work::ControlTable& table = names.session().controls();
  for (const char* path :
       {"learning.optimiser", "learning.loss", "learning.schedule", "learning.activation", "network.start"}) {
    for (const work::Choice& choice : table.find(path)->choices) {
      CAPTURE(choice.id);
      Bench bench;
      bench.set("data.set", "gauss");
      bench.set(path, choice.id);
      const float before = bench.losses()[0];
      bench.tell(Step{60});
      const auto s = bench.look();
      const bool blind = choice.id == "Zeros" || choice.id == "Ones" || choice.id == "Constant";  // all units alike
      CHECK(std::isfinite(s->train_loss));
      CHECK((blind || s->train_loss < before));
      CHECK(bench.session().weights(1) != std::vector<float>());
    }
  }
}

TEST_CASE("an optimiser with memory is saved and continued with the same bits") {
  for (const char* optimiser : {"Momentum", "Adam", "Adadelta"}) {
    CAPTURE(optimiser);
    Bench straight, first, second;
    for (Bench* bench : {&straight, &first}) bench->set("learning.optimiser", optimiser);
    straight.tell(Step{30});
    first.tell(Step{12});
    second.runner.open(first.runner.document());
    second.tell(Step{18});
    CHECK(work::state_hash(second.session()) == work::state_hash(straight.session()));
  }
}

TEST_CASE("three arms are three classes with shares that add up") {
  Bench bench;
  bench.set("data.set", "spiral-arms");
  bench.set("features.sine_x1", "true");
  bench.set("features.sine_x2", "true");
  bench.set("network.layers", "[{units:8},{units:8}]");
  bench.set("learning.loss", "cross_entropy");
  bench.set("learning.optimiser", "Adam");
  bench.set("learning.rate", "0.01");
  CHECK(bench.look()->shape.outputs == 3);
  bench.tell(Step{300});
  const auto s = bench.look();
  CHECK(s->score.confusion.size() == 9);
  CHECK(s->score.share > 0.9);
  const auto& shares = s->fields->layers.back();
  for (const std::size_t i : {std::size_t{0}, std::size_t{4711}, std::size_t{9999}}) {
    CHECK(shares[0][i] + shares[1][i] + shares[2][i] == doctest::Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("a layer may bend in its own way") {
  Bench bench;
  bench.set("network.layers", "[{units:4,activation:relu},{units:2,activation:shared}]");
  bench.tell(Step{5});
  const auto s = bench.look();
  CHECK(*std::ranges::min_element(s->fields->layers[0][0]) >= 0);
  CHECK(*std::ranges::min_element(s->fields->layers[1][0]) < 0);
}

TEST_CASE("reset gives the same weights again, new weights give others for the same points") {
  Bench bench;
  const std::vector<float> first = bench.session().weights(1);
  const Hash points = bench.session().recipe();
  bench.tell(Step{5});
  bench.tell(work::command::Reset{});
  CHECK(bench.session().weights(1) == first);
  bench.tell(Step{5});
  bench.tell(Act{"network.redraw"});
  CHECK(bench.session().weights(1) != first);
  CHECK(bench.session().recipe() == points);
  CHECK(bench.runner.step() == 0);
  bench.tell(work::command::Undo{});
  CHECK(bench.session().weights(1) != first);  // what was learnt is back
}

TEST_CASE("a structural edit says what it kept") {
  Bench bench;
  bench.tell(Step{5});
  bench.set("network.layers[0].units", "5");
  CHECK(bench.look()->said.find("Kept 25 of 30") == 0);
  bench.tell(Step{1});
  CHECK(bench.look()->said.empty());
}

TEST_CASE("fewer points of the other classes are left when the balance is moved") {
  Bench bench;
  bench.set("data.balance", "20");
  const Points& points = bench.session().points();
  CHECK(points.all.size() == 300);
  CHECK(std::ranges::count_if(points.all, [](const auto& p) { return p.label < 0; }) == 50);
  bench.set("data.count", "2000");
  CHECK(bench.session().points().all.size() == 1200);
}

TEST_CASE("every preset runs, says what to look for, and is undone") {
  CHECK(presets().size() >= 12);
  for (const Preset& preset : presets()) {
    CAPTURE(preset.id);
    Bench bench;
    const Hash start = work::state_hash(bench.session());
    bench.set("case.preset", preset.id);
    CHECK(bench.look()->remark == preset.remark);
    Bench opened;
    opened.runner.open(bench.runner.document());
    CHECK(work::state_hash(opened.session()) == work::state_hash(bench.session()));
    bench.tell(work::command::Undo{});
    CHECK(work::state_hash(bench.session()) == start);
    bench.tell(work::command::Redo{});
    bench.tell(Step{20});
    CHECK(bench.look()->remark.empty());
  }
}

TEST_CASE("a run that breaks stops with the reason, and starts gentler at a touch") {
  Bench bench;
  bench.set("case.preset", "diverging");
  bench.tell(Step{1000});
  CHECK(bench.runner.step() < 1000);
  CHECK(bench.look()->trouble.at(0).find("no numbers any more") != std::string::npos);
  for (int i = 0; i < 2; ++i) bench.tell(Act{"learning.recover"});
  CHECK(bench.runner.step() == 0);
  bench.tell(Step{100});
  CHECK(bench.runner.step() == 100);
  CHECK(bench.losses()[0] < 0.01f);
}

TEST_CASE("training stops at a loss or out of patience, at the same step however it is driven") {
  for (const auto& [path, value] : {std::pair{"stop.loss", "0.02"}, {"stop.patience", "30"}}) {
    Bench whole, pieces;
    for (Bench* bench : {&whole, &pieces}) {
      bench->set("data.set", "xor");
      bench->set("data.noise", "25");
      if (std::string_view(path) == "stop.loss") bench->set("data.noise", "0");
      bench->set(path, value);
    }
    whole.tell(Step{5000});
    const std::int64_t end = whole.runner.step();
    CHECK(end > 10);
    CHECK(end < 5000);
    CHECK(whole.look()->trouble.at(0).find("Stopped") == 0);
    pieces.tell(Step{end / 2});
    Bench opened;
    opened.runner.open(pieces.runner.document());
    opened.tell(Step{5000});
    CHECK(opened.runner.step() == end);
    CHECK(work::state_hash(opened.session()) == work::state_hash(whole.session()));
  }
}

TEST_CASE("inside a step the arithmetic of a unit adds up") {
  Bench bench;
  bench.tell(StepInside{});
  auto s = bench.look();
  REQUIRE(s->row_answers.size() == 4);
  const auto& inputs = s->row_answers[0];
  const float z = inputs[0] * s->weights[0][1] + inputs[1] * s->weights[0][5] + s->biases[0][1];
  CHECK(s->row_answers[1][1] == doctest::Approx(std::tanh(static_cast<double>(z))).epsilon(1e-4));
  CHECK(arithmetic_of(*s, {1, 1}).size() == 4);
  for (int i = 0; i < 2; ++i) bench.tell(StepInside{});
  s = bench.look();
  const auto lines = arithmetic_of(*s, {1, 1});
  CHECK(lines.size() == 6);
  CHECK(lines.back().find("new = ") == 0);
  const float w = s->weights[0][1], g = s->gradients[0][1];
  bench.tell(StepInside{});
  CHECK(bench.session().weights(1)[1] == doctest::Approx(w - 0.03f * g).epsilon(1e-5));
  CHECK(arithmetic_of(*bench.look(), {9, 0}).empty());
}

}  // namespace
}  // namespace vitrine::views::playground
