// Gradients that a caller writes: they replace what the walk would find, eager and traced, to any order.
#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"

namespace vitrine {
namespace {

// x³ that claims to have the slope 5x.
Tensor odd_cube(const Tensor& x) {
  return ops::custom_gradient(
      [](std::span<const Tensor> in) {
        const Tensor kept = in[0];
        return ops::Custom{ops::square(kept) * kept,
                           [kept](const Tensor& dy) { return std::vector{dy * (5.0f * kept)}; }};
      },
      {&x, 1});
}

TEST_CASE("the caller's rule is taken, and differentiated again") {
  const auto cpu = open_device("cpu");
  const std::vector<float> numbers{2, -3};
  const Tensor x = tensor(*cpu, numbers, {2});
  const auto f = [](const Tensor& z) { return ops::sum(odd_cube(z)); };
  CHECK(odd_cube(x).floats() == std::vector<float>{8, -27});
  CHECK(ops::grad(f)(x).floats() == std::vector<float>{10, -15});
  CHECK(ops::grad([&](const Tensor& z) { return ops::sum(ops::grad(f)(z)); })(x).floats() == std::vector<float>{5, 5});
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor z = t.input("x", {DType::float32, {2}});
                        t.output("value", odd_cube(z));
                        t.output("gradient", ops::gradients(f(z), {&z, 1}).front());
                      }),
                      *cpu);
  plan.bind(0, numbers);
  plan.run();
  CHECK(plan.read("value") == std::vector<float>{8, -27});
  CHECK(plan.read("gradient") == std::vector<float>{10, -15});
}

TEST_CASE("gradients of several tensors come in their order, and a rule of the wrong length is refused") {
  const auto cpu = open_device("cpu");
  const std::vector<Tensor> inputs{tensor(*cpu, std::vector<float>{2}, {}), tensor(*cpu, std::vector<float>{3}, {})};
  const auto both = ops::grads([](std::span<const Tensor> in) { return ops::square(in[0]) * in[1]; })(inputs);
  CHECK(both[0].item() == 12);
  CHECK(both[1].item() == 4);
  const auto wrong = [](std::span<const Tensor> in) {
    return ops::custom_gradient(
        [](std::span<const Tensor> z) {
          return ops::Custom{z[0] * z[1], [](const Tensor& dy) { return std::vector{dy}; }};
        },
        in);
  };
  CHECK_THROWS_AS(ops::grads(wrong)(inputs), UsageError);
}

TEST_CASE("a source may lie below another source") {
  const auto cpu = open_device("cpu", 1);
  const Tensor x = watch(tensor(*cpu, std::vector<float>{3}, {}));
  const Tensor y = ops::square(x), z = ops::square(y);
  const std::vector<Tensor> sources{y, x};
  const std::vector<Tensor> slopes = ops::gradients(z, sources);
  CHECK(slopes[0].item() == 18);   // 2y
  CHECK(slopes[1].item() == 108);  // 4x³
}

}  // namespace
}  // namespace vitrine
