// The published statistics of training, over seeds: medians and shares of runs that solve their task.
#include <algorithm>
#include <map>

#include "tests/views/playground_bench.h"

namespace vitrine::views::playground {
namespace {

constexpr int kSeeds = 48;
constexpr float kSolved = 0.05f;

using Settings = std::vector<std::pair<std::string, std::string>>;

// Test losses of every seed at the epochs asked for, each list in order.
std::map<std::int64_t, std::vector<float>> runs(const Settings& settings, const std::vector<std::int64_t>& epochs) {
  std::map<std::int64_t, std::vector<float>> losses;
  for (int seed = 0; seed < kSeeds; ++seed) {
    Bench bench;
    for (const auto& [path, value] : settings) bench.set(path, value);
    bench.tell(Set{"data.seed", fixed_text(0.0991 * (seed % 10) + 0.00217 * (seed + 1), 5)});
    std::int64_t at = 0;
    for (const std::int64_t epoch : epochs) {
      if (epoch > at) bench.session().advance({}, {.steps = epoch - at, .deadline = {}});
      at = epoch;
      losses[epoch].push_back(bench.losses()[1]);
    }
  }
  for (auto& [epoch, all] : losses) std::ranges::sort(all);
  return losses;
}
float median(const std::vector<float>& sorted) {
  return (sorted[kSeeds / 2 - 1] + sorted[kSeeds / 2]) / 2;
}
double solved(const std::vector<float>& losses) {
  return static_cast<double>(std::ranges::count_if(losses, [](float loss) { return loss < kSolved; })) / kSeeds;
}
void between(double value, double low, double high) {
  CHECK(value >= low);
  CHECK(value <= high);
}

const std::string kLayers = "network.layers", kSet = "data.set";

TEST_CASE("over seeds, two clouds are learnt by every run") {
  const auto losses = runs({{kSet, "gauss"}}, {100});
  between(median(losses.at(100)), 0.0003, 0.0012);
  CHECK(losses.at(100).back() < 0.01f);
}

TEST_CASE("over seeds, the circle closes") {
  const auto losses = runs({{kSet, "circle"}}, {0, 100, 300});
  between(median(losses.at(0)), 0.50, 0.52);
  between(median(losses.at(100)), 0.006, 0.025);
  between(median(losses.at(300)), 0.0015, 0.008);
  CHECK(solved(losses.at(300)) >= 0.85);
}

TEST_CASE("over seeds, exclusive or is mostly learnt") {
  const auto losses = runs({{kSet, "xor"}}, {0, 300, 1000});
  between(median(losses.at(0)), 0.50, 0.52);
  between(median(losses.at(300)), 0.002, 0.012);
  CHECK(solved(losses.at(1000)) >= 0.8);
}

TEST_CASE("over seeds, the spiral is never learnt by the small network") {
  const auto losses = runs({{kSet, "spiral"}}, {0, 300, 1000});
  between(median(losses.at(0)), 0.50, 0.52);
  between(median(losses.at(300)), 0.46, 0.51);
  CHECK(median(losses.at(1000)) > 0.35f);
  CHECK(losses.at(1000).front() >= kSolved);
}

TEST_CASE("over seeds, four good features wind the spiral more surely than all seven") {
  const std::pair<std::string, std::string> sines[] = {{"features.sine_x1", "true"}, {"features.sine_x2", "true"}};
  const auto four = runs({{kSet, "spiral"}, sines[0], sines[1], {kLayers, "[{units:8},{units:4}]"}}, {300});
  CHECK(solved(four.at(300)) >= 0.9);
  const auto seven = runs({{kSet, "spiral"},
                           sines[0],
                           sines[1],
                           {"features.x1_squared", "true"},
                           {"features.x2_squared", "true"},
                           {"features.product", "true"},
                           {kLayers, "[{units:8},{units:8}]"}},
                          {300, 1000});
  between(solved(seven.at(300)), 0.35, 0.75);
  between(solved(seven.at(1000)), 0.55, 0.95);
}

TEST_CASE("over seeds, values are predicted as closely as published") {
  between(median(runs({{kSet, "reg-plane"}}, {100}).at(100)), 0.0002, 0.001);
  const auto hills = runs({{kSet, "reg-gauss"}}, {100, 1000});
  between(median(hills.at(100)), 0.018, 0.025);
  between(median(hills.at(1000)), 0.012, 0.019);
}

}  // namespace
}  // namespace vitrine::views::playground
