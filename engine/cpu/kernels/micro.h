// What each elementwise op computes, once, over a lane-like value V: kernels, fused bodies and the straight-through
// programs of tiny networks all call these, so they agree bit for bit. Every result is rounded by itself; nothing is
// contracted.
#pragma once

#include "engine/core/math_angle.h"
#include "engine/cpu/lane16.h"
#include "engine/tensor/micro.h"

namespace vitrine::cpu {

template <class V, class M>
VITRINE_INLINE V truth(M mask) {
  return select(mask, V(1.0f), V(0.0f));
}

// a - b floor(a / b), with the sign of b; exact while the quotient is below 2^24.
template <class V>
VITRINE_INLINE V mod_of(V a, V b) {
  const V rest = fma(V(0.0f) - math::floor_of(a / b), b, a);
  // The quotient may have been rounded up to a whole number, or down past one.
  const V sign = copy_sign(V(1.0f), b);
  const V size = rest * sign, step = absolute(b);
  return select(size < V(0.0f), rest + b, select(size < step, rest, rest - b));
}

template <Micro micro, class V>
VITRINE_INLINE V micro_of(V a, [[maybe_unused]] V b, [[maybe_unused]] V c) {
  if constexpr (micro == Micro::add) return a + b;
  if constexpr (micro == Micro::sub) return a - b;
  if constexpr (micro == Micro::mul) return a * b;
  if constexpr (micro == Micro::div) return a / b;
  if constexpr (micro == Micro::neg) return -a;
  if constexpr (micro == Micro::square) return a * a;
  if constexpr (micro == Micro::abs) return absolute(a);
  // A NaN on either side is the answer.
  if constexpr (micro == Micro::maximum) return select(a < b, b, select(b == b, a, b));
  if constexpr (micro == Micro::minimum) return select(b < a, b, select(b == b, a, b));
  if constexpr (micro == Micro::mod) return mod_of(a, b);
  if constexpr (micro == Micro::pow) return math::pow_of(a, b);
  if constexpr (micro == Micro::sqrt) return square_root(a);
  if constexpr (micro == Micro::exp) return math::exp_of(a);
  if constexpr (micro == Micro::expm1) return math::expm1_of(a);
  if constexpr (micro == Micro::log) return math::log_of(a);
  if constexpr (micro == Micro::log1p) return math::log1p_of(a);
  if constexpr (micro == Micro::erf) return math::erf_of(a);
  if constexpr (micro == Micro::tanh) return math::tanh_of(a);
  // In this order a NaN goes through and is seen, instead of becoming 0.
  if constexpr (micro == Micro::relu) return select(a < V(0.0f), V(0.0f), a);
  if constexpr (micro == Micro::sigmoid) return math::sigmoid_of(a);
  if constexpr (micro == Micro::softplus) return math::softplus_of(a);
  if constexpr (micro == Micro::sin) return math::sin_of(a);
  if constexpr (micro == Micro::cos) return math::cos_of(a);
  if constexpr (micro == Micro::tan) return math::tan_of(a);
  if constexpr (micro == Micro::asin) return math::asin_of(a);
  if constexpr (micro == Micro::acos) return math::acos_of(a);
  if constexpr (micro == Micro::atan) return math::atan_of(a);
  if constexpr (micro == Micro::atan2) return math::atan2_of(a, b);
  if constexpr (micro == Micro::sinh) return math::sinh_of(a);
  if constexpr (micro == Micro::cosh) return math::cosh_of(a);
  if constexpr (micro == Micro::asinh) return math::asinh_of(a);
  if constexpr (micro == Micro::acosh) return math::acosh_of(a);
  if constexpr (micro == Micro::atanh) return math::atanh_of(a);
  if constexpr (micro == Micro::floor) return math::floor_of(a);
  if constexpr (micro == Micro::round) return math::round_of(a);
  if constexpr (micro == Micro::sign) return select(a < V(0.0f), V(-1.0f), truth<V>(V(0.0f) < a));
  if constexpr (micro == Micro::greater) return truth<V>(b < a);
  if constexpr (micro == Micro::greater_equal) return select(b < a, V(1.0f), truth<V>(a == b));
  if constexpr (micro == Micro::equal) return truth<V>(a == b);
  if constexpr (micro == Micro::not_equal) return select(a == b, V(0.0f), V(1.0f));
  if constexpr (micro == Micro::bit_and) return a;  // of whole numbers only, see exact.h
  if constexpr (micro == Micro::where) return select(nonzero(a), b, c);
}

// Calls f with the micro as a compile-time constant.
template <class F>
VITRINE_INLINE void with_micro(Micro micro, F f) {
#define VITRINE_MICRO_CASE(name, inputs)  \
  case Micro::name:                       \
    f.template operator()<Micro::name>(); \
    break;
  switch (micro) {
    VITRINE_MICROS(VITRINE_MICRO_CASE)
    case Micro::none:
    case Micro::count:
      break;
  }
#undef VITRINE_MICRO_CASE
}

}  // namespace vitrine::cpu
