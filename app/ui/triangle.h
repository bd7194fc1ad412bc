// What a triangle is to the pixels of a row: where its sides cut it, and how colour and texture run along it. Used by
// the rasteriser only.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "app/ui/fixed_point.h"
#include "app/ui/pixel.h"

namespace vitrine::ui {

inline std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;  // quotients of less are right or rounded up to a whole one
  const bool exact = a > -kExact && a < kExact;
  const std::int64_t q = exact ? static_cast<std::int64_t>(static_cast<double>(a) / static_cast<double>(b)) : a / b;
  return q * b > a ? q - 1 : q;
}

struct Corner {  // in steps
  std::int64_t x = 0, y = 0;
};

// A side walked down row by row: in each the first pixel whose centre lies at or right of it. On the left of a triangle
// that is the first inside, on the right the first outside. In whole numbers, so that neighbours share no pixel.
class Side {
 public:
  Side(Corner top, Corner bottom, int row) {
    const std::int64_t across = bottom.x - top.x, down = bottom.y - top.y;
    size_ = down * kPixel;
    const std::int64_t start = (top.x - kHalfPixel) * down + (row * kPixel + kHalfPixel - top.y) * across + size_ - 1;
    column_ = floor_divide(start, size_), rest_ = start - column_ * size_;
    step_ = floor_divide(across * kPixel, size_), step_rest_ = across * kPixel - step_ * size_;
  }
  std::int64_t column() const { return column_; }
  void next_row() {
    rest_ += step_rest_;
    const std::int64_t carried = rest_ >= size_ ? 1 : 0;
    column_ += step_ + carried;
    rest_ -= carried * size_;
  }

 private:
  std::int64_t size_, column_, rest_, step_, step_rest_;
};

// The pixels of a triangle, row by row: one side is as high as the whole, two lie above each other.
class Outline {
 public:
  explicit Outline(std::array<Corner, 3> corners) {
    std::ranges::sort(corners, {}, &Corner::y);
    top_ = corners[0], middle_ = corners[1], bottom_ = corners[2];
    turn_ = (middle_.x - top_.x) * (bottom_.y - top_.y) - (bottom_.x - top_.x) * (middle_.y - top_.y);
  }
  bool empty() const { return turn_ == 0; }
  PixelBox box() const {
    const auto [left, right] = std::minmax({top_.x, middle_.x, bottom_.x});
    return {first_centre(left), first_centre(top_.y), first_centre(right), first_centre(bottom_.y)};
  }

  // Calls row(y, x0, x1) where some of a part's pixels are covered.
  template <typename Row>
  void visit(const PixelBox& part, Row row) const {
    if (part.empty()) return;
    const int bend = std::clamp(first_centre(middle_.y), part.y0, part.y1);
    Side whole(top_, bottom_, part.y0);
    const auto walk = [&](Corner from, Corner to, int y0, int y1) {
      if (y0 >= y1) return;
      Side half(from, to, y0);
      Side &left = turn_ > 0 ? whole : half, &right = turn_ > 0 ? half : whole;
      for (int y = y0; y < y1; ++y, whole.next_row(), half.next_row()) {
        const int x0 = static_cast<int>(std::clamp<std::int64_t>(left.column(), part.x0, part.x1));
        const int x1 = static_cast<int>(std::clamp<std::int64_t>(right.column(), part.x0, part.x1));
        if (x0 < x1) row(y, x0, x1);
      }
    };
    walk(top_, middle_, part.y0, bend);
    walk(middle_, bottom_, bend, part.y1);
  }

 private:
  Corner top_, middle_, bottom_;
  std::int64_t turn_;  // above 0 where the bend is on the right
};

// Red, green, blue, alpha (0 … 255), u, v as planes over a triangle.
struct Planes {
  std::array<float, 6> value{}, dx{}, dy{};
  float x = 0, y = 0;
  bool plain, one_rgb, one_texel;  // what is the same at all corners

  Planes(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const std::array<Corner, 3>& at)
      : x(real(at[0].x)),
        y(real(at[0].y)),
        plain(a.col == b.col && b.col == c.col),
        one_rgb((((a.col ^ b.col) | (b.col ^ c.col)) & ~pixel::kOpaque) == 0),
        one_texel(a.uv.x == b.uv.x && b.uv.x == c.uv.x && a.uv.y == b.uv.y && b.uv.y == c.uv.y) {
    if (plain && one_texel) return;
    const float ax = real(at[1].x - at[0].x), ay = real(at[1].y - at[0].y);
    const float bx = real(at[2].x - at[0].x), by = real(at[2].y - at[0].y);
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
  float plane(std::size_t k, float px, float py) const { return value[k] + dx[k] * (px - x) + dy[k] * (py - y); }
  Pixel channel(std::size_t k, float px, float py) const {
    const float v = plane(k, px, py);
    return (v > 0 ? static_cast<Pixel>(std::min(v, 255.0f) + 0.5f) : 0) << (8 * k);
  }
  Pixel colour(Pixel first, float px, float py) const {
    if (plain) return first;
    if (one_rgb) return (first & ~pixel::kOpaque) | channel(3, px, py);
    return channel(0, px, py) | channel(1, px, py) | channel(2, px, py) | channel(3, px, py);
  }
};

}  // namespace vitrine::ui
