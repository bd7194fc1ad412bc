// What each elementwise op computes, once, over a lane-like value V: kernels, fused bodies and the straight-through
// programs of tiny networks all call these, so they agree bit for bit. Every result is rounded by itself; nothing is
// contracted.
#pragma once

#include "engine/core/math.h"
#include "engine/cpu/lane16.h"
#include "engine/tensor/micro.h"

namespace vitrine::cpu {

template <Micro micro, class V>
VITRINE_INLINE V micro_of(V a, [[maybe_unused]] V b, [[maybe_unused]] V c) {
  if constexpr (micro == Micro::add) return a + b;
  if constexpr (micro == Micro::sub) return a - b;
  if constexpr (micro == Micro::mul) return a * b;
  if constexpr (micro == Micro::neg) return -a;
  if constexpr (micro == Micro::square) return a * a;
  if constexpr (micro == Micro::tanh) return math::tanh_of(a);
  if constexpr (micro == Micro::exp) return math::exp_of(a);
  if constexpr (micro == Micro::sigmoid) return math::sigmoid_of(a);
  // In this order a NaN goes through and is seen, instead of becoming 0.
  if constexpr (micro == Micro::relu) return select(a < V(0.0f), V(0.0f), a);
  if constexpr (micro == Micro::greater) return select(b < a, V(1.0f), V(0.0f));
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
