// Holds the double-precision functions against the long double ones of the C library.
#include <doctest/doctest.h>

#include <cmath>

#include "engine/core/math_double.h"

namespace vitrine {
namespace {

double units_off(double ours, long double exact) {
  const double near = static_cast<double>(exact);
  const double unit = std::nextafter(std::fabs(near), INFINITY) - std::fabs(near);
  return static_cast<double>(std::fabs((static_cast<long double>(ours) - exact) / static_cast<long double>(unit)));
}

TEST_CASE("sine, cosine and logarithm are within one unit of the exact value") {
  double worst_sin = 0, worst_cos = 0, worst_log = 0;
  for (int i = 1; i < 200000; ++i) {
    const double x = -40 + i * 0.000417;
    worst_sin = std::fmax(worst_sin, units_off(math::sin(x), std::sin(static_cast<long double>(x))));
    worst_cos = std::fmax(worst_cos, units_off(math::cos(x), std::cos(static_cast<long double>(x))));
    const double v = i * 0.0000171;
    worst_log = std::fmax(worst_log, units_off(math::log(v), std::log(static_cast<long double>(v))));
  }
  CHECK(worst_sin < 1);
  CHECK(worst_cos < 1);
  CHECK(worst_log < 1);
}

TEST_CASE("they meet the values everybody knows") {
  CHECK(math::sin(0) == 0);
  CHECK(math::cos(0) == 1);
  CHECK(math::log(1) == 0);
  CHECK(math::log(2) == 0.6931471805599453);
}

}  // namespace
}  // namespace vitrine
