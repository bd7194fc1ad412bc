// In which order sums are taken, to the bit: what makes results the same on every machine and in every lowering.
#include <algorithm>
#include <cmath>

#include "engine/ops/convolution.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "tests/cpu/calls.h"

using namespace vitrine;
using test::Case, test::Order, test::Result;

TEST_CASE("a matrix product is one chain of fused multiply-adds over k") {
  if (test::fma_variants().empty()) return;
  const auto backend = make_cpu_backend({.threads = 1, .variant = test::fma_variants().back()});
  const Case c{{{DType::float32, {5, 300}}, {DType::float32, {300, 35}}}, {}};
  const Result result = test::result_of(*backend, ops::kMatmul, c, Order::dense);
  for (std::size_t row = 0; row < 5; ++row) {
    for (std::size_t column = 0; column < 35; ++column) {
      float sum = 0;
      for (std::size_t k = 0; k < 300; ++k) {
        sum = std::fma(result.inputs[0].values[row * 300 + k], result.inputs[1].values[k * 35 + column], sum);
      }
      REQUIRE(test::same_bits(result.output().floats()[row * 35 + column], sum));
    }
  }
}

TEST_CASE("a filter's gradient is one chain over rows that hold 256 places, and the chains are added in order") {
  if (test::fma_variants().empty()) return;
  const auto backend = make_cpu_backend({.threads = 1, .variant = test::fma_variants().back()});
  constexpr std::size_t kImages = 2, kLines = 11, kPlaces = 100, kBlock = 3;  // three rows hold 256 places
  const Integers one{1, 1}, none{0, 0};
  const Spec x{DType::float32, {kImages, kLines, kPlaces, 1}};
  const Case c{{x, x}, {one, none, none, one, std::int64_t{1}, one}};
  const Result result = test::result_of(*backend, ops::kConvolutionFilterGradient, c, Order::dense);
  float total = 0;
  for (std::size_t image = 0; image < kImages; ++image) {
    for (std::size_t line = 0; line < kLines; line += kBlock) {
      float chain = 0;
      const std::size_t begin = (image * kLines + line) * kPlaces;
      const std::size_t end = (image * kLines + std::min(line + kBlock, kLines)) * kPlaces;
      for (std::size_t i = begin; i < end; ++i) {
        chain = std::fma(result.inputs[0].values[i], result.inputs[1].values[i], chain);
      }
      total = image + line == 0 ? chain : total + chain;
    }
  }
  CHECK(test::same_bits(result.output().floats()[0], total));
}

TEST_CASE("a sum goes to sixteen accumulators by turns and folds them 8, 4, 2, 1 apart") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  for (const std::int64_t n : {1, 15, 16, 17, 100}) {
    const Result result =
        test::result_of(*backend, ops::kSum, {{{DType::float32, {n}}}, {Integers{0}, false}}, Order::dense);
    float sums[16] = {};
    for (std::size_t k = 0; k < static_cast<std::size_t>(n); ++k) sums[k % 16] += result.inputs[0].values[k];
    for (const int half : {8, 4, 2, 1}) {
      for (int i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    CHECK(test::same_bits(result.output().floats()[0], sums[0]));
  }
}
