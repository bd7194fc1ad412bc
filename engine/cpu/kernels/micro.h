// What each elementwise op computes, once, over a lane-like value V: kernels, fused bodies and the straight-through
// programs of tiny networks all call these, so they agree bit for bit. Every result is rounded by itself; nothing is
// contracted.
#pragma once

#include "engine/core/math.h"
#include "engine/cpu/lane16.h"
#include "engine/tensor/op.h"

namespace vitrine::cpu {

template <Micro micro, class V>
VITRINE_INLINE V micro_of(V a, [[maybe_unused]] V b, [[maybe_unused]] V c) {
  if constexpr (micro == Micro::add) return a + b;
  if constexpr (micro == Micro::sub) return a - b;
  if constexpr (micro == Micro::mul) return a * b;
  if constexpr (micro == Micro::neg) return -a;
  if constexpr (micro == Micro::square) return a * a;
  if constexpr (micro == Micro::tanh) return math::tanh_of(a);
  if constexpr (micro == Micro::sigmoid) return math::sigmoid_of(a);
  // In this order a NaN goes through and is seen, instead of becoming 0.
  if constexpr (micro == Micro::relu) return select(a < V(0.0f), V(0.0f), a);
  if constexpr (micro == Micro::greater) return select(b < a, V(1.0f), V(0.0f));
  if constexpr (micro == Micro::where) return select(nonzero(a), b, c);
}

// Calls f with the micro as a compile-time constant.
template <class F>
VITRINE_INLINE void with_micro(Micro micro, F f) {
  switch (micro) {
    case Micro::none:
      break;
    case Micro::add:
      f.template operator()<Micro::add>();
      break;
    case Micro::sub:
      f.template operator()<Micro::sub>();
      break;
    case Micro::mul:
      f.template operator()<Micro::mul>();
      break;
    case Micro::neg:
      f.template operator()<Micro::neg>();
      break;
    case Micro::square:
      f.template operator()<Micro::square>();
      break;
    case Micro::tanh:
      f.template operator()<Micro::tanh>();
      break;
    case Micro::relu:
      f.template operator()<Micro::relu>();
      break;
    case Micro::sigmoid:
      f.template operator()<Micro::sigmoid>();
      break;
    case Micro::greater:
      f.template operator()<Micro::greater>();
      break;
    case Micro::where:
      f.template operator()<Micro::where>();
      break;
  }
}

constexpr int inputs_of(Micro micro) {
  switch (micro) {
    case Micro::where:
      return 3;
    case Micro::add:
    case Micro::sub:
    case Micro::mul:
    case Micro::greater:
      return 2;
    default:
      return 1;
  }
}

}  // namespace vitrine::cpu
