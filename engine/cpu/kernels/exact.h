// What elementwise ops compute for whole and for complex numbers. Whole numbers wrap around at 2^32, as they do in
// TensorFlow.js; a quotient is rounded down, and one by zero is 0.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/core/math.h"
#include "engine/tensor/micro.h"

namespace vitrine::cpu {

struct Complex {
  float re = 0, im = 0;
  Complex() = default;
  explicit Complex(float real) : re(real) {}
  Complex(float real, float imaginary) : re(real), im(imaginary) {}
  friend bool operator==(Complex a, Complex b) { return a.re == b.re && a.im == b.im; }
};

constexpr bool on_integers(Micro micro) {
  switch (micro) {
    case Micro::add:
    case Micro::sub:
    case Micro::mul:
    case Micro::div:
    case Micro::mod:
    case Micro::pow:
    case Micro::neg:
    case Micro::square:
    case Micro::abs:
    case Micro::sign:
    case Micro::relu:
    case Micro::maximum:
    case Micro::minimum:
    case Micro::bit_and:
    case Micro::greater:
    case Micro::greater_equal:
    case Micro::equal:
    case Micro::not_equal:
    case Micro::where:
      return true;
    default:
      return false;
  }
}

constexpr bool on_complex(Micro micro) {
  switch (micro) {
    case Micro::add:
    case Micro::sub:
    case Micro::mul:
    case Micro::div:
    case Micro::neg:
    case Micro::square:
    case Micro::equal:
    case Micro::not_equal:
    case Micro::where:
      return true;
    default:
      return false;
  }
}

inline std::int32_t wrapped(std::int64_t x) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(x));
}

inline std::int32_t floor_quotient(std::int64_t a, std::int64_t b) {
  if (b == 0) return 0;
  const std::int64_t q = a / b;
  return wrapped(a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q);
}

inline std::int32_t power(std::int32_t a, std::int32_t b) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
  std::uint32_t base = static_cast<std::uint32_t>(a), result = 1;
  for (; b != 0; b /= 2, base *= base) {
    if (b % 2 != 0) result *= base;
  }
  return static_cast<std::int32_t>(result);
}

template <Micro micro>
std::int32_t exact_of(std::int32_t x, [[maybe_unused]] std::int32_t y, [[maybe_unused]] std::int32_t z) {
  const std::int64_t a = x;
  [[maybe_unused]] const std::int64_t b = y;
  if constexpr (micro == Micro::add) return wrapped(a + b);
  if constexpr (micro == Micro::sub) return wrapped(a - b);
  if constexpr (micro == Micro::mul) return wrapped(a * b);
  if constexpr (micro == Micro::div) return floor_quotient(a, b);
  if constexpr (micro == Micro::mod) return b == 0 ? 0 : wrapped(((a % b) + b) % b);
  if constexpr (micro == Micro::pow) return power(x, y);
  if constexpr (micro == Micro::neg) return wrapped(-a);
  if constexpr (micro == Micro::square) return wrapped(a * a);
  if constexpr (micro == Micro::abs) return wrapped(a < 0 ? -a : a);
  if constexpr (micro == Micro::sign) return a < 0 ? -1 : a > 0;
  if constexpr (micro == Micro::relu) return std::max(x, 0);
  if constexpr (micro == Micro::maximum) return std::max(x, y);
  if constexpr (micro == Micro::minimum) return std::min(x, y);
  if constexpr (micro == Micro::bit_and) return x & y;
  if constexpr (micro == Micro::greater) return x > y;
  if constexpr (micro == Micro::greater_equal) return x >= y;
  if constexpr (micro == Micro::equal) return x == y;
  if constexpr (micro == Micro::not_equal) return x != y;
  if constexpr (micro == Micro::where) return x != 0 ? y : z;
}

// Products of parts are fused, so that every machine with FMA gives the same bits.
inline Complex product(Complex a, Complex b) {
  return {math::fma(a.re, b.re, -(a.im * b.im)), math::fma(a.re, b.im, a.im * b.re)};
}

template <Micro micro>
Complex exact_of(Complex a, [[maybe_unused]] Complex b, [[maybe_unused]] Complex c) {
  if constexpr (micro == Micro::add) return {a.re + b.re, a.im + b.im};
  if constexpr (micro == Micro::sub) return {a.re - b.re, a.im - b.im};
  if constexpr (micro == Micro::mul) return product(a, b);
  if constexpr (micro == Micro::div) {
    const Complex top = product(a, {b.re, -b.im});
    const float size = math::fma(b.re, b.re, b.im * b.im);
    return {top.re / size, top.im / size};
  }
  if constexpr (micro == Micro::neg) return {-a.re, -a.im};
  if constexpr (micro == Micro::square) return product(a, a);
  if constexpr (micro == Micro::equal) return Complex(a == b ? 1.0f : 0.0f);
  if constexpr (micro == Micro::not_equal) return Complex(a == b ? 0.0f : 1.0f);
  if constexpr (micro == Micro::where) return a.re != 0.0f ? b : c;
}

}  // namespace vitrine::cpu
