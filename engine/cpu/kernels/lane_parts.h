// How products cut their sums: as many chains run side by side as the registers hold, enough to hide how long an FMA
// takes, and more blocks or lanes to each number that is read.
#pragma once

#include <cstdint>
#include <utility>

#include "engine/cpu/lane16.h"

namespace vitrine::cpu {

#if VITRINE_ISA_V4
inline constexpr int kMostTogether = 8;
inline constexpr int kMostBlocks = 2, kMostLanesOfRow = 3;
#elif VITRINE_ISA_V3
inline constexpr int kMostTogether = 6;
inline constexpr int kMostBlocks = 1, kMostLanesOfRow = 1;
#else
inline constexpr int kMostTogether = 2;
inline constexpr int kMostBlocks = 1, kMostLanesOfRow = 1;
#endif

// Cuts `n` into parts of nearly the same size, at most kMostTogether, and calls f with each part's beginning and size
// as a compile-time constant.
template <class F, int... sizes>
VITRINE_INLINE void in_parts(std::int64_t n, F f, std::integer_sequence<int, sizes...>) {
  for (std::int64_t parts = (n + kMostTogether - 1) / kMostTogether, at = 0; parts > 0; --parts) {
    const std::int64_t size = (n - at + parts - 1) / parts;
    ((size == sizes + 1 ? f.template operator()<sizes + 1>(at) : void()), ...);
    at += size;
  }
}
template <class F>
VITRINE_INLINE void in_parts(std::int64_t n, F f) {
  in_parts(n, f, std::make_integer_sequence<int, kMostTogether>());
}

}  // namespace vitrine::cpu
