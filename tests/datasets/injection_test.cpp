// What injections do to a row: each its own, the more the stronger, the same for a seed.
#include "datasets/anomaly/injection.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace vitrine::datasets {
namespace {

std::vector<float> wave() {
  std::vector<float> row(140);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<float>(i % 20) / 10;
  return row;
}

std::vector<float> spoiled(std::string_view id, float strength, std::vector<float> row = wave()) {
  random::Draw draw(7, 0, 3);
  find_injection(id)->spoil(row, strength, draw);
  return row;
}

double change(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>((a[i] - b[i]) * (a[i] - b[i]));
  return sum;
}

TEST_CASE("an injection of strength 0 changes nothing, and a stronger one changes more") {
  for (const Injection& each : injections()) {
    CAPTURE(each.id);
    CHECK(spoiled(each.id, 0) == wave());
    CHECK(change(spoiled(each.id, 1), wave()) > 0.5);
    CHECK(change(spoiled(each.id, 2), wave()) > change(spoiled(each.id, 1), wave()));
    CHECK(spoiled(each.id, 2) == spoiled(each.id, 2));
  }
  CHECK(find_injection("none") == nullptr);
}

TEST_CASE("a spike is short, a drift begins at nothing, a gap stays where it was") {
  const std::vector<float> normal = wave(), spike = spoiled("spike", 1), drift = spoiled("drift", 1);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < normal.size(); ++i) moved += spike[i] != normal[i] ? 1u : 0u;
  CHECK(moved >= 2);
  CHECK(moved <= 3);
  CHECK(drift.front() == normal.front());
  CHECK(std::fabs(drift.back() - normal.back()) > 0.5f);
  const std::vector<float> gap = spoiled("gap", 1);
  std::size_t still = 0, longest = 0;
  for (std::size_t i = 1; i < gap.size(); ++i)
    longest = std::max(longest, still = gap[i] == gap[i - 1] ? still + 1 : 0);
  CHECK(longest == 20);  // 15 % of 140 steps, the first of them as it was
}

TEST_CASE("flat rows and rows of one value are spoiled without a fault") {
  for (const Injection& each : injections()) {
    for (const std::size_t width : {1u, 2u, 5u}) {
      const auto row = spoiled(each.id, 5, std::vector<float>(width, 0.0f));
      CHECK(std::ranges::all_of(row, [](float v) { return std::isfinite(v); }));
    }
  }
}

TEST_CASE("a gap that is shorter than a step touches nothing, wherever it would begin") {
  for (std::uint64_t item = 0; item < 300; ++item) {
    std::vector<float> row{1, 2};
    random::Draw draw(7, 0, item);
    find_injection("gap")->spoil(row, 1, draw);  // 15 % of two steps
    CHECK(row == std::vector<float>{1, 2});
  }
}

}  // namespace
}  // namespace vitrine::datasets
