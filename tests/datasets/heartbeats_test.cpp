// Generated heartbeats: the same beats for a seed, the proportions of the real set, and as hard as the real set is.
#include "datasets/heartbeats/heartbeats.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "datasets/catalog.h"
#include "engine/core/hash.h"
#include "tests/datasets/baselines.h"
#include "tests/support/counts.h"

namespace vitrine::datasets {
namespace {

TEST_CASE("a seed names the beats bit for bit, on every machine") {
  const Dataset beats = make_dataset("heartbeats", {.seed = 7, .count = 200});
  CHECK(sample_of(beats).values == sample_of(make_dataset("heartbeats", {.seed = 7, .count = 200})).values);
  CHECK(sample_of(beats).values != sample_of(make_dataset("heartbeats", {.seed = 8, .count = 200})).values);
  CHECK(Hasher().reals(sample_of(beats).values).finish().hex() == "0c24d57e50c588f061614fb15f952fea");
}

TEST_CASE("the five kinds come in the proportions of the published set") {
  CHECK(class_counts(make_dataset("heartbeats", {})) == std::vector<std::size_t>{2919, 1767, 96, 194, 24});
  for (const std::size_t count : {0u, 1u, 37u, 500u}) {
    std::size_t sum = 0;
    for (const std::size_t of_kind : beats_of_each_kind(count)) sum += of_kind;
    CHECK(sum == count);
  }
}

TEST_CASE("every beat has mean 0, deviation 1 and no number out of reach") {
  const Dataset beats = make_dataset("heartbeats", {.seed = 3, .count = 1000});
  std::vector<float> beat(kBeatSamples);
  for (ItemId item = 0; item < beats.size(); ++item) {
    beats.read(item, beat);
    double mean = 0, square = 0;
    for (const float v : beat)
      mean += static_cast<double>(v) / kBeatSamples, square += static_cast<double>(v * v) / kBeatSamples;
    CHECK(std::fabs(mean) < 1e-4);
    CHECK(std::fabs(square - 1) < 1e-3);
    CHECK(std::ranges::all_of(beat, [](float v) { return std::fabs(v) < 12; }));
  }
}

TEST_CASE("fifty normal beats are pairwise distinct, to the eye as well") {
  std::vector<std::vector<float>> beats(50, std::vector<float>(kBeatSamples));
  for (std::size_t i = 0; i < beats.size(); ++i) make_beat({.seed = 11}, 0, i, beats[i]);
  for (std::size_t i = 0; i < beats.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      float most = 0;
      for (std::size_t t = 0; t < kBeatSamples; ++t) most = std::fmax(most, std::fabs(beats[i][t] - beats[k][t]));
      CHECK(most > 0.3f);
    }
  }
}

TEST_CASE("a mean beat and two principal components tell them apart as well as the real ones") {
  const auto seeds = static_cast<std::uint64_t>(testing::count(3, 40));
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Dataset train = make_dataset("heartbeats", {.seed = seed, .count = 3500});
    const Dataset test = make_dataset("heartbeats", {.seed = seed + 1000, .count = 500});
    const Scaling scaling = Scaling::fitted(ScalingKind::range_per_step, train, all_items(train));
    const Baselines areas = baselines(sample_of(train, scaling), sample_of(test, scaling), 2);
    CAPTURE(seed);
    MESSAGE("mean beat ", areas.mean_beat, ", two components ", areas.pca);
    CHECK(std::fabs(areas.mean_beat - 0.9598) < 0.03);  // the real set's figure
    CHECK(std::fabs(areas.pca - 0.9939) < 0.01);
  }
}

}  // namespace
}  // namespace vitrine::datasets
