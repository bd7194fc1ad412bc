// The fitted formula against the same arithmetic written out: what was wired is what runs, and reaches least squares.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "tests/support/edits.h"
#include "tests/views/least_squares.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {
namespace {

using work::command::Act;
using work::command::Set;
using work::command::Step;

struct Bench {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner{"neuron", std::make_unique<Session>(backend, 0)};

  Bench() { tell(Set{"stage", std::string("polynomial")}); }
  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  void wire(const Blocks& blocks) { tell(Set{"graph.blocks", value_of(blocks)}); }
  std::unique_ptr<Snapshot> look() {
    auto s = runner.snapshot();
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(s.release()));
  }
  std::shared_ptr<const Fit> fit() { return look()->fit; }
  Hash hash() { return work::state_hash(runner.session()); }

  static work::Value value_of(const Blocks& blocks) {
    Settings settings;
    settings.blocks = blocks;
    return control_table().get(&settings, "graph.blocks");
  }
};

// The formula of blocks for one x, in double and by recursion: nothing of the engine.
double worked_out(const Blocks& blocks, std::int64_t number, double x, const std::array<double, 4>& parameters) {
  const Block& block = blocks[static_cast<std::size_t>(number) - 1];
  const auto left = [&] { return worked_out(blocks, block.left, x, parameters); };
  const auto right = [&] { return worked_out(blocks, block.right, x, parameters); };
  switch (block.op) {
    case BlockOp::x:
      return x;
    case BlockOp::a:
    case BlockOp::b:
    case BlockOp::c:
    case BlockOp::d:
      return parameters[static_cast<std::size_t>(block.op) - 1];
    case BlockOp::constant:
      return block.value;
    case BlockOp::add:
      return left() + right();
    case BlockOp::sub:
      return left() - right();
    case BlockOp::mul:
      return left() * right();
    case BlockOp::square:
      return left() * left();
    case BlockOp::cube:
      return left() * left() * left();
    case BlockOp::sin:
      return std::sin(left());
    case BlockOp::exp:
      return std::exp(left());
    case BlockOp::answer:
      return left();
  }
  return 0;
}

double loss_at(const Blocks& blocks, const Fit& fit, const std::array<double, 4>& parameters) {
  double loss = 0;
  for (std::size_t i = 0; i < fit.x.size(); ++i) {
    const double error = worked_out(blocks, static_cast<std::int64_t>(blocks.size()), fit.x[i], parameters) -
                         static_cast<double>(fit.y[i]);
    loss += error * error / static_cast<double>(fit.x.size());
  }
  return loss;
}

// A formula with every block wired to earlier ones, ending in the answer.
Blocks random_blocks(testing::Dice& dice) {
  Blocks blocks{{BlockOp::x}, {BlockOp::a}, {BlockOp::b}, {BlockOp::constant, 0, 0, 0.5}};
  while (blocks.size() < kMostBlocks - 1) {
    const auto op = static_cast<BlockOp>(static_cast<int>(BlockOp::add) + dice.below(7));
    const auto any = [&] { return std::int64_t{dice.below(static_cast<int>(blocks.size()))} + 1; };
    const Block wild{op, any(), any()};
    if (op == BlockOp::exp || op == BlockOp::cube) {  // kept small, so that the oracle's digits suffice
      blocks.push_back({BlockOp::sin, any(), 0});
      if (blocks.size() == kMostBlocks - 1) break;
      blocks.push_back({op, static_cast<std::int64_t>(blocks.size()), 0});
    } else {
      blocks.push_back(wild);
    }
  }
  blocks.back() = {BlockOp::add, static_cast<std::int64_t>(blocks.size()) - 1, 2};  // a parameter reaches the answer
  blocks.push_back({BlockOp::answer, static_cast<std::int64_t>(blocks.size()), 0});
  return blocks;
}

TEST_CASE("from 0.1 everywhere, quadratic and cubic come within a tenth of least squares in 300 steps") {
  for (const std::size_t degree : {2u, 3u})
    for (const std::int64_t seed : {0, 1, 7, 4711, 99999})
      for (const double noise : {0.0, 0.05, 0.3}) {
        CAPTURE(degree);
        CAPTURE(seed);
        CAPTURE(noise);
        Bench bench;
        if (degree == 3) {
          bench.tell(Set{"points.set", std::string("cubic")});
          bench.tell(Act{"graph.cubic"});
        }
        bench.tell(Set{"points.seed", seed});
        bench.tell(Set{"points.noise", noise});
        const auto before = bench.fit();
        REQUIRE(before->parameters.size() == degree + 1);
        for (const Fit::Parameter& p : before->parameters) CHECK(p.value == 0.1f);
        bench.tell(Step{kLessonSteps});
        const auto fit = bench.fit();
        const double least = testing::least_squares_loss(fit->x, fit->y, degree);
        CHECK(static_cast<double>(fit->loss) <= 1.1 * least);
        CHECK(static_cast<double>(fit->loss) >= 0.99 * least);
      }
}

