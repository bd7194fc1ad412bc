// Judging, threshold rules and baselines of anomaly detection, on scores that can be counted by hand and on real beats.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

#include "datasets/anomaly/baselines.h"
#include "datasets/anomaly/judging.h"
#include "datasets/anomaly/threshold.h"
#include "datasets/catalog.h"
#include "datasets/files/csv.h"
#include "tests/datasets/baselines.h"

namespace vitrine::datasets {
namespace {

constexpr float kScores[] = {1, 2, 3, 4, 5, 6};
constexpr std::uint8_t kAnomalous[] = {0, 0, 1, 0, 1, 1};

TEST_CASE("verdicts count flags against labels, and only what lies above the threshold is flagged") {
  const Verdicts v = verdicts(kScores, kAnomalous, 3);
  CHECK(v.hits == 2);
  CHECK(v.misses == 1);
  CHECK(v.false_alarms == 1);
  CHECK(v.passes == 2);
  CHECK(v.accuracy() == doctest::Approx(4.0 / 6));
  CHECK(v.precision() == doctest::Approx(2.0 / 3));
  CHECK(v.f_beta(1) == doctest::Approx(2.0 / 3));
  CHECK(Verdicts{}.accuracy() == 0);
  CHECK(Verdicts{}.f_beta(2) == 0);
}

TEST_CASE("the area counts pairs in the right order, ties half, and says one half where nothing can be compared") {
  CHECK(area_under_curve(kScores, kAnomalous) == doctest::Approx(8.0 / 9));
  constexpr float equal[] = {2, 2};
  constexpr std::uint8_t one[] = {0, 1}, none[] = {0, 0};
  CHECK(area_under_curve(equal, one) == 0.5);
  CHECK(area_under_curve(equal, none) == 0.5);
  CHECK(area_under_curve(std::span<const float>{}, std::span<const std::uint8_t>{}) == 0.5);
}

TEST_CASE("rules with labels find the best cut, and a dear miss moves it down") {
  const auto chosen = [&](std::string_view rule, double price) {
    return find_threshold_rule(rule)->choose(
        {.scores = kScores, .anomalous = kAnomalous, .learnt = kScores, .price_of_miss = price});
  };
  CHECK(verdicts(kScores, kAnomalous, chosen("accuracy", 1)).accuracy() == doctest::Approx(5.0 / 6));
  CHECK(chosen("cost", 100) == doctest::Approx(2.5));
  CHECK(chosen("cost", 0.1) == doctest::Approx(4.5));
  CHECK(chosen("percentile", 1) == doctest::Approx(5.75));
  CHECK(chosen("sigma", 1) == doctest::Approx(3.5 + 3 * std::sqrt(35.0 / 12)));
}

TEST_CASE("no rule fails on nothing, on one score, or on scores that are all alike") {
  constexpr float same[] = {2, 2, 2};
  constexpr std::uint8_t all[] = {1, 1, 1};
  for (const ThresholdRule& rule : threshold_rules()) {
    CAPTURE(rule.id);
    CHECK(std::isfinite(rule.choose({})));
    CHECK(std::isfinite(
        rule.choose({.scores = std::span(same, 1), .anomalous = std::span(all, 1), .learnt = std::span(same, 1)})));
    CHECK(std::isfinite(rule.choose({.scores = same, .anomalous = all, .learnt = same})));
  }
}

TEST_CASE("errors without end are told from others, and among themselves have no cut") {
  constexpr float far[] = {1, INFINITY, 2, INFINITY}, beyond[] = {INFINITY, INFINITY};
  constexpr std::uint8_t strange[] = {0, 1, 0, 1}, one[] = {0, 1};
  for (const std::string_view id : {"accuracy", "f_beta", "cost"}) {
    CAPTURE(id);
    const ThresholdRule& rule = *find_threshold_rule(id);
    const double cut = rule.choose({.scores = far, .anomalous = strange});
    CHECK(verdicts(far, strange, cut).accuracy() == 1);
    CHECK(std::isfinite(cut));
    CHECK_FALSE(std::isnan(rule.choose({.scores = beyond, .anomalous = one})));
  }
}

TEST_CASE("an exponential tail is cut where its risk lies") {
  std::vector<float> scores;
  for (int i = 0; i < 5000; ++i) scores.push_back(-std::log(1 - (static_cast<float>(i) + 0.5f) / 5000));
  const double cut = find_threshold_rule("extreme")->choose({.learnt = scores, .risk = 0.001});
  CHECK(cut == doctest::Approx(std::log(1000.0)).epsilon(0.05));
}

TEST_CASE("every baseline scores what lies far away above what lies among the known") {
  std::vector<float> known;
  for (int i = 0; i < 60; ++i) {
    const float t = static_cast<float>(i) * 0.1f;
    known.insert(known.end(), {t, 2 * t, std::sin(t), 1});
  }
  const std::vector<float> asked{2, 4, std::sin(2.0f), 1, 2, -9, 5, 8};
  for (const Baseline& baseline : baselines()) {
    CAPTURE(baseline.id);
    if (baseline.id == "pca_8") continue;  // four components hold everything
    const auto scores = baseline.scores({4, known}, {4, asked});
    REQUIRE(scores.size() == 2);
    CHECK(scores[1] > scores[0]);
    CHECK(baseline.scores({4, known}, {4, {}}).empty());
    CHECK(baseline.scores({4, std::span(known).first(4)}, {4, asked}).size() == 2);
  }
}

double area_of(const Baseline& baseline, const Sample& train, const Sample& test) {
  std::vector<float> normal;
  std::vector<std::uint8_t> anomalous;
  for (std::size_t i = 0; i < train.classes.size(); ++i) {
    if (train.classes[i] == 0) normal.insert(normal.end(), train.item(i).begin(), train.item(i).end());
  }
  for (const std::size_t kind : test.classes) anomalous.push_back(kind != 0 ? 1 : 0);
  return area_under_curve(baseline.scores({train.width, normal}, {test.width, test.values}), anomalous);
}

TEST_CASE("on generated beats every baseline is far better than chance") {
  const Sample train = sample_of(make_dataset("heartbeats", {.seed = 1, .count = 600}));
  const Sample test = sample_of(make_dataset("heartbeats", {.seed = 2, .count = 300}));
  for (const Baseline& baseline : baselines()) {
    CAPTURE(baseline.id);
    const double area = area_of(baseline, train, test);
    MESSAGE("area ", area);
    CHECK(area > 0.9);
  }
}

TEST_CASE("on the published beats the mean beat and two components give the published areas") {
  const std::filesystem::path folder = "../shared/assets/ecg5000";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no assets folder beside the checkout (../shared/assets)");
    return;
  }
  const Dataset train = load_beats(folder / "ecg5000_train_3500.csv"),
                test = load_beats(folder / "ecg5000_test_500.csv");
  const Scaling own = Scaling::fitted(ScalingKind::range_per_step, train, all_items(train));
  const Sample known = sample_of(train, own), asked = sample_of(test, own);
  for (const Baseline& baseline : baselines()) {
    MESSAGE(std::string(baseline.id), " ", area_of(baseline, known, asked));
  }
  CHECK(std::fabs(area_of(baselines()[0], known, asked) - 0.9598) < 0.0005);
  CHECK(std::fabs(area_of(baselines()[1], known, asked) - 0.9939) < 0.0005);
  CHECK(std::fabs(area_of(baselines()[2], known, asked) - 0.9853) < 0.0005);
}

}  // namespace
}  // namespace vitrine::datasets
