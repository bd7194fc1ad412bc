// A Sampler reads a texture at (u, v), clamped to its edge, as its filter wants: the nearest texel, or four of them
// blended in 1/256.
#pragma once

#include <algorithm>
#include <cstdint>

#include "app/ui/fixed_point.h"
#include "app/ui/pixel.h"
#include "app/ui/texture.h"

namespace vitrine::ui {

class Sampler {
 public:
  // Where v lies: two rows, and the share of the lower in 1/256.
  struct Line {
    const std::uint8_t *top, *bottom;
    unsigned share;
  };
  // Two texels side by side, between the rows: neighbours on the screen often lie between the same ones.
  struct Pair {
    int left = -2;  // -2: none yet
    std::uint64_t first = 0, second = 0;
  };

  explicit Sampler(const Texture& texture)
      : image_(texture.image),
        linear_(texture.filter == Filter::linear),
        w_(static_cast<float>(image_.width)),
        h_(static_cast<float>(image_.height)) {}

  Line line(float v) const {
    if (!linear_) {
      const std::uint8_t* row = row_at(floor_int(in_reach(v * h_)));
      return {row, row, 0};
    }
    const int y = steps(v * h_);
    return {row_at(y >> 8), row_at((y >> 8) + 1), static_cast<unsigned>(y & 255)};
  }
  Pixel at(const Line& line, float u, Pair& last) const {
    if (!linear_) return read(line.top, floor_int(in_reach(u * w_)));
    const int x = steps(u * w_), left = x >> 8;
    const auto share = static_cast<unsigned>(x & 255);
    if (share == 0 && line.share == 0) return read(line.top, left);
    if (last.left != left) last = {left, between_rows(line, left), between_rows(line, left + 1)};
    return pixel::join(pixel::between(last.first, last.second, share));
  }
  Pixel operator()(float u, float v) const {
    Pair none;
    return at(line(v), u, none);
  }
  bool empty() const { return image_.width <= 0 || image_.height <= 0; }

 private:
  // From the centre of the first texel, in 1/256 of one.
  static int steps(float texels) { return floor_int(in_reach(texels - 0.5f) * 256 + 0.5f); }
  const std::uint8_t* row_at(int y) const { return image_.at(0, std::clamp(y, 0, image_.height - 1)); }
  Pixel read(const std::uint8_t* row, int x) const { return pixel::load(row + 4 * std::clamp(x, 0, image_.width - 1)); }
  std::uint64_t between_rows(const Line& line, int x) const {
    const std::uint64_t top = pixel::spread(read(line.top, x));
    return line.share == 0 ? top : pixel::between(top, pixel::spread(read(line.bottom, x)), line.share);
  }

  const Image& image_;
  bool linear_;
  float w_, h_;
};

}  // namespace vitrine::ui
