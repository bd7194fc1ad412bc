// Keyframes within a budget, curves within a length, forks that share.
#include "app/work/history.h"

#include <doctest/doctest.h>

#include "tests/work/chaos.h"

using namespace vitrine::work;

namespace {

Keyframe frame_at(std::int64_t step, bool pinned = false, std::size_t floats = 100) {
  return {{.step = step, .slab = std::vector<float>(floats, static_cast<float>(step)), .counters = {}}, {}, pinned};
}

}  // namespace

TEST_CASE("thinning keeps the first and the pinned ones, evenly, within the budget") {
  const std::size_t one = frame_at(0).bytes();
  History history(20 * one);
  history.keep(frame_at(0));
  history.keep(frame_at(100, true));
  history.keep(frame_at(333, true));
  for (std::int64_t step = 1; step <= 64 * 1000; ++step) {
    history.reached(step);
    if (step > 333 && history.due(step)) history.keep(frame_at(step));
  }
  CHECK(history.bytes() <= 20 * one);
  const auto steps = history.keyframe_steps();
  CHECK(steps.size() > 8);
  CHECK(std::vector(steps.begin(), steps.begin() + 3) == std::vector<std::int64_t>{0, 100, 333});
  for (std::size_t i = 4; i < steps.size(); ++i) CHECK(steps[i] - steps[i - 1] == steps[4] - steps[3]);
  CHECK(history.before(99).state.step == 0);
  CHECK(history.before(100).state.step == 100);
  CHECK(history.after(100)->state.step == 333);
  CHECK(history.after(64 * 1000) == nullptr);
}

TEST_CASE("of pinned keyframes those that stand closest go when they alone exceed the budget") {
  const std::size_t one = frame_at(0).bytes();
  History history(20 * one);
  history.keep(frame_at(0));
  for (std::int64_t step = 1; step <= 1000; ++step) history.keep(frame_at(step, true));
  CHECK(history.bytes() <= 20 * one);
  const auto steps = history.keyframe_steps();
  CHECK(steps.size() == 20);
  CHECK(steps.front() == 0);
  CHECK(steps.back() == 1000);
  for (std::size_t i = 2; i < steps.size(); ++i) CHECK(steps[i] - steps[i - 1] <= 200);
  for (const std::int64_t step : steps) CHECK(history.reachable(step) == step);
  CHECK(history.reachable(steps[3] - 1) == steps[2]);  // what was set between is forgotten
  CHECK(history.reachable(1234) == 1234);
  history.fork(steps[3]);
  CHECK(history.reachable(steps[3] + 6) == steps[3] + 6);  // new ground
  CHECK(history.reachable(steps[3] - 1) == steps[2]);
}

TEST_CASE("where no two fit, the newest alone is kept") {
  const std::size_t one = frame_at(0).bytes();
  History history(one - 1);
  for (std::int64_t step = 0; step <= 500; ++step) {
    if (step % 3 == 0 || history.due(step)) history.keep(frame_at(step, step % 3 == 0));
    CHECK(history.bytes() == one);
    CHECK(history.reachable(step) == step);
  }
}

TEST_CASE("where nothing stands between, runs go and then the way back, but never where one is") {
  const std::size_t one = frame_at(0).bytes();
  History history(3 * one);
  history.keep(frame_at(0));
  for (int i = 0; i < 10; ++i) {
    history.fork(0);
    history.keep(frame_at(64 + i, true));
  }
  CHECK(history.bytes() <= 3 * one);
  CHECK(history.runs() == 2);
  CHECK(history.chosen() == 1);
  CHECK(history.keyframe_steps() == std::vector<std::int64_t>{0, 73});
  history.keep(frame_at(80, true, 1000));
  CHECK(history.runs() == 1);
  CHECK(history.keyframe_steps() == std::vector<std::int64_t>{80});
  CHECK(history.bytes() == frame_at(80, true, 1000).bytes());
}

TEST_CASE("keyframes of a large network stand closer together, since its steps take longer") {
  const auto stride = [](const History& history, std::int64_t from) {
    std::int64_t step = from + 1;
    while (!history.due(step)) ++step;
    return step - from;
  };
  History history(std::size_t{64} << 20);
  history.keep(frame_at(0, true));
  CHECK(stride(history, 0) == History::kFirstStride);
  Keyframe large = frame_at(128, true);  // an edit made it so
  large.state.slab.resize(std::size_t{1} << 20);
  history.keep(std::move(large));
  CHECK(stride(history, 128) < 16);
  for (std::int64_t step = 129; step < 100000; ++step) {
    if (history.due(step)) history.keep(frame_at(step));
  }
  CHECK(history.keyframe_steps().size() <= 2050);
  CHECK(stride(history, 65536) == 64);  // thinned again
}