TEST_CASE("whatever is wired is what runs: answers, loss and gradients are those of the formula") {
  testing::Dice dice{5};
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    Bench bench;
    const Blocks blocks = random_blocks(dice);
    bench.wire(blocks);
    const auto fit = bench.fit();
    REQUIRE(!fit->fault);
    constexpr std::array<double, 4> kStart{0.1, 0.1, 0.1, 0.1};
    for (std::size_t i = 0; i < fit->x.size(); ++i) {
      const double answer = worked_out(blocks, static_cast<std::int64_t>(blocks.size()), fit->x[i], kStart);
      CHECK(fit->answers[i] == doctest::Approx(answer).epsilon(1e-4));
    }
    CHECK(fit->loss == doctest::Approx(loss_at(blocks, *fit, kStart)).epsilon(1e-4));
    for (const Fit::Parameter& p : fit->parameters) {
      constexpr double kNudge = 1e-5;
      std::array<double, 4> low = kStart, high = kStart;
      const auto at = static_cast<std::size_t>(p.name.front() - 'a');
      low[at] -= kNudge, high[at] += kNudge;
      const double slope = (loss_at(blocks, *fit, high) - loss_at(blocks, *fit, low)) / (2 * kNudge);
      CHECK(p.gradient == doctest::Approx(slope).epsilon(2e-3));
    }
  }
}

TEST_CASE("what an update will do is what the step does, for every optimiser") {
  for (const learn::OptimiserKind* kind : fit_optimisers()) {
    CAPTURE(kind->name);
    Bench bench;
    bench.tell(Set{"fit.optimiser", std::string(kind->name)});
    bench.tell(Set{"fit.rate", 0.05});
    for (int step = 0; step < 5; ++step) {
      const auto before = bench.fit();
      bench.tell(Step{1});
      const auto after = bench.fit();
      for (std::size_t p = 0; p < before->parameters.size(); ++p)
        CHECK(after->parameters[p].value == before->parameters[p].next);
    }
  }
}

TEST_CASE("blocks at fault are told apart, the last good ones go on, and the way on mends them") {
  using enum BlockOp;
  Blocks circle = quadratic_blocks(), open = circle, none = circle, two = circle, nothing = circle;
  circle[5].left = 9;  // the product takes the sum that takes it
  open[7].right = 0;
  none.pop_back();
  two.push_back({answer, 1});
  nothing = {{x}, {square, 1}, {answer, 2}};
  const std::pair<Blocks, std::string> cases[] = {{circle, "feed themselves"},
                                                  {open, "lower input"},
                                                  {none, "No block is the answer"},
                                                  {two, "two answers"},
                                                  {nothing, "No parameter"}};
  for (const auto& each : cases) {
    const std::string& words = each.second;
    CAPTURE(words);
    Bench bench;
    bench.wire(each.first);
    auto fit = bench.fit();
    REQUIRE(fit->fault);
    CHECK(fit->fault->fact.find(words) != std::string::npos);
    CHECK(!fit->fault->way_on.empty());
    const float loss = fit->loss;
    bench.tell(Step{20});
    CHECK(bench.fit()->loss < loss);
    for (int i = 0; i < 3 && fit->fault; ++i) {  // a circle may leave a second one
      REQUIRE(!fit->fault->action.empty());
      bench.wire(fit->fault->remedy);
      fit = bench.fit();
    }
    CHECK(!fit->fault);
  }
}

TEST_CASE("any list of blocks is either a formula or has a sentence and no crash") {
  testing::Dice dice{3};
  Bench bench;
  int good = 0, bad = 0;
  for (int round = 0; round < 300; ++round) {
    Blocks blocks(static_cast<std::size_t>(dice.below(kMostBlocks + 1)));
    for (Block& block : blocks)
      block = {static_cast<BlockOp>(dice.below(static_cast<int>(block_kinds().size()))), dice.below(kMostBlocks + 1),
               dice.below(kMostBlocks + 1)};
    if (!blocks.empty()) blocks.back() = {BlockOp::answer, 1 + dice.below(static_cast<int>(blocks.size())), 0};
    bench.wire(blocks);
    bench.tell(Step{1});
    const auto fit = bench.fit();
    fit->fault ? ++bad : ++good;
    if (fit->fault) CHECK(!fit->fault->fact.empty());
  }
  CHECK(good > 10);
  CHECK(bad > 10);
}

