// Triangles and axis-aligned quads in plain memory, by the rules of OpenGL: pixel centres, top-left edges, positions in
// 1/256 of a pixel and colours in eight bits (as llvmpipe has them), blended by source alpha.
#include "app/ui/rasteriser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "app/ui/pixel.h"

namespace vitrine::ui {
namespace {

constexpr std::int64_t kSub = 256, kHalf = kSub / 2;  // sub-pixel steps

int floor_int(float v) {
  const int i = static_cast<int>(v);
  return static_cast<float>(i) > v ? i - 1 : i;
}

// Reads a texture at (u, v); clamped to its edge.
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

std::int64_t fixed(float v) {
  return floor_int(in_reach(v) * kSub + 0.5f);
}
// The first pixel whose centre lies at or right of a fixed-point position.
int first_centre(std::int64_t v) {
  return static_cast<int>((v - kHalf + kSub - 1) >> 8);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1}
                                  << 53;  // quotients of smaller ones are right, or round up to a whole one
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
    at_zero = ex * (kHalf - y0) - ey * (kHalf - x0) - (top_left ? 0 : 1);
    across = -ey * kSub, down = ex * kSub;
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
  static float real(std::int64_t v) { return static_cast<float>(v) / kSub; }
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

// Paints what one command draws into the parts of the target that its clip rectangle leaves.
class Painter {
 public:
  Painter(Image& target, const Sampler& sampler, std::span<const PixelBox> parts)
      : target_(target), sample_(sampler), parts_(parts) {}

  // The two triangles of an axis-aligned quad of one colour whose texture runs along its edges, as PrimRect writes it.
  bool quad(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImDrawVert& d) const {
    const bool box = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
                     a.pos.x < c.pos.x && a.pos.y < c.pos.y;
    const bool plain = a.col == b.col && b.col == c.col && c.col == d.col;
    const bool straight = a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
    if (!box || !plain || !straight) return false;
    const PixelBox whole{first_centre(fixed(a.pos.x)), first_centre(fixed(a.pos.y)), first_centre(fixed(c.pos.x)),
                         first_centre(fixed(c.pos.y))};
    const bool one_texel = a.uv.x == c.uv.x && a.uv.y == c.uv.y;
    for (const PixelBox& each : parts_) {
      const PixelBox part = each.meeting(whole);
      if (part.empty()) continue;
      if (one_texel)
        fill(part, pixel::times(a.col, sample_(a.uv.x, a.uv.y)));
      else
        copy(part, a, c);
    }
    return true;
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
    const Corners X{fixed(a.pos.x), fixed(b.pos.x), fixed(c.pos.x)};
    const Corners Y{fixed(a.pos.y), fixed(b.pos.y), fixed(c.pos.y)};
    const std::int64_t area = (X[1] - X[0]) * (Y[2] - Y[0]) - (X[2] - X[0]) * (Y[1] - Y[0]);
    if (area == 0) return;
    const std::size_t j = area > 0 ? 1 : 2, k = area > 0 ? 2 : 1;  // one winding from here on
    const Edges edges{Edge(X[0], Y[0], X[j], Y[j]), Edge(X[j], Y[j], X[k], Y[k]), Edge(X[k], Y[k], X[0], Y[0])};
    const auto [low_y, high_y] = std::minmax({Y[0], Y[1], Y[2]});
    const auto [low_x, high_x] = std::minmax({X[0], X[1], X[2]});
    const PixelBox whole{first_centre(low_x), first_centre(low_y), first_centre(high_x), first_centre(high_y)};
    const Planes planes(a, b, c, X, Y);
    const Pixel texel = planes.one_texel ? sample_(a.uv.x, a.uv.y) : pixel::kWhite;
    for (const PixelBox& each : parts_) {
      const PixelBox part = each.meeting(whole);
      if (part.empty()) continue;
      std::array<Cut, 3> cuts{Cut(edges[0], part.y0), Cut(edges[1], part.y0), Cut(edges[2], part.y0)};
      for (int y = part.y0; y < part.y1; ++y) {
        int x0 = part.x0, x1 = part.x1;
        for (Cut& cut : cuts) cut.narrow(x0, x1), cut.next_row();
        if (x0 < x1) row(planes, a.col, texel, y, x0, x1);
      }
    }
  }

