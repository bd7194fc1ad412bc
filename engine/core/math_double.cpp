// Range reduction and series for the double-precision functions.
#include "engine/core/math_double.h"

#include <array>
#include <cstddef>

namespace vitrine::math {
namespace {

// The coefficients are those of the Taylor series, 1/3!, 1/5! …: on an eighth of a turn the first term left out is
// below 1e-19 of the result.
double sine_of(double r, double rest) {
  constexpr auto kTerms = [] {
    std::array<double, 8> terms{};
    double factorial = 1;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      factorial *= static_cast<double>((2 * i + 2) * (2 * i + 3));
      terms[i] = (i % 2 == 0 ? -1 : 1) / factorial;
    }
    return terms;
  }();
  const double r2 = r * r;
  double sum = kTerms[7];
  for (int i = 6; i >= 1; --i) sum = kTerms[static_cast<std::size_t>(i)] + r2 * sum;
  // sin(r + rest) = sin r + rest cos r, and the cosine is 1 - r²/2 to what rest can feel.
  return r + (r * r2 * (kTerms[0] + r2 * sum) + rest * (1 - 0.5 * r2));
}

double cosine_of(double r, double rest) {
  constexpr auto kTerms = [] {
    std::array<double, 8> terms{};
    double factorial = 2;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      factorial *= static_cast<double>((2 * i + 3) * (2 * i + 4));
      terms[i] = (i % 2 == 0 ? 1 : -1) / factorial;
    }
    return terms;
  }();
  const double r2 = r * r;
  double sum = kTerms[7];
  for (int i = 6; i >= 0; --i) sum = kTerms[static_cast<std::size_t>(i)] + r2 * sum;
  const double half = 0.5 * r2;
  const double head = 1 - half;
  return head + (((1 - head) - half) + (r2 * r2 * sum - r * rest));  // what rounding took from the head comes back
}

struct Turn {
  double r, rest;  // x less its quarter turns, in two parts
  std::int64_t quarters;
};

Turn reduce(double x) {
  constexpr double kQuarter1 = 0x1.921fb544p+0, kQuarter2 = 0x1.0b4611a6p-34, kQuarter3 = 0x1.3198a2e037073p-69;
  constexpr double kBias = 0x1.8p+52;  // adding it rounds to a whole number
  const double n = (x * 0x1.45f306dc9c883p-1 + kBias) - kBias;
  const double a = x - n * kQuarter1;  // exact: both factors are short
  const double b = n * kQuarter2;
  const double high = a - b;
  const double tail = (a - high) - b - n * kQuarter3;
  const double r = high + tail;
  return {r, (high - r) + tail, static_cast<std::int64_t>(n)};
}

}  // namespace

double sin(double x) {
  const Turn t = reduce(x);
  const double size = (t.quarters & 1) != 0 ? cosine_of(t.r, t.rest) : sine_of(t.r, t.rest);
  return (t.quarters & 2) != 0 ? -size : size;
}

double cos(double x) {
  const Turn t = reduce(x);
  const double size = (t.quarters & 1) != 0 ? sine_of(t.r, t.rest) : cosine_of(t.r, t.rest);
  return ((t.quarters + 1) & 2) != 0 ? -size : size;
}

double log(double x) {
  constexpr double kTwo1 = 0x1.62e42feep-1, kTwo2 = 0x1.a39ef35793c76p-33;  // ln 2, the first part short
  auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  bits = (bits & 0xFFFFFFFFFFFFFull) | 0x3FF0000000000000ull;
  if (std::bit_cast<double>(bits) > 1.4142135623730951) bits -= std::uint64_t{1} << 52, ++exponent;
  const double f = std::bit_cast<double>(bits) - 1;
  // log(1 + f) = 2 artanh s with s = f / (2 + f); written as f less a small part, so that f carries the accuracy.
  const double s = f / (2 + f);
  const double s2 = s * s;
  double series = 0;
  for (int i = 12; i >= 1; --i) series = s2 * (2.0 / (2 * i + 1) + series);
  const double half = 0.5 * f * f;
  const auto n = static_cast<double>(exponent);
  return n * kTwo1 - ((half - (s * (half + series) + n * kTwo2)) - f);
}

}  // namespace vitrine::math
