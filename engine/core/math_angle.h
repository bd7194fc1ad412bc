// Angles: sine and its family with their inverses, in the vocabulary of math.h. Coefficients are equal-ripple fits of
// our own; their errors stand beside them.
#pragma once

#include "engine/core/math_power.h"

namespace vitrine::math {

inline constexpr float kHalfPi = 1.57079633f, kHalfPiRest = -4.37113883e-8f;  // pi / 2 in two parts

// x less its quarter turns, and their number modulo 4 as -2, -1, 0, 1 or 2.
template <class V>
struct Turn {
  V rest, quarter;
};

template <class V>
VITRINE_INLINE Turn<V> turn_of(V x) {
  const V n = nearest(x * V(0.636619772f));
  // pi / 2 in four parts; the first three have eleven bits, so that their products with n are exact.
  V r = fma(n, V(-0x1.92p+0f), x);
  r = fma(n, V(-0x1.fbp-12f), r);
  r = fma(n, V(-0x1.51p-22f), r);
  r = fma(n, V(-0x1.0b4612p-34f), r);
  return {r, n - V(4.0f) * nearest(n * V(0.25f))};
}

// Beyond 2^22 quarter turns neighbouring floats are most of a turn's tenth apart and more: no angle can be told.
template <class V>
VITRINE_INLINE V within_turns(V x, V inside) {
  return select(absolute(x) < V(6.5e6f), inside, V(kNotANumber));
}

template <class V>
VITRINE_INLINE V sine_near(V r) {
  // (sin r / r - 1) / r² on |r| <= pi / 4, relative error 3.9e-9.
  const V u = r * r;
  const V p = fma(fma(V(-0.0001951087138f), u, V(0.008332131732f)), u, V(-0.1666665423f));
  return fma(r * u, p, r);
}

template <class V>
VITRINE_INLINE V cosine_near(V r) {
  // (cos r - 1 + r² / 2) / r⁴ on |r| <= pi / 4, relative error 1.1e-10.
  const V u = r * r;
  const V p = fma(fma(V(2.443124115e-05f), u, V(-0.001388730635f)), u, V(0.04166664566f));
  const V half = V(0.5f) * u;
  const V head = V(1.0f) - half;
  return head + fma(u * u, p, (V(1.0f) - head) - half);  // what rounding took from the head comes back
}

template <class V>
VITRINE_INLINE V sin_of(V x) {
  const Turn<V> t = turn_of(x);
  const V size = select(absolute(t.quarter) == V(1.0f), cosine_near(t.rest), sine_near(t.rest));
  const V below = select(V(1.5f) < t.quarter, V(0.0f) - size, size);
  return within_turns(x, select(t.quarter < V(-0.5f), V(0.0f) - size, below));
}

template <class V>
VITRINE_INLINE V cos_of(V x) {
  const Turn<V> t = turn_of(x);
  const V size = select(absolute(t.quarter) == V(1.0f), sine_near(t.rest), cosine_near(t.rest));
  const V below = select(t.quarter < V(-1.5f), V(0.0f) - size, size);
  return within_turns(x, select(V(0.5f) < t.quarter, V(0.0f) - size, below));
}

template <class V>
VITRINE_INLINE V tan_of(V x) {
  const Turn<V> t = turn_of(x);
  const V s = sine_near(t.rest), c = cosine_near(t.rest);
  const auto odd = absolute(t.quarter) == V(1.0f);
  return within_turns(x, select(odd, V(0.0f) - c, s) / select(odd, s, c));
}

template <class V>
VITRINE_INLINE V asin_near(V x) {
  // (asin x / x - 1) / x² on |x| <= 1/2, relative error 5e-9.
  const V u = x * x;
  V p = fma(V(0.04227853471f), u, V(0.02411447744f));
  p = fma(p, u, V(0.04548333726f));
  p = fma(p, u, V(0.07495196094f));
  p = fma(p, u, V(0.1666675495f));
  return fma(x * u, p, x);
}

// Near 1, asin x = pi / 2 - 2 asin sqrt((1 - x) / 2).
template <class V>
VITRINE_INLINE V asin_of(V x) {
  const V a = absolute(x);
  const V far = V(-2.0f) * asin_near(square_root(V(0.5f) * (V(1.0f) - a)));
  return copy_sign(select(a < V(0.5f), asin_near(a), V(kHalfPi) + (far + V(kHalfPiRest))), x);
}

template <class V>
VITRINE_INLINE V acos_of(V x) {
  const V a = absolute(x);
  const V far = V(2.0f) * asin_near(square_root(V(0.5f) * (V(1.0f) - a)));
  const V below = V(2.0f) * V(kHalfPi) + (V(2.0f) * V(kHalfPiRest) - far);
  const V near = V(kHalfPi) + (V(kHalfPiRest) - asin_near(x));
  return select(a < V(0.5f), near, select(x < V(0.0f), below, far));
}

// The angle whose tangent is top / bottom, both not negative: turned by an eighth or a quarter into |t| <= tan(pi / 8).
template <class V>
VITRINE_INLINE V angle_of(V top, V bottom) {
  const auto steep = V(2.41421356f) * bottom < top;
  const auto slanted = V(0.414213562f) * bottom < top;
  const V over = select(steep, V(0.0f) - bottom, select(slanted, top - bottom, top));
  const V under = select(steep, top, select(slanted, top + bottom, bottom));
  const V t = over / under;
  // (atan t / t - 1) / t² on |t| <= tan(pi / 8), relative error 6.9e-10.
  const V u = t * t;
  V p = fma(V(-0.0606016714f), u, V(0.1058722694f));
  p = fma(p, u, V(-0.1424272413f));
  p = fma(p, u, V(0.199984336f));
  p = fma(p, u, V(-0.3333331466f));
  const V turned = fma(t * u, p, t);
  const V base = select(steep, V(kHalfPi), select(slanted, V(0.5f) * V(kHalfPi), V(0.0f)));
  const V rest = select(steep, V(kHalfPiRest), select(slanted, V(0.5f) * V(kHalfPiRest), V(0.0f)));
  return base + (rest + turned);
}

template <class V>
VITRINE_INLINE V atan_of(V x) {
  const V a = absolute(x);
  const V capped = select(V(1e9f) < a, V(1e9f), a);  // a quarter turn to the last place
  return copy_sign(angle_of(capped, V(1.0f)), x);
}

template <class V>
VITRINE_INLINE V atan2_of(V y, V x) {
  const V top = absolute(y), bottom = absolute(x);
  const V equal_ends = select(top == V(0.0f), V(0.0f), V(0.785398163f));  // of 0 / 0 and of infinity / infinity
  const auto ends = top == bottom;
  const V plain = select(ends, equal_ends, select(top == V(kInfinite), V(kHalfPi), angle_of(top, bottom)));
  const V angle = select(bottom == V(kInfinite), select(ends, plain, V(0.0f)), plain);
  const V turned =
      select(copy_sign(V(1.0f), x) < V(0.0f), (V(2.0f) * V(kHalfPi) - angle) + V(2.0f) * V(kHalfPiRest), angle);
  const V known = copy_sign(turned, y);
  return select(x == x, select(y == y, known, y), x);
}

}  // namespace vitrine::math
