// The rules of ops that look at indices, ties, zeros and NaN: what the entries alone cannot say.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/dynamic.h"
#include "engine/ops/gather.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/normal.h"
#include "engine/ops/order.h"
#include "engine/ops/reduction.h"

namespace vitrine {
namespace {

using Floats = std::vector<float>;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Device {
  std::unique_ptr<Backend> cpu = open_device("cpu");
  Tensor floats(const Floats& values, const Shape& shape) const { return tensor(*cpu, values, shape); }
  Tensor floats(const Floats& values) const { return floats(values, {static_cast<std::int64_t>(values.size())}); }
  Tensor whole(const std::vector<std::int32_t>& values, const Shape& shape) const {
    return tensor(*cpu, {DType::int32, shape}, std::as_bytes(std::span(values)));
  }
};

TEST_CASE("an index that no row has is named at once, and reads zeros inside a plan") {
  const Device device;
  const Tensor x = device.floats({1, 2, 3});
  const Tensor numbers = device.whole({2, -1, 3}, {3});
  CHECK_THROWS_WITH_AS(ops::gather(x, numbers), doctest::Contains("index 1"), UsageError);
  CHECK_THROWS_AS(ops::gather_nd(x, ops::reshape(numbers, {3, 1})), UsageError);
  CHECK_THROWS_AS(ops::scatter_nd(ops::reshape(numbers, {3, 1}), x, {3}), UsageError);
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor end = t.input("numbers", {DType::int32, {3}});
                        t.output("rows", ops::gather(x, end));
                        t.output("sums", ops::unsorted_segment_sum(x, end, 3));
                      }),
                      *device.cpu);
  Floats bits(3);
  std::memcpy(bits.data(), numbers.bytes().data(), sizeof(float) * 3);
  plan.bind(0, bits);
  plan.run();
  CHECK(plan.read("rows") == Floats{3, 0, 0});
  CHECK(plan.read("sums") == Floats{0, 0, 1});
}

TEST_CASE("updates of one place: sums add up, replacements keep the last") {
  const Device device;
  const Tensor places = device.whole({1, 0, 1}, {3, 1});
  const Tensor updates = watch(device.floats({10, 20, 30}));
  CHECK(ops::scatter_nd(places, updates, {3}).floats() == Floats{20, 40, 0});
  const Tensor x = watch(device.floats({1, 2, 3}));
  const Tensor replaced = ops::tensor_scatter_update(x, places, updates);
  CHECK(replaced.floats() == Floats{20, 30, 3});
  const Tensor sources[] = {x, updates};
  const auto slopes = ops::gradients(ops::sum(replaced), sources);
  CHECK(slopes[0].floats() == Floats{0, 0, 1});
  CHECK(slopes[1].floats() == Floats{0, 1, 1});
}

TEST_CASE("the slopes of a product are the products of the others, at zeros as well") {
  const Device device;
  const auto slope = [&](const Floats& values) {
    return ops::grad([](const Tensor& x) { return ops::prod(x, {0}); })(device.floats(values)).floats();
  };
  CHECK(slope({2, 0, 3, 4, 5}) == Floats{0, 120, 0, 0, 0});
  CHECK(slope({2, 0, 3, 0, 5}) == Floats{0, 0, 0, 0, 0});
  const auto running = [](const Tensor& x) { return ops::sum(ops::cumprod(x)); };
  CHECK(ops::grad(running)(device.floats({2, 0, 3})).floats() == Floats{1, 8, 0});
  CHECK(ops::cumprod(device.floats({2, 3, 4}), 0, true, true).floats() == Floats{12, 4, 1});
  CHECK(ops::prod(device.floats({}), {0}).floats() == Floats{1});
}

TEST_CASE("each of equal maxima gets the whole cotangent, and a NaN is seen") {
  const Device device;
  const auto largest = [](const Tensor& x) { return ops::max(x); };
  CHECK(ops::grad(largest)(device.floats({1, 3, 3, 0})).floats() == Floats{0, 1, 1, 0});
  for (std::size_t place = 0; place < 40; place += 13) {
    Floats values(40, 1.0f);
    values[place] = kNan;
    CHECK(std::isnan(ops::max(device.floats(values)).item()));
    CHECK(std::isnan(ops::min(device.floats(values)).item()));
    CHECK(std::isnan(ops::max(device.floats(values, {20, 2}), {0}).floats()[place % 2]));
    CHECK(ops::arg_max(device.floats(values)).item() == static_cast<float>(place));
    CHECK(ops::top_k(device.floats(values), 1).indices.item() == static_cast<float>(place));
  }
  CHECK(ops::max(device.floats({}), {0}).item() == -std::numeric_limits<float>::infinity());
}

TEST_CASE("the largest few come in order, the first of equals first, and send gradients home") {
  const Device device;
  const Tensor x = watch(device.floats({3, 7, 1, 7, 5}));
  const ops::TopK top = ops::top_k(x, 3);
  CHECK(top.values.floats() == Floats{7, 7, 5});
  CHECK(top.indices.floats() == Floats{1, 3, 4});
  const Tensor weighted = ops::sum(top.values * device.floats({1, 2, 3}));
  CHECK(ops::gradients(weighted, {&x, 1}).front().floats() == Floats{0, 1, 0, 2, 3});
}

TEST_CASE("softmax of large and of infinite logits stays a distribution") {
  const Device device;
  const float infinity = std::numeric_limits<float>::infinity();
  for (const float p : ops::softmax(device.floats({1000, 1000})).floats())
    CHECK(p == doctest::Approx(0.5).epsilon(1e-4));
  CHECK(ops::softmax(device.floats({0, -infinity})).floats() == Floats{1, 0});
}

TEST_CASE("many tensors are joined in rounds, and a join undoes a split") {
  const Device device;
  Floats numbers;
  for (int i = 0; i < 75; ++i) numbers.push_back(static_cast<float>(i));
  const Tensor x = device.floats(numbers, {25, 3});
  CHECK(ops::concat(ops::split(x, std::int64_t{25}), 0).floats() == numbers);
  CHECK(ops::stack(ops::unstack(x, -1), -1).floats() == numbers);
  CHECK(ops::batch_to_space(ops::space_to_batch(x, {5}, {1}, {1}), {5}, {1}, {1}).floats() == numbers);
}

TEST_CASE("what depends on numbers is refused inside a plan, with a reason") {
  CHECK_THROWS_AS(trace([](Tracer& t) { ops::where_indices(t.input("x", {DType::boolean, {3}})); }), UsageError);
  CHECK_THROWS_AS(trace([](Tracer& t) { ops::unique(t.input("x", {DType::float32, {3}})); }), UsageError);
}

TEST_CASE("negative axes count from the back, and others are refused by name") {
  const Device device;
  const Tensor x = device.floats({1, 2, 3, 4}, {2, 2});
  CHECK(ops::sum(x, {-1}).floats() == Floats{3, 7});
  CHECK(ops::cumsum(x, -2).floats() == Floats{1, 2, 4, 6});
  CHECK_THROWS_WITH_AS(ops::max(x, {2}), doctest::Contains("[max]"), ShapeError);
  CHECK_THROWS_AS(ops::sum(x, {0, -2}), ShapeError);
}

}  // namespace
}  // namespace vitrine
