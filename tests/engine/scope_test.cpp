// What a stretch of work leaves behind, and letting go of how a result came about.
#include "engine/tensor/scope.h"

#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/graph.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"

namespace vitrine {
namespace {

const std::vector<float> kNumbers = {1, 2, 3, 4};

TEST_CASE("a scope names what was born in it and still lives") {
  const auto cpu = open_device("cpu");
  const Tensor before = tensor(*cpu, kNumbers, {4});
  const Scope scope(*cpu);
  CHECK(scope.buffers() == 0);
  Tensor square = ops::square(before);
  REQUIRE(scope.buffers() == 1);
  CHECK(scope.left()[0].owner == "square");
  CHECK(scope.bytes() == 16);
  square = {};
  CHECK(scope.buffers() == 0);
}

TEST_CASE("tidy keeps the numbers of a gradient and releases the way to them") {
  const auto cpu = open_device("cpu");
  const Tensor x = tensor(*cpu, kNumbers, {4});
  const auto slope = [&] { return ops::grad([](const Tensor& z) { return ops::sum(ops::square(z) * z); })(x); };
  const Scope scope(*cpu);
  const Tensor remembering = slope();
  CHECK(scope.buffers() > 1);
  const Scope tidied(*cpu);
  const Tensor kept = tidy(slope);
  CHECK(tidied.buffers() == 1);
  CHECK(kept.floats() == remembering.floats());
  CHECK(kept.floats()[1] == 12);
}

TEST_CASE("a forgotten tensor is a constant for gradients") {
  const auto cpu = open_device("cpu");
  const Tensor x = watch(tensor(*cpu, kNumbers, {4}));
  const Tensor y = ops::sum(forget(ops::square(x)) * x);
  CHECK(ops::gradients(y, {&x, 1})[0].floats() == ops::square(x).floats());
}

TEST_CASE("tidy takes work that answers nothing, and work that answers several") {
  const auto cpu = open_device("cpu");
  const Tensor x = tensor(*cpu, kNumbers, {4});
  const Scope scope(*cpu);
  tidy([&] { ops::square(x); });
  CHECK(scope.buffers() == 0);
  const std::vector<Tensor> two = tidy([&] { return std::vector<Tensor>{ops::square(x), Tensor()}; });
  CHECK(scope.buffers() == 1);
  CHECK_FALSE(two[1]);
}

TEST_CASE("forgetting while tracing is refused, because a plan would not") {
  trace([](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {4}});
    CHECK_THROWS_AS(forget(x), UsageError);
    t.output("x", x);
  });
}

}  // namespace
}  // namespace vitrine
