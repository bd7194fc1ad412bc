// Random ops: published words, moments and shares, and the same bits however many threads draw.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/random.h"
#include "engine/cpu/backend.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/random.h"

namespace vitrine {
namespace {

constexpr std::int64_t kMany = 100'000;

struct Moments {
  double mean, variance;
};
Moments moments_of(const std::vector<float>& x) {
  const double n = static_cast<double>(x.size());
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  double squares = 0;
  for (const float v : x) squares += (static_cast<double>(v) - mean) * (static_cast<double>(v) - mean);
  return {mean, squares / n};
}

// The largest distance between the shares found and the distribution function, times the root of their number: above
// 1.95 once in a thousand.
template <class F>
double distance(std::vector<float> x, F distribution) {
  std::sort(x.begin(), x.end());
  const double n = static_cast<double>(x.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double wanted = distribution(static_cast<double>(x[i]));
    worst = std::max(
        {worst, std::abs(wanted - static_cast<double>(i) / n), std::abs(wanted - static_cast<double>(i + 1) / n)});
  }
  return worst * std::sqrt(n);
}

double normal_share(double x) {
  return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

TEST_CASE("Philox gives the words that its authors publish") {
  CHECK(random::philox({0, 0, 0, 0}, 0) == random::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(random::philox({~0u, ~0u, ~0u, ~0u}, ~0ull) == random::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
}

TEST_CASE("words that are drawn side by side are those of one draw after the other") {
  const std::uint64_t beginnings[] = {0, 1, 2600, 0xFFFFFFF8u};  // the last ones carry into the second word
  for (const std::uint64_t first : beginnings) {
    const auto words = random::first_words<16>(0x123456789abcdefu, 7, first);
    for (std::size_t i = 0; i < words.size(); ++i) {
      CHECK(words[i] == random::Draw(0x123456789abcdefu, 7, first + i).word());
    }
  }
}

TEST_CASE("drawn numbers follow their distributions") {
  const auto cpu = make_cpu_backend({.threads = 2, .variant = {}});
  const float zero = 0;
  const ops::Draws draws{42, tensor(*cpu, {&zero, 1}, {})};
  const auto uniform = ops::random_uniform(draws, {kMany}, -1, 3).floats();
  CHECK(distance(uniform, [](double x) { return (x + 1) / 4; }) < 1.95);
  CHECK(std::ranges::all_of(uniform, [](float x) { return x >= -1 && x < 3; }));
  CHECK(distance(ops::random_normal(draws, {kMany}, 2, 0.5).floats(),
                 [](double x) { return normal_share((x - 2) / 0.5); }) < 1.95);
  const double inside = normal_share(2) - normal_share(-2);
  const auto truncated = ops::random_truncated_normal(draws, {kMany}).floats();
  CHECK(distance(truncated, [&](double x) { return (normal_share(x) - normal_share(-2)) / inside; }) < 1.95);
  CHECK(std::ranges::all_of(truncated, [](float x) { return std::abs(x) <= 2; }));
  // A gamma number of shape 1 is exponential.
  CHECK(distance(ops::random_gamma(draws, {kMany}, 1, 2).floats(), [](double x) { return -std::expm1(-x / 2); }) <
        1.95);
  for (const double alpha : {0.3, 4.5}) {
    const Moments m = moments_of(ops::random_gamma(draws, {kMany}, alpha).floats());
    CHECK(m.mean == doctest::Approx(alpha).epsilon(0.02));
    CHECK(m.variance == doctest::Approx(alpha).epsilon(0.05));
  }
}

TEST_CASE("whole numbers, classes and masks come in their shares") {
  const auto cpu = make_cpu_backend({.threads = 2, .variant = {}});
  const float zero = 0;
  const ops::Draws draws{3, tensor(*cpu, {&zero, 1}, {})};
  const auto share = [](const std::vector<float>& x, float of) {
    return static_cast<double>(std::ranges::count(x, of)) / static_cast<double>(x.size());
  };
  const auto dice = ops::random_integers(draws, {kMany}, 1, 7).floats();
  for (int face = 1; face <= 6; ++face)
    CHECK(share(dice, static_cast<float>(face)) == doctest::Approx(1.0 / 6).epsilon(0.03));
  const std::vector<float> logits = {std::log(0.5f), std::log(0.3f), std::log(0.2f)};
  const auto classes = ops::random_multinomial(draws, tensor(*cpu, logits, {1, 3}), kMany).floats();
  CHECK(share(classes, 0) == doctest::Approx(0.5).epsilon(0.02));
  CHECK(share(classes, 1) == doctest::Approx(0.3).epsilon(0.02));
  CHECK(share(classes, 2) == doctest::Approx(0.2).epsilon(0.03));
  const auto mask = ops::dropout_mask(draws, {kMany}, 0.25f).floats();
  CHECK(share(mask, 0) == doctest::Approx(0.25).epsilon(0.02));
  CHECK(moments_of(mask).mean == doctest::Approx(1).epsilon(0.01));
}

TEST_CASE("the bits are the same at any number of threads, and others for another key or step") {
  const auto drawn = [](int threads, std::int64_t key, float step) {
    const auto cpu = make_cpu_backend({.threads = threads, .variant = {}});
    return ops::random_normal({key, tensor(*cpu, {&step, 1}, {})}, {kMany}).floats();
  };
  const auto first = drawn(1, 7, 0);
  CHECK(drawn(2, 7, 0) == first);
  CHECK(drawn(7, 7, 0) == first);
  for (const auto& other : {drawn(2, 8, 0), drawn(2, 7, 1)}) {
    double product = 0;
    for (std::size_t i = 0; i < first.size(); ++i)
      product += static_cast<double>(first[i]) * static_cast<double>(other[i]);
    CHECK(std::abs(product / static_cast<double>(kMany)) < 0.015);  // uncorrelated
  }
}

}  // namespace
}  // namespace vitrine