TEST_CASE("a rewired formula keeps what was learnt, and a parameter without a wire stays where it is") {
  Bench bench;
  bench.tell(Step{50});
  const auto before = bench.fit();
  Blocks blocks = quadratic_blocks();
  blocks.back().left = 8;  // past the sum with c
  bench.wire(blocks);
  const auto after = bench.fit();
  CHECK(after->note.find("4 (c)") != std::string::npos);
  REQUIRE(after->parameters.size() == 2);
  CHECK(after->parameters[0].value == before->parameters[0].value);
  bench.tell(Step{50});
  bench.tell(work::command::Undo{});
  CHECK(bench.fit()->parameters[2].value == before->parameters[2].value);
}

TEST_CASE("a block taken away leaves its wires open and the others where they were") {
  const Blocks blocks = without(quadratic_blocks(), 5);
  REQUIRE(blocks.size() == 9);
  CHECK(blocks[6] == Block{BlockOp::add, 0, 6});
  CHECK(blocks[7] == Block{BlockOp::add, 7, 4});
  CHECK(check(blocks).fault->block == 6);
}

TEST_CASE("a rate that is too large stops, says so, and a calmer one learns again") {
  Bench bench;
  bench.tell(Set{"fit.rate", 2.0});
  bench.tell(Step{1000});
  CHECK(bench.runner.step() < 100);
  const auto flown = bench.look();
  CHECK(flown->fit->flown);
  CHECK(flown->tried[Tried::flown_apart]);
  const std::int64_t stood = bench.runner.step();
  bench.tell(Step{10});
  CHECK(bench.runner.step() == stood);
  bench.tell(Set{"fit.rate", flown->fit->calmer_rate});
  bench.tell(work::command::Reset{});
  CHECK(!bench.fit()->flown);
  const float loss = bench.fit()->loss;
  bench.tell(Step{100});
  CHECK(bench.fit()->loss < loss);
}

TEST_CASE("saved with blocks at fault, a fit opens with the same hash and goes on to the same bits") {
  Bench bench;
  bench.tell(Set{"fit.optimiser", std::string("Adam")});
  bench.tell(Act{"graph.cubic"});
  bench.tell(Step{30});
  bench.tell(Set{"graph.blocks[12].right", std::int64_t{0}});
  REQUIRE(bench.fit()->fault);
  bench.tell(Step{5});
  work::Runner other("neuron", std::make_unique<Session>(bench.backend, 3));
  other.open(bench.runner.document());
  CHECK(work::state_hash(other.session()) == bench.hash());
  other.handle(Step{20});
  bench.tell(Step{20});
  CHECK(work::state_hash(other.session()) == bench.hash());
}

TEST_CASE("looking back and forth over a rewiring comes to the same bits") {
  Bench bench;
  bench.tell(Step{40});
  bench.tell(Act{"graph.cubic"});
  bench.tell(Step{40});
  const Hash hash = bench.hash();
  bench.tell(work::command::Seek{10});
  bench.runner.run({}, std::chrono::steady_clock::time_point::max());
  bench.tell(work::command::Seek{80});
  bench.runner.run({}, std::chrono::steady_clock::time_point::max());
  CHECK(bench.hash() == hash);
}

TEST_CASE("turning to the other lesson and taking it back brings the very state back") {
  Bench bench;
  bench.tell(Step{25});
  const Hash hash = bench.hash();
  bench.tell(Set{"stage", std::string("neuron")});
  CHECK(!bench.fit());
  bench.tell(work::command::Undo{});
  CHECK(bench.hash() == hash);
}

TEST_CASE("a moved wire changes the one line of code that it belongs to, in every language") {
  for (const char* language : {"tfjs", "keras", "cpp"}) {
    CAPTURE(language);
    Bench bench;
    bench.tell(Set{"view.language", std::string(language)});
    const auto before = bench.fit()->code->lines;
    bench.tell(Set{"graph.blocks[6].right", std::int64_t{5}});  // b · x becomes b · x²
    const auto after = bench.fit()->code->lines;
    int changed = 0;
    for (const std::string& line : after) changed += std::ranges::find(before, line) == before.end() ? 1 : 0;
    CHECK(changed == 1);
    bench.tell(Set{"fit.rate", 0.25});
    const auto slower = bench.fit()->code->lines;
    changed = 0;
    for (const std::string& line : slower) changed += std::ranges::find(after, line) == after.end() ? 1 : 0;
    CHECK(changed == 1);
  }
}

}  // namespace
}  // namespace vitrine::views::neuron
