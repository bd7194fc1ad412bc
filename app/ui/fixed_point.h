// Positions of a drawing as whole numbers: 1/256 of a pixel, and which pixels' centres lie where. Any float has one.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vitrine::ui {

inline constexpr float kFar = 1e6f;  // pixels or texels: what lies beyond, or is no number, counts as so far away

inline float in_reach(float v) {
  return v > -kFar ? std::min(v, kFar) : -kFar;
}

inline constexpr std::int64_t kPixel = 256, kHalfPixel = kPixel / 2;  // in steps

inline int floor_int(float v) {
  const int i = static_cast<int>(v);
  return static_cast<float>(i) > v ? i - 1 : i;
}

inline std::int64_t steps_of(float v) {
  return floor_int(in_reach(v) * kPixel + 0.5f);
}
// The first pixel whose centre lies at or right of a fixed-point position.
inline int first_centre(std::int64_t v) {
  return static_cast<int>((v - kHalfPixel + kPixel - 1) >> 8);
}

}  // namespace vitrine::ui
