// The smallest change that lets a beat pass, where it can be worked out by hand, and where only a network knows.
#include "views/heartbeats/smallest_change.h"

#include <doctest/doctest.h>

#include <cmath>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "engine/nn/layers.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using work::command::Set;
using Beat = std::vector<float>;

double length(const Beat& a, const Beat& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::pow(static_cast<double>(a[i] - b[i]), 2);
  return std::sqrt(sum);
}

TEST_CASE("to a plane the smallest change is straight down, as long as the distance") {
  const Beat normal{3, 4, 0}, beat{7, 1, 5};  // the error is 3x + 4y; from 25 to 10 it is 15 / 5 steps away
  const auto change = smallest_change(
      [&](std::span<const float> at) {
        return Slope{static_cast<double>(3 * at[0] + 4 * at[1]), normal};
      },
      beat, 10, {});
  REQUIRE(change);
  CHECK(change->size == doctest::Approx(3).epsilon(1e-3));
  CHECK(length(change->beat, {5.2f, -1.4f, 5}) < 2e-3);
}

TEST_CASE("of a linear autoencoder what lies beside its plane shrinks to the root of threshold by error") {
  const auto backend = open_device("cpu", 1);
  const nn::Symbol beat = nn::input({4}, "beat");
  const nn::Symbol code = nn::layers::Dense(1, {{"name", "code"}})(beat);
  const nn::Model model({beat}, {nn::layers::Dense(4, {{"name", "rebuilt"}})(code)});
  nn::Weights weights(*backend, model, 1);
  const Beat along{0.5f, 0.5f, 0.5f, 0.5f};  // the line that the network keeps
  weights.write("code/kernel", along), weights.write("rebuilt/kernel", along);
  ScoreSlope slope(model, weights);
  const Beat recorded{4, 2, 2, 0};  // 2 along the line's values, and (2, 0, 0, −2) beside it: an error of 8 / 4
  CHECK(slope(recorded).score == doctest::Approx(2));
  CHECK(length(slope(recorded).gradient, {1, 0, 0, -1}) < 1e-5);  // twice what lies beside, by four values
  const auto change = smallest_change([&](std::span<const float> at) { return slope(at); }, recorded, 0.5, {});
  REQUIRE(change);
  CHECK(change->score <= 0.5);
  CHECK(change->size == doctest::Approx(std::sqrt(8.0) / 2).epsilon(1e-3));
  CHECK(length(change->beat, {3, 2, 2, 1}) < 2e-3);
}

TEST_CASE("where the slope leads nowhere, the way to a beat that passes does") {
  const auto flat = [](std::span<const float> at) { return Slope{at[0] > 1 ? 9.0 : 0.0, {0}}; };
  CHECK_FALSE(smallest_change(flat, Beat{5}, 1, {}));
  const Beat passing[] = {{0}};
  const auto change = smallest_change(flat, Beat{5}, 1, passing);
  REQUIRE(change);
  CHECK(change->size == doctest::Approx(4));
}

TEST_CASE("in the exhibit a flagged beat has a smallest change that passes, the same every time; others have none") {
  work::Runner runner("heartbeats", std::make_unique<Session>(open_device("cpu", 1), 4));
  const auto tell = [&](const work::Command& command) { runner.handle(command), runner.expect_ok(); };
  const auto look = [&] { return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(runner.snapshot().release())); };
  tell(Set{"data.beats", std::int64_t{400}});
  tell(work::command::Step{10});
  const auto s = look();
  const std::vector<float>& scores = s->validation->rebuilt.scores;
  int flagged = 0;
  for (std::size_t beat = 0; beat < scores.size(); ++beat) {
    const bool is = static_cast<double>(scores[beat]) > s->validation->threshold;
    if (!is && beat % 10 != 0) continue;
    tell(Set{"stage.change", static_cast<std::int64_t>(beat)});
    const auto passing = look()->passing;
    CHECK((passing != nullptr) == is);
    if (!passing) continue;
    ++flagged;
    CHECK(passing->change.score <= s->validation->threshold);
    CHECK(passing->change.score > 0.99 * s->validation->threshold);  // no further than it must
    tell(Set{"stage.change", std::int64_t{-1}});
    CHECK(look()->passing == nullptr);
    tell(Set{"stage.change", static_cast<std::int64_t>(beat)});
    CHECK(look()->passing->change.beat == passing->change.beat);
  }
  CHECK(flagged > 10);
  tell(Set{"stage.change", std::int64_t{40'000}});  // there is no such beat
  CHECK(look()->passing == nullptr);
}

}  // namespace
}  // namespace vitrine::views::heartbeats
