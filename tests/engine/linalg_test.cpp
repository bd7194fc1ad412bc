// Factorisations and equations of indices beyond what the corpus holds: stacks, zeros, diagonals, gradients, refusals.
#include <doctest/doctest.h>

#include <cmath>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/einsum.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/linalg.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "engine/ops/spectral.h"
#include "tests/support/reference.h"

namespace vitrine {
namespace {

Tensor drawn(Backend& backend, const Shape& shape, std::uint64_t seed) {
  return reference::upload(backend, reference::random<float>({DType::float32, shape}, -2, 2, seed));
}

void check_same(const Tensor& got, const Tensor& want) {
  REQUIRE(got.shape() == want.shape());
  const auto a = got.floats(), b = want.floats();
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(std::abs(a[i] - b[i]) <= 1e-5f);
}

TEST_CASE("q and r of a stack multiply back, and q keeps lengths") {
  const auto cpu = open_device("cpu");
  for (const Shape& shape : {Shape{2, 4, 3}, Shape{3, 3, 3}, Shape{2, 5}}) {
    for (const bool full : {false, true}) {
      const Tensor x = drawn(*cpu, shape, 5);
      const auto [q, r] = ops::qr(x, full);
      check_same(ops::matmul(q, r), x);
      check_same(ops::matmul(ops::transpose(q), ops::matmul(q, r)), r);
    }
  }
}

TEST_CASE("a column of zeros stays one, without a NaN") {
  const auto cpu = open_device("cpu");
  const std::vector<float> numbers = {0, 1, 0, 2, 0, 3};
  const Tensor x = tensor(*cpu, numbers, {3, 2});
  const auto [q, r] = ops::qr(x);
  check_same(ops::matmul(q, r), x);
}

// The gradient at random numbers against differences of the target.
void check_slopes(const ops::Function& target, const Shape& shape) {
  const auto cpu = open_device("cpu");
  const auto dense = reference::random<float>({DType::float32, shape}, -2, 2, 5);
  const auto slopes = ops::grad(target)(reference::upload(*cpu, dense)).floats();
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const auto moved = [&](float by) {
      auto shifted = dense;
      shifted.data[i] += by;
      return target(reference::upload(*cpu, shifted)).item();
    };
    const float slope = (moved(1e-2f) - moved(-1e-2f)) / 2e-2f;
    CHECK(std::abs(slopes[i] - slope) <= 1e-2f * (1 + std::abs(slope)));
  }
}

Tensor cubes(const Tensor& x) {
  return ops::sum(ops::square(x) * x);
}

TEST_CASE("gradients reach through q and r") {
  const auto target = [](const Tensor& x) {
    const auto [q, r] = ops::qr(x);
    return cubes(q) + cubes(r);
  };
  check_slopes(target, {4, 3});
}

TEST_CASE("gradients reach through vectors made orthonormal") {
  check_slopes([](const Tensor& x) { return cubes(ops::gram_schmidt(x)); }, {2, 4});
}

TEST_CASE("gradients reach through the diagonals of an equation") {
  const auto diagonal = [](std::string_view equation) {
    return [equation](const Tensor& x) { return cubes(ops::einsum(equation, std::vector<Tensor>{x})); };
  };
  check_slopes(diagonal("ii->i"), {4, 4});
  check_slopes(diagonal("iji->j"), {3, 2, 3});
  check_slopes(diagonal("ii->"), {3, 3});
}

TEST_CASE("an equation takes diagonals, sums and joins three operands") {
  const auto cpu = open_device("cpu");
  const auto einsum = [](std::string_view equation, std::vector<Tensor> operands) {
    return ops::einsum(equation, operands);
  };
  const Tensor a = drawn(*cpu, {3, 3}, 1), b = drawn(*cpu, {3, 2}, 2), c = drawn(*cpu, {2, 3}, 3);
  check_same(einsum("ii->", {a}), ops::sum(einsum("ii->i", {a})));
  CHECK(einsum("ii->i", {a}).floats()[1] == a.floats()[4]);
  check_same(einsum("ij,jk,kl->il", {a, b, c}), ops::matmul(ops::matmul(a, b), c));
  check_same(einsum("ij, jk", {a, b}), ops::matmul(a, b));
  check_same(einsum("ij,kj->kj", {a, c}), ops::sum(a, {0}, true) * c);
  check_same(einsum("ij,jk->ik", {a, ops::slice(b, {0, 0}, {3, 0})}), ops::slice(b, {0, 0}, {3, 0}));
  CHECK_THROWS_AS(einsum("ij,jk->ix", {a, b}), UsageError);
  CHECK_THROWS_AS(einsum("...i->i", {a}), UsageError);
  CHECK_THROWS_AS(einsum("......->...", {a}), UsageError);
  CHECK_THROWS_AS(einsum("..ij->ij", {a}), UsageError);
  CHECK_THROWS_AS(einsum("ij,jk->ik", {a}), UsageError);
  CHECK_THROWS_AS(einsum("ij,jk->ik", {a, c}), ShapeError);
}

TEST_CASE("an ellipsis stands for the axes without a letter, which broadcast") {
  const auto cpu = open_device("cpu");
  const auto einsum = [](std::string_view equation, std::vector<Tensor> operands) {
    return ops::einsum(equation, operands);
  };
  const Tensor a = drawn(*cpu, {5, 1, 3, 4}, 1), b = drawn(*cpu, {2, 4, 6}, 2), m = drawn(*cpu, {4, 6}, 3);
  check_same(einsum("...ij,...jk->...ik", {a, b}), ops::matmul(a, b));
  check_same(einsum("...ij,...jk", {a, m}), ops::matmul(a, m));
  check_same(einsum("...ij->...ji", {b}), ops::transpose(b));
  check_same(einsum("i...->...", {m}), ops::sum(m, {0}));
  check_same(einsum("...,...->...", {m, m}), ops::square(m));
  CHECK_THROWS_AS(einsum("...ij,...jk->...ik", {drawn(*cpu, {3, 3, 4}, 1), b}), ShapeError);
}

TEST_CASE("real spectra lead back to the signal, whatever its length") {
  const auto cpu = open_device("cpu");
  for (const std::int64_t n : {2, 6, 64, 100, 1024}) {
    const Tensor x = drawn(*cpu, {2, n}, 4);
    check_same(ops::irfft(ops::rfft(x)), x);
  }
}

TEST_CASE("frames overlap, leave gaps and reach past the end") {
  const auto cpu = open_device("cpu");
  const std::vector<float> numbers = {1, 2, 3, 4, 5};
  const Tensor x = tensor(*cpu, numbers, {5});
  CHECK(ops::frame(x, {.length = 3, .step = 1}).floats() == std::vector<float>{1, 2, 3, 2, 3, 4, 3, 4, 5});
  CHECK(ops::frame(x, {.length = 1, .step = 3}).floats() == std::vector<float>{1, 4});
  CHECK(ops::frame(x, {.length = 2, .step = 4, .pad_end = true, .pad_value = 9}).floats() ==
        std::vector<float>{1, 2, 5, 9});
  CHECK(ops::frame(x, {.length = 6, .step = 1}).shape() == Shape{0, 6});
}

}  // namespace
}  // namespace vitrine
