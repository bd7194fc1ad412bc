// Golden first points, counts and determinism of the points on the plane.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "datasets/catalog.h"

namespace vitrine::datasets {
namespace {

PlaneSample sample_of(const PlaneRecipe& recipe) {
  SeedRandom random(recipe.seed);
  return make_plane(recipe, random);
}

TEST_CASE("a seed names the points that the published playground draws") {
  struct Golden {
    const char* set;
    double x, y, label;
    std::array<double, 2> weights;  // the next two draws, as weights
  };
  for (const Golden& golden : {Golden{"circle", 4.618077, -1.835440, -1, {.151190, .339542}},
                               Golden{"xor", 5.096362, -2.197912, -1, {.151190, .339542}},
                               Golden{"gauss", 1.472733, 1.668472, 1, {-.101931, -.314045}},
                               Golden{"reg-plane", 4.247774, 1.455119, .570289, {.189437, .072883}},
                               Golden{"reg-gauss", 4.247774, 1.455119, .463072, {.189437, .072883}}}) {
    CAPTURE(golden.set);
    SeedRandom random("0.12345");
    const PlanePoint first = make_plane({golden.set, 0, 50, "0.12345"}, random).points.front();
    CHECK(std::fabs(first.x - golden.x) < 6e-7);
    CHECK(std::fabs(first.y - golden.y) < 6e-7);
    CHECK(std::fabs(first.label - golden.label) < 6e-7);
    for (const double weight : golden.weights) CHECK(std::fabs(random.uniform(-0.5, 0.5) - weight) < 6e-7);
  }
}

TEST_CASE("every set has its count, its share for training and finite points") {
  for (const DataSet& set : plane_sets()) {
    CAPTURE(set.id);
    for (const int share : {10, 50, 90}) {
      const PlaneSample sample = sample_of({std::string(set.id), 0.2, share, "0.5"});
      CHECK(sample.points.size() == static_cast<std::size_t>(set.count));
      CHECK(sample.train == static_cast<std::size_t>(set.count * share / 100));
      CHECK(std::ranges::all_of(sample.points, [](const PlanePoint& p) {
        return std::isfinite(p.x) && std::isfinite(p.y) && std::fabs(p.label) <= 1.5;
      }));
    }
  }
}

TEST_CASE("without noise the classes of circle, clouds and spiral are equally large") {
  for (const char* set : {"circle", "gauss", "spiral"}) {
    const PlaneSample sample = sample_of({set, 0, 50, "0.1"});
    CHECK(std::ranges::count(sample.points, 1.0, &PlanePoint::label) == 250);
  }
}

TEST_CASE("the same recipe gives the same points, another seed others") {
  const auto same = [](const PlanePoint& a, const PlanePoint& b) {
    return a.x == b.x && a.y == b.y && a.label == b.label;
  };
  for (const DataSet& set : plane_sets()) {
    const PlaneRecipe recipe{std::string(set.id), 0.25, 50, "0.7"};
    PlaneRecipe other = recipe;
    other.seed = "0.8";
    CHECK(std::ranges::equal(sample_of(recipe).points, sample_of(recipe).points, same));
    CHECK_FALSE(std::ranges::equal(sample_of(recipe).points, sample_of(other).points, same));
  }
}

TEST_CASE("a seed longer than the key still changes every number") {
  const std::string seed(300, 'a');
  CHECK(SeedRandom(seed).next() != SeedRandom(seed + "b").next());
  CHECK(SeedRandom("").next() == SeedRandom("").next());
}

}  // namespace
}  // namespace vitrine::datasets
