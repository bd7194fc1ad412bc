// Logarithms, powers and what is made of them, in the vocabulary of math.h. Coefficients are equal-ripple fits of our
// own; their errors stand beside them.
#pragma once

#include <limits>

#include "engine/core/math.h"

namespace vitrine::math {

inline constexpr float kInfinite = std::numeric_limits<float>::infinity();
inline constexpr float kNotANumber = std::numeric_limits<float>::quiet_NaN();
inline constexpr float kSmallestNormal = std::numeric_limits<float>::min();

// ln 2 in two parts; the first has ten bits, so that its product with an exponent is exact.
inline constexpr float kLogTwoHigh = 0.693359375f, kLogTwoLow = -2.12194440e-4f;

// A logarithm's answers outside the normal positive numbers.
template <class V>
VITRINE_INLINE V log_ends(V x, V inside) {
  const V low = select(x < V(0.0f), V(kNotANumber), V(-kInfinite));
  const V high = select(x < V(kInfinite), inside, x);  // infinity and NaN go through
  return select(x < V(kSmallestNormal), low, high);
}

// (ln((1 + s) / (1 - s)) / 2s - 1) * 2 / s² on s² <= 0.0296, u = s², error of the logarithm 1.7e-9.
template <class V>
VITRINE_INLINE V log_series(V u) {
  return fma(fma(V(0.2987916758f), u, V(0.3997728667f)), u, V(0.6666677824f));
}

template <class V>
VITRINE_INLINE V log_of(V x) {
  const SplitFloat<V> split = split_float(x);
  const V f = split.mantissa - V(1.0f);
  const V s = f / (V(2.0f) + f);
  const V u = s * s;
  // ln(1 + f) as f less a small part, so that f carries the accuracy.
  const V half = V(0.5f) * f * f;
  const V small = fma(s, fma(u, log_series(u), half), split.exponent * V(kLogTwoLow));
  return log_ends(x, fma(split.exponent, V(kLogTwoHigh), f - (half - small)));
}

template <class V>
VITRINE_INLINE V log1p_of(V x) {
  const V u = V(1.0f) + x;
  const V lost = select(absolute(x) < V(1.0f), x - (u - V(1.0f)), V(1.0f) - (u - x));  // what 1 + x rounded away
  const V inside = log_of(u) + lost / u;
  return select(V(0.0f) < u, select(u < V(kInfinite), inside, u), log_of(u));
}

template <class V>
VITRINE_INLINE V expm1_of(V x) {
  const V capped = select(V(88.0f) < x, V(88.0f), select(x < V(-30.0f), V(-30.0f), x));
  const SplitExp<V> e = split_exp_of(capped);
  const V power = scaled(V(1.0f), e.biased);
  return select(V(88.0f) < x, exp_of(x), fma(e.below, power, power - V(1.0f)));
}

// e^a / 2 for a >= 0; infinite later than e^a is.
template <class V>
VITRINE_INLINE V half_exp(V a) {
  const SplitExp<V> e = split_exp_of(select(V(90.0f) < a, V(90.0f), a));
  return times_large_power(V(1.0f) + e.below, e.biased - V(kRoundingBias) - V(1.0f));
}

template <class V>
VITRINE_INLINE V cosh_of(V x) {
  const V h = half_exp(absolute(x));
  return h + V(0.25f) / h;
}

template <class V>
VITRINE_INLINE V sinh_of(V x) {
  const V a = absolute(x);
  const V e = expm1_of(a);
  const V small = V(0.5f) * (e + e / (e + V(1.0f)));
  const V h = half_exp(a);
  return copy_sign(select(a < V(1.0f), small, h - V(0.25f) / h), x);
}

// From here on the square of a float adds nothing that its logarithm could feel.
inline constexpr float kLargeForSquare = 1e8f;

template <class V>
VITRINE_INLINE V asinh_of(V x) {
  const V a = absolute(x);
  const V a2 = a * a;
  const V small = log1p_of(a + a2 / (V(1.0f) + square_root(a2 + V(1.0f))));
  return copy_sign(select(a < V(kLargeForSquare), small, log_of(a) + V(0.693147181f)), x);
}

template <class V>
VITRINE_INLINE V acosh_of(V x) {
  const V t = x - V(1.0f);
  const V near = log1p_of(t + square_root(t * (t + V(2.0f))));
  const V inside = select(x < V(kLargeForSquare), near, log_of(x) + V(0.693147181f));
  return select(x < V(1.0f), V(kNotANumber), inside);
}

template <class V>
VITRINE_INLINE V atanh_of(V x) {
  const V a = absolute(x);
  return copy_sign(V(0.5f) * log1p_of((a + a) / (V(1.0f) - a)), x);
}

// ln(1 + e^x)
template <class V>
VITRINE_INLINE V softplus_of(V x) {
  return select(x < V(0.0f), V(0.0f), x) + log1p_of(exp_of(V(0.0f) - absolute(x)));
}

template <class V>
VITRINE_INLINE V erf_of(V x) {
  const V a = absolute(x);
  // erf(a) / a on a <= 1 in u = a², relative error 1.2e-9.
  const V u = a * a;
  V p = fma(V(7.853861079e-05f), u, V(-0.0008010193531f));
  p = fma(p, u, V(0.005188327673f));
  p = fma(p, u, V(-0.02685381193f));
  p = fma(p, u, V(0.1128358515f));
  p = fma(p, u, V(-0.3761262582f));
  p = fma(p, u, V(0.128379166f));
  const V near = fma(a, p, a);
  // -ln(1 - erf(a)) on 1 <= a <= 4 in t = a - 1, error of erf 2.1e-11; beyond, erf rounds to 1.
  const V t = select(a < V(4.0f), a, V(4.0f)) - V(1.0f);
  V q = fma(V(2.168674863e-05f), t, V(-0.0002895278767f));
  q = fma(q, t, V(0.002011966311f));
  q = fma(q, t, V(-0.0100464521f));
  q = fma(q, t, V(0.04156348071f));
  q = fma(q, t, V(0.8431070818f));
  q = fma(q, t, V(2.638967515f));
  q = fma(q, t, V(1.84960551f));
  const V far = V(1.0f) - exp_of(V(0.0f) - q);
  return copy_sign(select(a < V(1.0f), near, select(a < V(4.0f), far, select(a == a, V(1.0f), a))), x);
}

// x^y = e^(y ln |x|) with the logarithm in two floats, so that even large powers keep their last places.
template <class V>
VITRINE_INLINE V pow_of(V x, V y) {
  const V a = absolute(x);
  const SplitFloat<V> split = split_float(a);
  const V f = split.mantissa - V(1.0f);
  const V d = V(2.0f) + f;
  const V d_rest = (V(2.0f) - d) + f;
  const V s = f / d;
  const V s_rest = (fma(V(0.0f) - s, d, f) - s * d_rest) / d;
  const V u = s * s;
  // Three parts, from large to small: exponent, 2 s, the rest.
  const V e_high = split.exponent * V(kLogTwoHigh);
  const V rest = fma(s, u * log_series(u), fma(split.exponent, V(kLogTwoLow), s_rest + s_rest));
  const V s2 = s + s;
  const V sum = e_high + s2;
  const V sum_rest = select(e_high == V(0.0f), V(0.0f), (e_high - sum) + s2) + rest;
  const V high = sum + sum_rest;
  const V low = (sum - high) + sum_rest;
  const V product = y * high;
  const V product_rest = fma(y, low, fma(y, high, V(0.0f) - product));
  const V base = exp_of(product);
  const V tuned = fma(base, product_rest, base);
  const auto finite = absolute(product) < V(104.0f);
  V size = select(finite, tuned, base);
  const V logarithm = log_ends(a, V(0.0f));  // tells the ends: infinite or NaN there, 0 inside
  size = select(logarithm == V(0.0f), size, exp_of(y * logarithm));
  // A negative base needs a whole exponent, and an odd one keeps its sign.
  const V whole = round_of(y);
  const V halves = y * V(0.5f);
  const V odd_sign = select(round_of(halves) == halves, size, V(0.0f) - size);
  const V below = select(whole == y, odd_sign, select(a == V(0.0f), size, V(kNotANumber)));
  const V minus = select(copy_sign(V(1.0f), x) < V(0.0f), below, size);
  return select(y == V(0.0f), V(1.0f), minus);
}

}  // namespace vitrine::math