 private:
  using Edges = std::array<Edge, 3>;

  void fill(const PixelBox& part, Pixel one) const {
    for (int y = part.y0; y < part.y1; ++y) pixel::fill(target_.at(part.x0, y), part.x1 - part.x0, one);
  }

  // The part of a quad from a to c.
  void copy(const PixelBox& part, const ImDrawVert& a, const ImDrawVert& c) const {
    const float du = (c.uv.x - a.uv.x) / (c.pos.x - a.pos.x), dv = (c.uv.y - a.uv.y) / (c.pos.y - a.pos.y);
    for (int y = part.y0; y < part.y1; ++y) {
      const Sampler::Line line = sample_.line(a.uv.y + (static_cast<float>(y) + 0.5f - a.pos.y) * dv);
      Sampler::Pair last;
      std::uint8_t* out = target_.at(part.x0, y);
      for (int x = part.x0; x < part.x1; ++x, out += 4)
        pixel::blend(
            out, pixel::times(a.col, sample_.at(line, a.uv.x + (static_cast<float>(x) + 0.5f - a.pos.x) * du, last)));
    }
  }

  // Pixels of a triangle, side by side.
  void row(const Planes& planes, Pixel first, Pixel texel, int y, int x0, int x1) const {
    std::uint8_t* out = target_.at(x0, y);
    if (planes.plain && planes.one_texel) return pixel::fill(out, x1 - x0, pixel::times(first, texel));
    const float fy = static_cast<float>(y) + 0.5f;
    for (int x = x0; x < x1; ++x, out += 4) {
      const float fx = static_cast<float>(x) + 0.5f;
      const Pixel colour = planes.colour(first, fx, fy);
      const Pixel here = planes.one_texel ? texel : sample_(planes.at(4, fx, fy), planes.at(5, fx, fy));
      pixel::blend(out, pixel::times(colour, here));
    }
  }

  Image& target_;
  const Sampler& sample_;
  std::span<const PixelBox> parts_;
};

void paint(const ImDrawList& list, const ImDrawCmd& command, std::span<const PixelBox> parts, Image& target) {
  const Sampler sampler(texture_of(command));
  if (sampler.empty()) return;
  const Painter painter(target, sampler, parts);
  PixelBox hull = parts.front();
  for (const PixelBox& part : parts) hull = hull.joined(part);
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
    const ImDrawIdx* t = index + i;
    const ImDrawVert &a = vertex[t[0]], &b = vertex[t[1]], &c = vertex[t[2]];
    const bool pair = i + 5 < command.ElemCount && t[3] == t[0] && t[4] == t[2];
    if (pair && painter.quad(a, b, c, vertex[t[5]])) {
      i += 3;
      continue;
    }
    const PixelBox box = box_of_triangle(a, b, c, hull);
    if (box.empty()) continue;
    if (std::ranges::any_of(parts, [&](const PixelBox& part) { return !box.meeting(part).empty(); }))
      painter.triangle(a, b, c);
  }
}

}  // namespace

void rasterise(const ImDrawData& data, Image& target, Colour clear, std::span<const PixelBox> parts) {
  for (const PixelBox& part : parts)
    for (int y = part.y0; y < part.y1; ++y) pixel::fill(target.at(part.x0, y), part.x1 - part.x0, clear);
  std::vector<PixelBox> shown;
  for_each_command(data, [&](const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip) {
    shown.clear();
    for (const PixelBox& part : parts)
      if (const PixelBox box = clip.meeting(part); !box.empty()) shown.push_back(box);
    if (!shown.empty()) paint(list, command, shown, target);
  });
}

void rasterise(const ImDrawData& data, Image& target, Colour clear) {
  const int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  if (target.width != width || target.height != height) target = Image(width, height);
  const PixelBox all{0, 0, width, height};
  rasterise(data, target, clear, std::span(&all, 1));
}

}  // namespace vitrine::ui
