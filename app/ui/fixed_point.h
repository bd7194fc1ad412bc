// Positions of a drawing as whole numbers: boxes of pixels, steps of 1/256 of one, and which centres lie where. Any
// float has a place.
#pragma once

#include <algorithm>
#include <cstdint>

namespace vitrine::ui {

struct PixelBox {  // half-open
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool empty() const { return x0 >= x1 || y0 >= y1; }
  PixelBox meeting(const PixelBox& other) const {
    return {std::max(x0, other.x0), std::max(y0, other.y0), std::min(x1, other.x1), std::min(y1, other.y1)};
  }
  PixelBox joined(const PixelBox& other) const {  // of two that are not empty
    return {std::min(x0, other.x0), std::min(y0, other.y0), std::max(x1, other.x1), std::max(y1, other.y1)};
  }
};

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
