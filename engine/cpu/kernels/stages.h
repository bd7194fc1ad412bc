// Loops over micros that compute an exponential and then something of it. One lane after the other, the chain of both
// is so long that a core's window is full before it has seen enough lanes to be busy; so a loop does the first stage
// for some lanes and then the second.
#pragma once

#include <cstdint>

#include "engine/cpu/kernels/micro.h"

namespace vitrine::cpu {

constexpr bool has_stages(Micro micro) {
  return micro == Micro::sigmoid || micro == Micro::tanh;
}

template <Micro micro, class V>
VITRINE_INLINE V begin_of(V x) {
  if constexpr (micro == Micro::sigmoid) return math::sigmoid_begin(x);
  if constexpr (micro == Micro::tanh) return math::tanh_begin(x);
}
template <Micro micro, class V>
VITRINE_INLINE V end_of(V x, V begun) {
  if constexpr (micro == Micro::sigmoid) return math::sigmoid_end(x, begun);
  if constexpr (micro == Micro::tanh) return math::tanh_end(x, begun);
}

// `count` lanes that lie side by side; in place as well.
template <Micro micro>
VITRINE_INLINE void in_stages(float* to, const float* from, std::int64_t count) {
  using lanes::kLanes;
  constexpr std::int64_t kStaged = 32;  // lanes between the stages
  lanes::Lane16 begun[kStaged];
  for (std::int64_t n = 0; count > 0; count -= n, to += n * kLanes, from += n * kLanes) {
    n = count < kStaged ? count : kStaged;
    for (std::int64_t i = 0; i < n; ++i) begun[i] = begin_of<micro>(lanes::load(from + i * kLanes));
    for (std::int64_t i = 0; i < n; ++i) {
      lanes::store(to + i * kLanes, end_of<micro>(lanes::load(from + i * kLanes), begun[i]));
    }
  }
}

}  // namespace vitrine::cpu
