// The runner: undo, time travel, forks, failures, documents.
#include "app/work/runner.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "engine/core/error.h"
#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;
using namespace vitrine::work::command;

namespace {

constexpr auto kNoDeadline = std::chrono::steady_clock::time_point::max();

// A command that may come at any time, drawn from all kinds of edits.
Command random_edit(Dice& dice) {
  switch (dice.below(7)) {
    case 0:
      return Set{"map.rate", 3 + static_cast<double>(dice.below(1000)) / 1000, dice.below(2) == 0};
    case 1:
      return Set{"map.noise", static_cast<std::int64_t>(dice.below(51))};
    case 2:
      return Set{"map.coupled", true};
    case 3:
      return Set{"start", static_cast<double>(dice.below(1000)) / 1000, dice.below(2) == 0};
    case 4:
      return Set{"cells[0].weight", static_cast<std::int64_t>(1 + dice.below(9))};
    case 5:
      return Act{"shake"};
    default:
      return Set{"cells", dice.below(2) == 0 ? parse_value("[{},{weight:3},{}]") : parse_value("[{weight:7}]")};
  }
}

}  // namespace

TEST_CASE("undo returns to the hash of the start, redo to that of the end") {
  Runner runner = make_chaos();
  Dice dice(3);
  std::vector<std::string> hashes = {hash(runner)};
  for (int i = 0; i < 60; ++i) {
    do_now(runner, random_edit(dice));
    if (hash(runner) != hashes.back()) hashes.push_back(hash(runner));
  }
  const std::string end = hash(runner);
  REQUIRE(end != hashes.front());
  int undone = 0;
  while (!runner.snapshot()->undo.empty()) {
    do_now(runner, Undo{});
    ++undone;
  }
  CHECK(undone > 20);
  CHECK(hash(runner) == hashes.front());
  CHECK_FALSE(runner.snapshot()->redo.empty());
  while (!runner.snapshot()->redo.empty()) do_now(runner, Redo{});
  CHECK(hash(runner) == end);
}

TEST_CASE("a drag is one undo, however many values it passed") {
  Runner runner = make_chaos();
  const std::string start = hash(runner);
  for (int i = 1; i <= 20; ++i) do_now(runner, Set{"map.rate", i * 0.1, i == 20});
  CHECK(runner.snapshot()->undo == std::vector<std::string>{"Rate"});
  do_now(runner, Set{"map.rate", 3.0});
  do_now(runner, Undo{});
  CHECK(to_text(runner.session().controls().get(runner.session().settings(), "map.rate")) == "2");
  do_now(runner, Undo{});
  CHECK(hash(runner) == start);
  CHECK(runner.snapshot()->undo.empty());
}

TEST_CASE("undo after training takes the setting back and leaves the training") {
  Runner runner = make_chaos();
  do_now(runner, Set{"map.rate", 3.9});
  do_now(runner, Step{100});
  const State trained = runner.session().save();
  do_now(runner, Undo{});
  CHECK(runner.session().save() == trained);
  CHECK(static_cast<ChaosSettings*>(runner.session().settings())->rate == 3.5);
}

// A run with edits on the way, and the state at each of its steps.
std::map<std::int64_t, std::string> edited_run(Runner& runner, std::int64_t steps) {
  Dice dice(4);
  std::map<std::int64_t, std::string> straight;
  std::int64_t step = 0;
  straight[0] = hash(runner);
  while (step < steps) {
    if (dice.below(150) == 0) do_now(runner, random_edit(dice));
    straight[step] = hash(runner);
    do_now(runner, Step{1});
    straight[++step] = hash(runner);
  }
  return straight;
}

TEST_CASE("seeking anywhere gives the state of the straight run, bit for bit") {
  Runner runner = make_chaos(16 << 10);  // a budget for hardly more than the pinned keyframes: all else is replayed
  const auto straight = edited_run(runner, 1500);
  Dice dice(5);
  for (int i = 0; i < 300; ++i) {
    const auto wish = std::next(straight.begin(), static_cast<std::ptrdiff_t>(dice.below(straight.size())));
    travel(runner, wish->first);
    REQUIRE(runner.snapshot()->step == wish->first);
    REQUIRE(hash(runner) == wish->second);
  }
  CHECK(runner.snapshot()->keyframes.size() < 60);
  travel(runner, 1 << 30);
  CHECK(hash(runner) == straight.rbegin()->second);
  CHECK(runner.snapshot()->runs == 1);
}

