// What a triangle is to the pixels of a row: where its sides cut it, and how colour and texture run along it. Used by
// the rasteriser only.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/ui/fixed_point.h"
#include "app/ui/pixel.h"

namespace vitrine::ui {

inline std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;  // quotients of less are right or rounded up to a whole one
  const bool exact = a > -kExact && a < kExact;
  const std::int64_t q = exact ? static_cast<std::int64_t>(static_cast<double>(a) / static_cast<double>(b)) : a / b;
  return q * b > a ? q - 1 : q;
}

// One side of a triangle: at least 0 for the centres of the pixels on its inner side. What lies on the line itself
// belongs to it when the side is a top or a left one.
struct Edge {
  std::int64_t at_zero = 0, across = 0, down = 0;  // in row 0 and column 0; from column to column, from row to row

  Edge(std::int64_t x0, std::int64_t y0, std::int64_t x1, std::int64_t y1) {
    const std::int64_t ex = x1 - x0, ey = y1 - y0;
    const bool top_left = ey < 0 || (ey == 0 && ex > 0);
    at_zero = ex * (kHalfPixel - y0) - ey * (kHalfPixel - x0) - (top_left ? 0 : 1);
    across = -ey * kPixel, down = ex * kPixel;
  }
};

// Where an edge cuts the rows, one after the other, in whole numbers: a left edge before its first pixel, a right one
// behind its last. A level edge cuts none: the box around the triangle ends there.
class Cut {
 public:
  Cut(const Edge& edge, int y) : size_(std::abs(edge.across)), left_(edge.across >= 0) {
    if (size_ == 0) return;
    const std::int64_t start = edge.at_zero + edge.down * y;
    whole_ = floor_divide(start, size_), rest_ = start - whole_ * size_;
    step_ = floor_divide(edge.down, size_), step_rest_ = edge.down - step_ * size_;
  }
  void narrow(int& x0, int& x1) const {
    if (left_)
      x0 = static_cast<int>(std::clamp<std::int64_t>(-whole_, x0, x1));
    else
      x1 = static_cast<int>(std::clamp<std::int64_t>(whole_ + 1, x0, x1));
  }
  void next_row() {
    rest_ += step_rest_;
    const bool carries = rest_ >= size_;
    whole_ += step_ + (carries ? 1 : 0);
    rest_ -= carries ? size_ : 0;
  }

 private:
  std::int64_t size_;
  bool left_;
  std::int64_t whole_ = std::int64_t{1} << 40, rest_ = 0, step_ = 0, step_rest_ = 0;
};

using Corners = std::array<std::int64_t, 3>;  // in sub-pixel steps

// Red, green, blue, alpha (0 … 255), u, v as planes over a triangle.
struct Planes {
  std::array<float, 6> value{}, dx{}, dy{};
  float x = 0, y = 0;
  bool plain, one_rgb, one_texel;  // what is the same at all corners

  Planes(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const Corners& X, const Corners& Y)
      : x(real(X[0])),
        y(real(Y[0])),
        plain(a.col == b.col && b.col == c.col),
        one_rgb((((a.col ^ b.col) | (b.col ^ c.col)) & ~pixel::kOpaque) == 0),
        one_texel(a.uv.x == b.uv.x && b.uv.x == c.uv.x && a.uv.y == b.uv.y && b.uv.y == c.uv.y) {
    if (plain && one_texel) return;
    const float ax = real(X[1] - X[0]), ay = real(Y[1] - Y[0]), bx = real(X[2] - X[0]), by = real(Y[2] - Y[0]);
    const float share = 1 / (ax * by - bx * ay);
    const auto span = [&](std::size_t k, float first, float second, float third) {
      const float p = second - first, q = third - first;
      value[k] = first, dx[k] = (p * by - q * ay) * share, dy[k] = (q * ax - p * bx) * share;
    };
    const auto channel = [](ImU32 colour, std::size_t k) { return static_cast<float>(colour >> (8 * k) & 255); };
    if (!plain)
      for (std::size_t k = one_rgb ? 3 : 0; k < 4; ++k)
        span(k, channel(a.col, k), channel(b.col, k), channel(c.col, k));
    if (one_texel) return;
    span(4, a.uv.x, b.uv.x, c.uv.x);
    span(5, a.uv.y, b.uv.y, c.uv.y);
  }
  static float real(std::int64_t v) { return static_cast<float>(v) / kPixel; }
  float at(std::size_t k, float px, float py) const { return value[k] + dx[k] * (px - x) + dy[k] * (py - y); }
  Pixel channel(std::size_t k, float px, float py) const {
    const float v = at(k, px, py);
    return (v > 0 ? static_cast<Pixel>(std::min(v, 255.0f) + 0.5f) : 0) << (8 * k);
  }
  Pixel colour(Pixel first, float px, float py) const {
    if (plain) return first;
    if (one_rgb) return (first & ~pixel::kOpaque) | channel(3, px, py);
    return channel(0, px, py) | channel(1, px, py) | channel(2, px, py) | channel(3, px, py);
  }
};

}  // namespace vitrine::ui
