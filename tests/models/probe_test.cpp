// Probes: questions that a model can answer, the same every time.
#include "engine/models/probe.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

#include "engine/core/error.h"
#include "engine/nn/layers.h"

namespace vitrine::models {
namespace {

std::vector<float> numbers_in(const learn::Rows& rows) {
  return {rows.values().begin(), rows.values().end()};
}

TEST_CASE("probes follow from their seed and lie between -1 and 1") {
  const nn::Symbol a = nn::input({4}, "a"), b = nn::input({nn::kUnknown, 2}, "b");
  const nn::Model model({a, b}, {nn::layers::Dense(1)(a), nn::layers::GlobalMaxPooling1D()(b)});
  const std::vector<learn::Rows> probes = probes_for(model, 8, 1);
  REQUIRE(probes.size() == 2);
  CHECK(probes[0].count() == 8);
  CHECK(probes[0].sample() == Shape{4});
  CHECK(probes[1].count() == 8);
  CHECK(probes[1].sample()[1] == 2);
  for (const float value : numbers_in(probes[1])) CHECK(std::abs(value) <= 1);
  CHECK(numbers_in(probes_for(model, 8, 1)[1]) == numbers_in(probes[1]));
  CHECK(numbers_in(probes_for(model, 8, 2)[1]) != numbers_in(probes[1]));
}

TEST_CASE("a model of words is asked about words that it has, also where a model in it looks them up") {
  const nn::Model words = nn::sequential("words", {nn::layers::Embedding(5, 2, {{"input_shape", {6}}})});
  const nn::Symbol x = nn::input({6}, "x");
  for (const nn::Model& model : {words, nn::Model({x}, {words(x)})}) {
    const std::vector<float> asked = numbers_in(probes_for(model, 16, 0)[0]);
    CHECK(std::set<float>(asked.begin(), asked.end()) == std::set<float>{0, 1, 2, 3, 4});
  }
}

TEST_CASE("a batch that the model fixes is kept, and what is too large is refused") {
  const nn::Symbol x = nn::input_of({{3, 2}}, "x");
  CHECK(probes_for(nn::Model({x}, {nn::layers::Dense(1)(x)}), 16, 0)[0].count() == 3);
  const nn::Symbol large = nn::input({1 << 20, 16}, "x");
  CHECK(probes_for(nn::Model({large}, {nn::layers::Flatten()(large)}), 16, 0)[0].count() == 4);
  const nn::Symbol huge = nn::input({1 << 20, 128}, "x");
  CHECK_THROWS_AS(probes_for(nn::Model({huge}, {nn::layers::Flatten()(huge)}), 16, 0), ShapeError);
}

TEST_CASE("answers differ by their furthest numbers, and without bound where only one is none") {
  const float none = std::numeric_limits<float>::quiet_NaN(), most = std::numeric_limits<float>::infinity();
  const auto difference = [](std::vector<float> a, std::vector<float> b) {
    return largest_difference({{{}, std::move(a)}}, {{{}, std::move(b)}});
  };
  CHECK(difference({1, 2, 3}, {1, 2.5f, 3.25f}) == 0.5);
  CHECK(difference({none, most, 1}, {none, most, 1}) == 0);
  CHECK(std::isinf(difference({none}, {1})));
  CHECK(std::isinf(difference({most}, {1})));
}

}  // namespace
}  // namespace vitrine::models