TEST_CASE("settings are counted once, however many keyframes share them") {
  const auto settings = std::make_shared<const Settings>(Settings{{"data.table", Value(std::string(5000, 'x'))}});
  const auto with_settings = [&](std::int64_t step) {
    Keyframe frame = frame_at(step);
    frame.settings = settings;
    return frame;
  };
  const std::size_t own = frame_at(0).bytes(), shared = with_settings(0).bytes() - own;
  CHECK(shared > 5000);
  CHECK(frame_at(0).own_bytes() == own);
  History history(1 << 20);
  for (std::int64_t step = 0; step <= 640; step += 64) history.keep(with_settings(step));
  CHECK(history.bytes() == 11 * own + shared);
  history.fork(320);
  history.keep(with_settings(320));  // in place of the one that the other run goes on with
  CHECK(history.bytes() == 12 * own + shared);
  History small(20 * own);
  small.keep(with_settings(0));
  for (std::int64_t step = 64; step <= 64 * 100; step += 64) {
    if (small.due(step)) small.keep(frame_at(step));
  }
  CHECK(small.bytes() <= 20 * own);
  small.keep(frame_at(0));  // nobody has them any more
  CHECK(small.bytes() == small.keyframe_steps().size() * own);
}

TEST_CASE("a keyframe at the same step replaces the old one and stays pinned") {
  History history(1 << 20);
  history.keep(frame_at(0, true));
  Keyframe again = frame_at(0);
  again.state.slab[0] = 5;
  history.keep(again);
  CHECK(history.keyframe_steps().size() == 1);
  CHECK(history.before(0).state.slab[0] == 5);
  CHECK(history.before(0).pinned);
  CHECK(history.bytes() == frame_at(0).bytes());
}

TEST_CASE("the curve thins evenly and never exceeds its length") {
  History history(1 << 20);
  history.names({"a", "b"});
  std::int64_t points = 0;
  for (std::int64_t step = 0; step <= 100000; ++step) {
    if (!history.wants_record(step)) continue;
    history.record(step, {static_cast<float>(step), -static_cast<float>(step)});
    ++points;
    REQUIRE(history.curve()->steps.size() <= 1024);
  }
  const auto curve = history.curve();
  CHECK(curve->steps.size() >= 512);
  CHECK(curve->steps.front() == 0);
  const std::int64_t stride = curve->steps[1];
  for (std::size_t i = 0; i < curve->steps.size(); ++i) {
    REQUIRE(curve->steps[i] == static_cast<std::int64_t>(i) * stride);
    REQUIRE(curve->series[0][i] == static_cast<float>(curve->steps[i]));
    REQUIRE(curve->series[1][i] == -curve->series[0][i]);
  }
  CHECK(points < 20000);
  CHECK(history.curve() == curve);  // no copy while nothing has changed
}

TEST_CASE("a fork shares what was before it and leaves the old run alone") {
  History history(1 << 20);
  history.names({"a"});
  for (std::int64_t step = 0; step <= 640; step += 64) {
    history.keep(frame_at(step));
    history.record(step, {1});
  }
  const std::size_t bytes = history.bytes();
  history.fork(200);
  CHECK(history.bytes() == bytes);
  CHECK(history.runs() == 2);
  CHECK(history.chosen() == 1);
  CHECK(history.head() == 200);
  CHECK(history.keyframe_steps() == std::vector<std::int64_t>{0, 64, 128, 192});
  CHECK(history.curve()->steps.back() == 192);
  CHECK(history.forks() == std::vector<std::int64_t>{200});
  history.keep(frame_at(200, true));
  history.choose(0);
  CHECK(history.head() == 640);
  CHECK(history.keyframe_steps().size() == 11);
  CHECK(history.forks().empty());
  history.clear();
  CHECK(history.bytes() == 0);
  CHECK(history.runs() == 1);
}

TEST_CASE("the number of runs is bounded and the bytes still add up") {
  History history(1 << 20);
  history.names({});
  history.keep(frame_at(0));
  history.keep(frame_at(64));
  for (int i = 0; i < 300; ++i) {
    history.fork(64);
    history.keep(frame_at(64, true));
  }
  CHECK(history.runs() == 64);
  CHECK(history.chosen() == 63);
  CHECK(history.bytes() == 65 * frame_at(0).bytes());  // the shared first one, and one of each run
}
