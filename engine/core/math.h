// Our own transcendental functions, each written once over a value type V: `float` or a lane of floats. V provides the
// arithmetic operators, <, ==, and fma, select, lesser, absolute, copy_sign, square_root, power_of_two, scaled,
// split_float; all of these round once or not at all, so every V gives the same bits, on every machine. Errors are at
// most 2 units in the last place here and 4 in math_power.h and math_angle.h (tests/cpu/math_test.cpp); results below
// the smallest normal number may be flushed to zero.
#pragma once

#include <bit>
#include <cstdint>

// A lane passed through a call would go through memory.
#define VITRINE_INLINE inline __attribute__((always_inline))

namespace vitrine::math {

// The vocabulary for one float; lanes bring theirs and are found by argument-dependent lookup.
VITRINE_INLINE float fma(float a, float b, float c) {
  return __builtin_fmaf(a, b, c);
}
VITRINE_INLINE float select(bool condition, float a, float b) {
  return condition ? a : b;
}
VITRINE_INLINE float absolute(float x) {
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) & 0x7FFFFFFFu);
}
VITRINE_INLINE float copy_sign(float magnitude, float sign) {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(magnitude) & 0x7FFFFFFFu) |
                              (std::bit_cast<std::uint32_t>(sign) & 0x80000000u));
}

// Adding it pushes the fraction out of a float below 2^22 and leaves the integer in the low bits.
inline constexpr float kRoundingBias = 12582912.0f;  // 1.5 * 2^23

// 2^n for a whole n from -126 to 127.
VITRINE_INLINE float power_of_two(float n) {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(n + kRoundingBias) << 23) + 0x3F800000u);
}

// x * 2^n, given n + kRoundingBias; x and the result are normal.
VITRINE_INLINE float scaled(float x, float biased) {
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) + (std::bit_cast<std::uint32_t>(biased) << 23));
}

// The smaller one; b if they cannot be compared.
VITRINE_INLINE float lesser(float a, float b) {
  return a < b ? a : b;
}

VITRINE_INLINE float square_root(float x) {
  return __builtin_sqrtf(x);
}

// x = mantissa * 2^exponent for a normal positive x, with a mantissa from sqrt(1/2) to sqrt(2).
template <class V>
struct SplitFloat {
  V mantissa;
  V exponent;
};
inline constexpr std::uint32_t kRootOfHalf = 0x3F3504F3u;  // the bits of sqrt(1/2)

VITRINE_INLINE SplitFloat<float> split_float(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::int32_t e = static_cast<std::int32_t>(bits - kRootOfHalf) >> 23;
  return {std::bit_cast<float>(bits - (static_cast<std::uint32_t>(e) << 23)), static_cast<float>(e)};
}

template <class V>
VITRINE_INLINE V nearest(V x) {  // for |x| up to 2^22
  return (x + V(kRoundingBias)) - V(kRoundingBias);
}

// To the nearest whole number, halves to the even one; any x, and the sign of a zero stays.
template <class V>
VITRINE_INLINE V round_of(V x) {
  const V whole = V(8388608.0f);  // 2^23: from here on every float is whole
  const V a = absolute(x);
  return select(a < whole, copy_sign((a + whole) - whole, x), x);
}

template <class V>
VITRINE_INLINE V floor_of(V x) {
  const V r = round_of(x);
  return select(x < r, r - V(1.0f), r);
}

// e^x = (1 + below) * 2^n with |below| < 0.42 and n as `biased` - kRoundingBias, for |x| up to about 1e6.
template <class V>
struct SplitExp {
  V below;
  V biased;
};

template <class V>
VITRINE_INLINE SplitExp<V> split_exp_of(V x) {
  const V biased = fma(x, V(1.44269504f), V(kRoundingBias));
  const V n = biased - V(kRoundingBias);
  // ln 2 = 355/512 + rest: n * 355/512 is exact, so only the second step rounds.
  V r = fma(n, V(-0.693359375f), x);
  r = fma(n, V(2.12194440e-4f), r);
  const V r2 = r * r;
  // (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2, equal ripple, relative error of e^r 2.9e-9; two short chains.
  const V high = fma(V(0.001377876481f), r2, fma(V(0.008368172723f), r, V(0.04166881039f)));
  const V low = fma(V(0.1666652502f), r, V(0.4999999253f));
  return {fma(r2, fma(high, r2, low), r), biased};
}

// x * 2^n in two factors, because 2^128 is no float while e^88.7 is; and the result may be below the normal numbers.
template <class V>
VITRINE_INLINE V times_large_power(V x, V n) {
  const V half = nearest(n * V(0.5f));
  return (x * power_of_two(half)) * power_of_two(n - half);
}

template <class V>
VITRINE_INLINE V exp_of(V x) {
  // Outside the result is infinite or zero; the order of the comparisons lets a NaN through.
  const V capped = select(V(89.0f) < x, V(89.0f), select(x < V(-104.0f), V(-104.0f), x));
  const SplitExp<V> e = split_exp_of(capped);
  return times_large_power(V(1.0f) + e.below, e.biased - V(kRoundingBias));
}

// The sigmoid and tanh in two stages, for loops over many lanes (engine/cpu/kernels/stages.h): an exponential, then
// what comes of it.

// e^-|x|, so that nothing overflows; some number below the smallest normal one where e^-|x| is.
template <class V>
VITRINE_INLINE V sigmoid_begin(V x) {
  const SplitExp<V> split = split_exp_of(-lesser(V(87.5f), absolute(x)));
  return scaled(V(1.0f) + split.below, split.biased);
}
template <class V>
VITRINE_INLINE V sigmoid_end(V x, V e) {
  // What the rounding of 1 + e took is given back to the quotient: a share of it that is `rest` to within a half.
  const V below = V(1.0f) + e;
  const V rest = (V(1.0f) - below) + e;
  const V share = select(x < V(-87.33f), V(0.0f), select(x < V(0.0f), e, V(1.0f)));
  const V q = share / below;
  return fma(-q, rest, q);
}
template <class V>
VITRINE_INLINE V sigmoid_of(V x) {
  return sigmoid_end(x, sigmoid_begin(x));
}

// A polynomial where the result is small, 1 - 2 / (e^2x + 1) where it is not: there the error of the quotient counts
// at most half. Both are computed, none depends on the other, so a lane has no branch.
template <class V>
VITRINE_INLINE V tanh_begin(V x) {
  const V capped = lesser(V(9.1f), absolute(x));  // tanh 9.02 rounds to 1
  const SplitExp<V> e = split_exp_of(capped + capped);
  return scaled(V(1.0f) + e.below, e.biased) + V(1.0f);
}
template <class V>
VITRINE_INLINE V tanh_end(V x, V below) {
  const V a = absolute(x);
  const V large = V(1.0f) - V(2.0f) / below;
  const V u = a * a;
  const V u2 = u * u;
  // (tanh a / a - 1) / a^2 on a <= 0.55, equal ripple, relative error of tanh 1.0e-9.
  const V high = fma(V(-0.006275158337f), u2, fma(V(0.02107228949f), u, V(-0.05385244804f)));
  const V low = fma(V(0.1333258735f), u, V(-0.3333331759f));
  const V small = fma(a * u, fma(high, u2, low), a);
  return copy_sign(select(a < V(0.55f), small, large), x);
}
template <class V>
VITRINE_INLINE V tanh_of(V x) {
  return tanh_end(x, tanh_begin(x));
}

}  // namespace vitrine::math
