// The journal: what becomes a row, what it keeps, and the way back to its settings.
#include "app/work/run_journal.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;
using namespace vitrine::work::command;

namespace {

RunJournal::Runs journal_of(Runner& runner) {
  return runner.snapshot()->journal;
}

}  // namespace

TEST_CASE("a run is a row with the settings that it had, how far it went and what came of it") {
  Runner runner = make_chaos();
  CHECK(journal_of(runner).empty());
  do_now(runner, Set{"map.rate", 3.25});
  do_now(runner, Step{12});
  const auto all = journal_of(runner);
  REQUIRE(all.size() == 1);
  CHECK(all[0]->number == 1);
  CHECK(all[0]->from == 0);
  CHECK(all[0]->to == 12);
  CHECK(all[0]->settings == Settings{{"map.rate", 3.25}});
  std::vector<float> values;
  runner.session().measure(values);
  CHECK(all[0]->last == values);
  REQUIRE(all[0]->curve.series.size() == 2);
  float least = values[1];
  for (const float value : all[0]->curve.series[1]) least = std::fmin(least, value);
  CHECK(all[0]->best[1] == least);
  CHECK(all[0]->seconds == 0);  // it was stepped
}

TEST_CASE("a changed setting, a reset and a look back begin another row, looking at it differently does not") {
  Runner runner = make_chaos();
  do_now(runner, Step{5});
  do_now(runner, Step{5});
  CHECK(journal_of(runner).size() == 1);
  do_now(runner, Set{"map.rate", 3.25});
  CHECK(journal_of(runner).size() == 1);  // nothing was trained since
  do_now(runner, Step{5});
  do_now(runner, Reset{});
  do_now(runner, Step{3});
  do_now(runner, Seek{1});
  do_now(runner, Step{1});
  do_now(runner, Undo{});
  do_now(runner, Step{1});
  const auto all = journal_of(runner);
  REQUIRE(all.size() == 5);
  const std::int64_t expected[][2] = {{0, 10}, {10, 15}, {0, 3}, {1, 2}, {2, 3}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(i);
    CHECK(all[i]->number == static_cast<int>(i) + 1);
    CHECK(all[i]->from == expected[i][0]);
    CHECK(all[i]->to == expected[i][1]);
    CHECK(all[i]->settings.size() == (i == 0 || i == 4 ? 0 : 1));
  }
  CHECK_FALSE(concerns_the_run("view.test"));
  CHECK(concerns_the_run("data.set"));
}

TEST_CASE("while a setting is dragged its many values make no rows") {
  Runner runner = make_chaos();
  for (int i = 0; i < 20; ++i) {
    do_now(runner, Set{"map.rate", 3 + i * 0.01, false});
    do_now(runner, Step{1});
  }
  do_now(runner, Set{"map.rate", 3.2});
  do_now(runner, Step{4});
  const auto all = journal_of(runner);
  REQUIRE(all.size() == 1);
  CHECK(all[0]->from == 20);
  CHECK(all[0]->settings == Settings{{"map.rate", 3.2}});
}

TEST_CASE("a recalled run starts again with its settings, gives the same numbers, and can be taken back") {
  Runner runner = make_chaos();
  do_now(runner, Set{"map.rate", 3.25});
  do_now(runner, Set{"cells", parse_value("[{weight:7}]")});
  do_now(runner, Step{9});
  const std::string first = hash(runner);
  do_now(runner, Set{"map.rate", 3.75});
  do_now(runner, Set{"map.noise", std::int64_t{4}});
  do_now(runner, Step{3});
  const std::string second = hash(runner);
  do_now(runner, Recall{1});
  CHECK(runner.step() == 0);
  do_now(runner, Step{9});
  CHECK(hash(runner) == first);
  do_now(runner, Reset{});
  do_now(runner, Recall{2});
  do_now(runner, Recall{1});
  do_now(runner, Undo{2});
  CHECK(runner.session().controls().get(runner.session().settings(), "map.noise") == Value(std::int64_t{0}));

  Runner other = make_chaos();
  do_now(other, Set{"map.rate", 3.25});
  do_now(other, Step{4});
  do_now(other, Set{"map.rate", 3.75});
  do_now(other, Step{4});
  const std::string before = hash(other);
  do_now(other, Recall{1});
  CHECK(hash(other) != before);
  do_now(other, Undo{});
  CHECK(hash(other) == before);
  CHECK(second != first);
}

TEST_CASE("a run that is not in the journal is a sentence, and so is one whose control is locked") {
  Runner runner = make_chaos();
  runner.handle(Recall{3});
  CHECK(runner.snapshot()->failed.find("has no such run") != std::string::npos);
  do_now(runner, Set{"map.rate", 3.25});
  do_now(runner, Step{1});
  do_now(runner, Set{"map.rate", 3.5});
  do_now(runner, Give{"map.rate", Access::locked});
  runner.handle(Recall{1});
  CHECK(runner.snapshot()->failed.find("locked") != std::string::npos);
  CHECK(runner.session().controls().get(runner.session().settings(), "map.rate") == Value(3.5));
}

TEST_CASE("the journal goes with the document and on from there") {
  Runner first = make_chaos(), second = make_chaos();
  do_now(first, Step{7});
  do_now(first, Set{"map.rate", 3.25});
  do_now(first, Step{7});
  second.open(first.document());
  REQUIRE(journal_of(second).size() == 2);
  do_now(second, Step{1});
  const auto all = journal_of(second);
  REQUIRE(all.size() == 3);
  CHECK(all[2]->number == 3);
  CHECK(all[2]->from == 14);
  CHECK(second.touched());
}

TEST_CASE("the oldest rows go first, curves are thinned, and a value too long is named instead") {
  RunJournal journal;
  const auto one = [&](Settings settings) {
    journal.trained(0, 1000, {"loss"}, [&] { return settings; });
    for (int i = 0; i < 1000; ++i) journal.note(i, {static_cast<float>(1000 - i)});
    journal.close();
  };
  for (int i = 0; i < 250; ++i) one({});
  auto runs = journal.runs();
  CHECK(runs.size() <= RunJournal::kMostRuns);
  CHECK(runs.size() >= RunJournal::kMostRuns - 1);
  CHECK(runs.back()->number == 250);
  CHECK(runs.back()->curve.steps.size() <= RunJournal::kCurvePoints);
  CHECK(runs.back()->curve.steps.size() >= RunJournal::kCurvePoints / 2);
  CHECK(runs.back()->curve.series[0].size() == runs.back()->curve.steps.size());
  CHECK(runs.back()->best == std::vector<float>{1});
  one({{"data.table", std::string(RunJournal::kLongestValue, '1')}, {"rate", 1.0}});
  runs = journal.runs();
  CHECK(runs.back()->left_out == std::vector<std::string>{"data.table"});
  CHECK(runs.back()->settings == Settings{{"rate", 1.0}});
  for (int i = 0; i < 40; ++i) one({{"data.table", std::string(RunJournal::kLongestValue - 10, '1')}});
  CHECK(journal.runs().size() <= RunJournal::kMostText / (RunJournal::kLongestValue - 10) + 1);
}