TEST_CASE("where edits were forgotten one comes to a place before them, bit for bit as it was") {
  Runner runner = make_chaos(4 << 10);
  const auto straight = edited_run(runner, 3000);
  CHECK(runner.snapshot()->history_bytes <= 4 << 10);
  std::set<std::int64_t> seen;
  for (std::int64_t wish = 0; wish <= 3000; wish += 7) {
    travel(runner, wish);
    const std::int64_t step = runner.snapshot()->step;
    seen.insert(step);
    REQUIRE(step <= wish);
    REQUIRE(hash(runner) == straight.at(step));
  }
  CHECK(seen.size() > 10);
  CHECK(seen.size() < 400);
  travel(runner, 3000);
  CHECK(hash(runner) == straight.at(3000));
}

TEST_CASE("what a run records does not depend on how its time was sliced") {
  Runner at_once = make_chaos(), sliced = make_chaos();
  do_now(at_once, Step{10000});
  chaos(sliced).most_per_slice = 7;
  do_now(sliced, Speed{13});
  do_now(sliced, Play{});
  while (sliced.snapshot()->step < 9990) sliced.run({}, kNoDeadline);
  do_now(sliced, Step{10000 - sliced.snapshot()->step});
  CHECK(hash(sliced) == hash(at_once));
  const auto a = at_once.snapshot(), b = sliced.snapshot();
  CHECK(a->curve->steps == b->curve->steps);
  CHECK(a->curve->series == b->curve->series);
  CHECK(a->keyframes == b->keyframes);
}

TEST_CASE("a seek may be interrupted and gone on with") {
  Runner runner = make_chaos();
  do_now(runner, Step{60});
  const std::string wish = hash(runner);
  do_now(runner, Step{5});
  chaos(runner).most_per_slice = 2;
  do_now(runner, Seek{60});
  int slices = 0;
  while (runner.wants_time()) {
    runner.run({}, {});  // a deadline that has passed
    ++slices;
  }
  CHECK(slices > 5);
  CHECK(hash(runner) == wish);
  do_now(runner, Seek{10});
  do_now(runner, Step{});  // not from halfway
  CHECK(runner.snapshot()->step == 11);
}

TEST_CASE("continuing from the past forks, and the fork equals the original until it is changed") {
  Runner runner = make_chaos();
  do_now(runner, Step{500});
  const std::string original = hash(runner);
  travel(runner, 200);
  CHECK(runner.snapshot()->head == 500);
  do_now(runner, Step{300});
  CHECK(runner.snapshot()->runs == 2);
  CHECK(runner.snapshot()->run == 1);
  CHECK(runner.snapshot()->forks == std::vector<std::int64_t>{200});
  CHECK(hash(runner) == original);
  travel(runner, 300);
  do_now(runner, Set{"map.rate", 3.7});
  CHECK(runner.snapshot()->runs == 3);
  do_now(runner, Step{200});
  CHECK(hash(runner) != original);
  do_now(runner, ChooseRun{0});
  travel(runner, 500);
  CHECK(hash(runner) == original);
  do_now(runner, ChooseRun{1});
  travel(runner, 500);
  CHECK(hash(runner) == original);
  runner.handle(ChooseRun{3});
  CHECK_THROWS_AS(runner.expect_ok(), UsageError);
}

TEST_CASE("playing from the past forks as well, and reset starts a new history") {
  Runner runner = make_chaos();
  const std::string start = hash(runner);
  do_now(runner, Step{100});
  travel(runner, 50);
  do_now(runner, Play{});
  runner.run({}, kNoDeadline);
  CHECK(runner.snapshot()->runs == 2);
  CHECK(runner.snapshot()->step == 51);
  do_now(runner, Reset{});
  const auto fresh = runner.snapshot();
  CHECK(fresh->runs == 1);
  CHECK(fresh->step == 0);
  CHECK(fresh->head == 0);
  CHECK(!fresh->playing);
  CHECK(fresh->keyframes == std::vector<std::int64_t>{0});
  CHECK(hash(runner) == start);
}

TEST_CASE("a step taken in segments is a step, and leaving it undoes nothing else") {
  Runner runner = make_chaos(), straight = make_chaos();
  do_now(runner, StepInside{});
  do_now(runner, StepInside{});
  CHECK(runner.snapshot()->inside == 2);
  CHECK(runner.snapshot()->step == 0);
  CHECK(runner.document().state == straight.session().save());
  do_now(runner, StepInside{});
  CHECK(runner.snapshot()->inside == -1);
  do_now(straight, Step{});
  CHECK(hash(runner) == hash(straight));
  do_now(runner, StepInside{});
  do_now(runner, Step{3});  // the begun one is the first of them
  do_now(straight, Step{3});
  CHECK(hash(runner) == hash(straight));
  do_now(runner, StepInside{});
  do_now(runner, Set{"map.noise", std::int64_t{4}});  // back to before the step
  do_now(straight, Set{"map.noise", std::int64_t{4}});
  CHECK(hash(runner) == hash(straight));
  do_now(runner, StepInside{});
  travel(runner, 2);
  travel(straight, 2);
  CHECK(hash(runner) == hash(straight));
}

