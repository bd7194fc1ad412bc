// What is read out of the test set by class, the journal's table, and where two networks answer differently.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/views/playground_bench.h"
#include "views/playground/difference.h"
#include "views/playground/run_table.h"

namespace vitrine::views::playground {
namespace {

TEST_CASE("precision, recall and F1 of each class are what counting gives") {
  // Of 10 of the first class 8 were answered so; of 20 of the second 15; the third never occurs nor is answered.
  const auto scores = by_class({8, 2, 0, 5, 15, 0, 0, 0, 0});
  REQUIRE(scores.size() == 3);
  CHECK(scores[0].recall == doctest::Approx(0.8));
  CHECK(scores[0].precision == doctest::Approx(8.0 / 13));
  CHECK(scores[0].f1 == doctest::Approx(2 * 0.8 * (8.0 / 13) / (0.8 + 8.0 / 13)));
  CHECK(scores[1].recall == doctest::Approx(0.75));
  CHECK(scores[1].precision == doctest::Approx(15.0 / 17));
  CHECK(std::isnan(scores[2].recall));
  CHECK(std::isnan(scores[2].precision));
  CHECK(std::isnan(scores[2].f1));
  CHECK(by_class({}).empty());
}

TEST_CASE("the penalty is a curve of its own, and none while there is no penalty") {
  Bench bench;
  bench.tell(Step{10});
  CHECK(std::isnan(bench.losses()[2]));
  const float before = bench.losses()[0];
  bench.set("learning.penalty", "L2");
  bench.set("learning.penalty_rate", "0.1");
  double squares = 0;
  for (int layer = 1; layer <= 3; ++layer)
    for (const float w : bench.session().weights(layer)) squares += static_cast<double>(w) * w;
  CHECK(bench.losses()[0] == before);  // the loss itself leaves it out
  CHECK(bench.losses()[2] == doctest::Approx(0.05 * squares));
  bench.tell(Step{10});
  CHECK(std::isfinite(bench.look()->curve->series[2].back()));
}

TEST_CASE("a run's row has its settings in words, its losses and its accuracy") {
  Bench bench;
  bench.tell(Step{20});
  bench.set("learning.rate", "0.1");
  bench.set("data.set", "xor");
  bench.tell(Step{30});
  bench.set("view.test", "true");
  bench.tell(Step{10});
  const auto journal = bench.look()->journal;
  REQUIRE(journal.size() == 2);
  CHECK(settings_in_words(*journal[0]) == "as it opens");
  CHECK(settings_in_words(*journal[1]) == "Points Exclusive or, Learning rate 0.1");
  CHECK(journal[1]->from == 20);
  CHECK(journal[1]->to == 60);
  CHECK(journal[1]->last[1] == bench.losses()[1]);
  CHECK(journal[1]->best[1] <= journal[1]->last[1]);
  REQUIRE(journal[1]->results.size() == 1);
  CHECK(journal[1]->results[0].caption == "accuracy");
  CHECK(journal[1]->results[0].value == doctest::Approx(100 * bench.look()->score.share));
  bench.set("data.set", "reg-plane");
  bench.tell(Step{10});
  CHECK(bench.look()->journal.back()->results[0].caption == "R²");
}

TEST_CASE("a recalled run gives its numbers again, to the bit") {
  Bench bench;
  bench.set("case.preset", "arms");
  bench.set("learning.rate", "0.1");
  bench.tell(Step{15});
  const Hash first = work::state_hash(bench.session());
  bench.set("case.preset", "circle");
  bench.set("network.layers", "[{units:3}]");
  bench.tell(Step{5});
  bench.tell(work::command::Recall{1});
  CHECK(bench.look()->step == 0);
  bench.tell(Step{15});
  CHECK(work::state_hash(bench.session()) == first);
}

TEST_CASE("two curves over other steps meet on the steps of both") {
  const std::vector<std::int64_t> a{0, 2, 4}, b{0, 3, 9};
  const auto both = steps_of_both(a, b);
  CHECK(both == std::vector<std::int64_t>{0, 2, 3, 4, 9});
  const std::vector<float> values = values_at(both, a, {10, 20, 40});
  CHECK(std::vector(values.begin(), values.begin() + 4) == std::vector<float>{10, 20, 30, 40});
  CHECK(std::isnan(values[4]));
}

TEST_CASE("a network and its copy differ nowhere, and after an edit just where their answers do") {
  Bench a, b;
  a.tell(Step{50}), b.tell(Step{50});
  const auto same = difference(*a.look(), *b.look());
  REQUIRE(same);
  for (const float value : *same) REQUIRE(value == 0);
  b.tell(Step{50});
  const auto of_a = a.look(), of_b = b.look();
  const auto now = difference(*of_a, *of_b);
  REQUIRE(now);
  for (std::size_t i = 0; i < now->size(); i += 97)
    CHECK((*now)[i] == of_a->fields->layers.back()[0][i] - of_b->fields->layers.back()[0][i]);
  b.set("data.set", "reg-plane");
  CHECK_FALSE(difference(*a.look(), *b.look()));
  a.set("case.preset", "arms"), b.set("case.preset", "arms");  // three classes and more
  b.tell(Step{20});
  const auto moved = difference(*a.look(), *b.look());
  REQUIRE(moved);
  for (const float share : *moved) {
    REQUIRE(share >= 0);
    REQUIRE(share <= 1.0001f);
  }
}

}  // namespace
}  // namespace vitrine::views::playground
