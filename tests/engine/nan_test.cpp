// What NaN does is fixed: it is never swallowed, whichever side it stands on and wherever in a line.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "engine/backends.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/order.h"
#include "engine/ops/reduction.h"

namespace vitrine {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST_CASE("maximum, minimum and relu pass NaN on, from either side") {
  const auto cpu = open_device("cpu");
  const Tensor a = tensor(*cpu, std::vector<float>{kNan, 1, 2}, {3});
  const Tensor b = tensor(*cpu, std::vector<float>{1, kNan, 3}, {3});
  for (const auto& got : {ops::maximum(a, b).floats(), ops::minimum(a, b).floats()}) {
    CHECK(std::isnan(got[0]));
    CHECK(std::isnan(got[1]));
  }
  CHECK(ops::maximum(a, b).floats()[2] == 3);
  CHECK(ops::minimum(a, b).floats()[2] == 2);
  const auto bent = ops::relu(tensor(*cpu, std::vector<float>{kNan, -1, 2}, {3})).floats();
  CHECK(std::isnan(bent[0]));
  CHECK(bent[1] == 0);
  CHECK(bent[2] == 2);
}

TEST_CASE("a line with NaN has NaN for its extremes, and the place of the first NaN for theirs") {
  const auto cpu = open_device("cpu");
  for (const std::size_t where : std::array<std::size_t, 4>{0, 5, 16, 39}) {
    std::vector<float> line(40);
    for (std::size_t i = 0; i < line.size(); ++i) line[i] = static_cast<float>(i % 7);
    line[where] = kNan;
    const Tensor x = tensor(*cpu, line, {40});
    CAPTURE(where);
    CHECK(std::isnan(ops::max(x, {0}).item()));
    CHECK(std::isnan(ops::min(x, {0}).item()));
    CHECK(ops::arg_max(x, 0).item() == static_cast<float>(where));
    CHECK(ops::arg_min(x, 0).item() == static_cast<float>(where));
  }
}

TEST_CASE("the first of equals is the place of the extreme") {
  const auto cpu = open_device("cpu");
  const Tensor x = tensor(*cpu, std::vector<float>{1, 7, 0, 7, 0}, {5});
  CHECK(ops::arg_max(x, 0).item() == 1);
  CHECK(ops::arg_min(x, 0).item() == 2);
}

}  // namespace
}  // namespace vitrine