TEST_CASE("a failure while stepping restores the last good state and is said") {
  Runner runner = make_chaos();
  do_now(runner, Step{128});
  const std::string good = hash(runner);
  chaos(runner).fail_at = 150;
  do_now(runner, Play{});
  do_now(runner, Speed{0});
  runner.run({}, kNoDeadline);
  CHECK(hash(runner) == good);
  const auto failed = runner.snapshot();
  CHECK(failed->failed == "[chaos]: broke down. Reset it.");
  CHECK(!failed->playing);
  CHECK(!runner.wants_time());
  CHECK_THROWS_AS(runner.expect_ok(), DeviceError);
  chaos(runner).fail_at = -1;
  do_now(runner, Step{});
  CHECK(runner.snapshot()->failed.empty());
}

TEST_CASE("a failure while setting leaves settings, state, history and undo as they were") {
  Runner runner = make_chaos();
  do_now(runner, Step{10});
  const std::string good = hash(runner);
  for (const Command& command : std::vector<Command>{Set{"start", 0.75}, Set{"cells", parse_value("[{},{},{}]")},
                                                     Erase{"cells", 0}, Insert{"cells", 0, Record{}}}) {
    chaos(runner).fail_on_change = true;
    runner.handle(command);
    CHECK(!runner.snapshot()->failed.empty());
    CHECK(!chaos(runner).fail_on_change);
    CHECK(hash(runner) == good);
  }
  runner.handle(Set{"map.rate", 99.0});
  CHECK_THROWS_AS(runner.expect_ok(), UsageError);
  CHECK(hash(runner) == good);
  CHECK(runner.snapshot()->undo.empty());
  CHECK(runner.snapshot()->keyframes == std::vector<std::int64_t>{0});
}

TEST_CASE("an action that is disabled says why") {
  Runner runner = make_chaos();
  do_now(runner, Set{"map.coupled", false});
  runner.handle(Act{"shake"});
  CHECK(runner.snapshot()->failed.find("The cells are not coupled.") != std::string::npos);
  runner.handle(Act{"shakee"});
  CHECK(runner.snapshot()->failed.find("Did you mean shake?") != std::string::npos);
}

TEST_CASE("a document continues bit for bit in another runner") {
  Runner first = make_chaos();
  do_now(first, Set{"cells", parse_value("[{weight:4},{},{kind:odd}]")});
  do_now(first, Set{"map.noise", std::int64_t{9}});
  do_now(first, Step{77});
  Document document = first.document();
  document.unknown = "{\"later\":1}";
  Runner second = make_chaos();
  do_now(second, Set{"name", std::string("changed")});
  second.open(document);
  CHECK(hash(second) == hash(first));
  CHECK(second.snapshot()->step == 77);
  CHECK(second.snapshot()->notice.empty());
  CHECK(second.document().unknown == document.unknown);
  do_now(first, Step{100});
  do_now(second, Step{100});
  CHECK(hash(second) == hash(first));
  travel(second, 0);  // its history starts where it was opened
  CHECK(second.snapshot()->step == 77);
}

TEST_CASE("a document that does not fit changes nothing, and foreign arithmetic is mentioned") {
  Runner runner = make_chaos();
  do_now(runner, Step{5});
  const std::string good = hash(runner);
  const Document fine = runner.document();
  Document wrong = fine;
  wrong.state.slab.push_back(1);
  CHECK_THROWS_AS(runner.open(wrong), UsageError);
  wrong = fine;
  wrong.exhibit = "playground";
  CHECK_THROWS_AS(runner.open(wrong), UsageError);
  wrong = fine;
  wrong.settings.emplace_back("unheard.of", true);
  CHECK_THROWS_AS(runner.open(wrong), UsageError);
  wrong = fine;
  for (const std::int64_t step : {std::int64_t{-1}, (std::int64_t{1} << 40) + 1, INT64_MAX}) {
    wrong.state.step = step;
    CHECK_THROWS_AS(runner.open(wrong), UsageError);
  }
  CHECK(hash(runner) == good);
  wrong = fine;
  wrong.arithmetic = "another";
  runner.open(wrong);
  CHECK(runner.snapshot()->notice.find("not bit for bit") != std::string::npos);
}
