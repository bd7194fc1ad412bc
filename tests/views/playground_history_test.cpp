// A long run looked back on: how much it holds, how far a look back has to be replayed, and forks.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

#include "engine/core/limits.h"
#include "tests/views/playground_bench.h"

namespace vitrine::views::playground {
namespace {

constexpr std::int64_t kLong = 100'000;  // epochs

TEST_CASE("over a hundred thousand epochs the history stays within its bytes, and any epoch comes back to the bit") {
  Bench bench, straight;
  bench.tell(Step{kLong});
  const auto now = bench.look();
  CHECK(now->step == kLong);
  CHECK(now->history_bytes <= limits::kHistoryBytes);
  const std::vector<std::int64_t>& frames = now->keyframes;
  std::int64_t furthest = kLong - frames.back();
  for (std::size_t i = 1; i < frames.size(); ++i) furthest = std::max(furthest, frames[i] - frames[i - 1]);
  MESSAGE(now->history_bytes << " bytes, " << frames.size() << " keyframes, at most " << furthest << " epochs apart");
  CHECK(furthest <= 512);  // some milliseconds to replay
  for (const std::int64_t epoch : {1, 777, 31'415, 70'001}) {
    straight.tell(Step{epoch - straight.runner.step()});
    bench.tell(work::command::Seek{epoch});
    while (bench.runner.wants_time()) bench.runner.run({}, std::chrono::steady_clock::time_point::max());
    CHECK(bench.runner.step() == epoch);
    CHECK(work::state_hash(bench.session()) == work::state_hash(straight.session()));
  }
}

TEST_CASE("a fork equals its original to the bit until something is changed in it") {
  Bench original, forked;
  original.tell(Step{300});
  forked.tell(Step{300});
  forked.tell(work::command::Seek{120});
  while (forked.runner.wants_time()) forked.runner.run({}, std::chrono::steady_clock::time_point::max());
  forked.tell(work::command::Fork{});
  forked.tell(Step{180});
  CHECK(forked.look()->runs == 2);
  CHECK(work::state_hash(forked.session()) == work::state_hash(original.session()));
  forked.tell(Set{"learning.rate", 0.1});
  forked.tell(Step{1});
  original.tell(Step{1});
  CHECK_FALSE(forked.session().save() == original.session().save());
}

}  // namespace
}  // namespace vitrine::views::playground
