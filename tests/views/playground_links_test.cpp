// Links in a person's hand: held ones rest, whatever trains them, and are known to files, undo and reset.
#include <doctest/doctest.h>

#include "engine/cpu/backend.h"
#include "tests/views/playground_bench.h"

namespace vitrine::views::playground {
namespace {

std::string held_of(Bench& bench) {
  return static_cast<const Settings*>(bench.session().settings())->held;
}

TEST_CASE("a frozen link keeps its weight and a deleted one stays away, by launches and by lanes alike") {
  std::vector<std::vector<float>> slabs;
  for (const bool lanes : {true, false}) {
    CAPTURE(lanes);
    work::Runner runner("playground",
                        std::make_unique<Session>(make_cpu_backend({.threads = 1, .lanes = lanes, .variant = {}}), 0));
    auto& session = static_cast<Session&>(runner.session());
    runner.handle(Set{"learning.penalty", std::string("L2")});
    runner.handle(Set{"network.held", std::string("1 1 2 0.625, 2 3 1 0")});
    runner.handle(Step{30});
    runner.expect_ok();
    CHECK(session.step_plan()->lowering() == (lanes ? "lanes" : "launches"));
    CHECK(session.weights(1)[1] == 0.625f);
    CHECK(session.weights(2)[4] == 0);
    slabs.push_back(session.save().slab);
  }
  CHECK(slabs[0] == slabs[1]);
}

TEST_CASE("undoing a freeze lets the link learn, also when training went on since") {
  Bench bench;
  bench.set("network.link", "\"1 1 2 freeze\"");
  CHECK_FALSE(held_of(bench).empty());
  bench.tell(Step{5});
  const float held = bench.session().weights(1)[1];
  bench.tell(work::command::Undo{});
  CHECK(held_of(bench).empty());
  bench.tell(Step{5});
  CHECK(bench.session().weights(1)[1] != held);
  bench.tell(work::command::Redo{});
  const float again = bench.session().weights(1)[1];
  bench.tell(Step{5});
  CHECK(bench.session().weights(1)[1] == again);
}

TEST_CASE("a deleted link that is restored begins where it was drawn") {
  Bench bench;
  const std::vector<float> drawn = bench.session().weights(2);
  bench.set("network.link", "\"2 3 1 delete\"");
  bench.tell(Step{5});
  CHECK(bench.session().weights(2)[4] == 0);
  bench.set("network.link", "\"2 3 1 free\"");
  CHECK(bench.session().weights(2)[4] == drawn[4]);
  CHECK(held_of(bench).empty());
}

TEST_CASE("a held link can still be bent by hand, and reset keeps it") {
  Bench bench;
  bench.set("network.link", "\"1 2 3 freeze\"");
  bench.set("network.link", "\"1 2 3 1.5\"");
  bench.tell(Step{8});
  CHECK(bench.session().weights(1)[4 + 2] == 1.5f);
  bench.tell(work::command::Reset{});
  CHECK(bench.session().weights(1)[4 + 2] == 1.5f);
  bench.tell(Step{8});
  CHECK(bench.session().weights(1)[4 + 2] == 1.5f);
}

TEST_CASE("held links come along in files and links") {
  Bench first, second, third;
  first.set("network.held", "\"1 1 2 0.625, 2 3 1 0\"");
  first.tell(Step{12});
  second.runner.open(first.runner.document());
  CHECK(work::state_hash(second.session()) == work::state_hash(first.session()));
  third.runner.open(first.runner.permalink());
  for (Bench* bench : {&second, &third}) {
    bench->tell(Step{6});
    CHECK(bench->session().weights(1)[1] == 0.625f);
    CHECK(bench->session().weights(2)[4] == 0);
  }
}

TEST_CASE("a held link keeps its feature while another is switched") {
  Bench bench;
  bench.set("network.held", "\"1 2 1 0.5\"");  // of x2, though x1 goes
  bench.tell(Step{3});
  bench.set("features.x1", "false");
  CHECK(bench.session().weights(1)[0] == 0.5f);
  bench.tell(Step{3});
  CHECK(bench.session().weights(1)[0] == 0.5f);
}

TEST_CASE("what names no link is refused where it cannot be read, and waits where the network has none such") {
  Bench bench;
  const std::vector<float> start = bench.session().weights(1);
  for (const char* text : {"1 1", "1 0 2 0.5", "1 1 2 inf", "a b c d", "1 1 2 0.5; 1 1 3 0", "1 1 2 1e7", ",,,"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(bench.tell(Set{"network.held", std::string(text)}), UsageError);
    CHECK(held_of(bench).empty());
  }
  bench.set("network.held", "\"9 1 2 0.5, 1 1 99 0.25\"");
  CHECK(bench.session().weights(1) == start);
  bench.tell(Step{1});
}

}  // namespace
}  // namespace vitrine::views::playground
