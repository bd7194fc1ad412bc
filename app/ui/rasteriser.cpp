// Triangles and axis-aligned quads in plain memory, by the rules of OpenGL: pixel centres, top-left edges, positions in
// 1/256 of a pixel and colours in eight bits (as llvmpipe has them), blended by source alpha.
#include "app/ui/rasteriser.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "app/ui/pixel.h"

namespace vitrine::ui {
namespace {

constexpr std::int64_t kSub = 256, kHalf = kSub / 2;  // sub-pixel steps

int floor_int(float v) {
  const int i = static_cast<int>(v);
  return static_cast<float>(i) > v ? i - 1 : i;
}

constexpr float kFar = 1e6f;  // pixels or texels: what lies beyond, or is no number, counts as so far away

float in_reach(float v) {
  return v > -kFar ? std::min(v, kFar) : -kFar;
}

// Reads a texture at (u, v); clamped to its edge.
class Sampler {
 public:
  explicit Sampler(const Texture& texture)
      : image_(texture.image),
        linear_(texture.filter == Filter::linear),
        w_(static_cast<float>(image_.width)),
        h_(static_cast<float>(image_.height)) {}

  Pixel operator()(float u, float v) const {
    if (!linear_) return read(clamp_x(floor_int(in_reach(u * w_))), clamp_y(floor_int(in_reach(v * h_))));
    // In 1/256 of a texel from the centre of the first.
    const int x = floor_int(in_reach(u * w_ - 0.5f) * 256 + 0.5f), y = floor_int(in_reach(v * h_ - 0.5f) * 256 + 0.5f);
    const unsigned share_x = static_cast<unsigned>(x & 255), share_y = static_cast<unsigned>(y & 255);
    const int left = clamp_x(x >> 8), top = clamp_y(y >> 8);
    if (share_x == 0 && share_y == 0) return read(left, top);
    const int right = clamp_x((x >> 8) + 1), bottom = clamp_y((y >> 8) + 1);
    return pixel::join(pixel::between(
        pixel::between(pixel::spread(read(left, top)), pixel::spread(read(right, top)), share_x),
        pixel::between(pixel::spread(read(left, bottom)), pixel::spread(read(right, bottom)), share_x), share_y));
  }
  bool empty() const { return image_.width <= 0 || image_.height <= 0; }

 private:
  int clamp_x(int x) const { return std::clamp(x, 0, image_.width - 1); }
  int clamp_y(int y) const { return std::clamp(y, 0, image_.height - 1); }
  Pixel read(int x, int y) const { return pixel::load(image_.at(x, y)); }

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
  std::int64_t at(int x, int y) const { return at_zero + across * x + down * y; }

  // Leaves of [x0, x1) the pixels of row y that lie inside.
  void narrow(int y, int& x0, int& x1) const {
    constexpr int kStepped = 16;  // so many steps take as long as the division
    if (x1 - x0 <= kStepped) {
      while (x0 < x1 && at(x0, y) < 0) ++x0;
      while (x0 < x1 && at(x1 - 1, y) < 0) --x1;
      return;
    }
    const std::int64_t start = at(0, y);
    if (across == 0) {
      if (start < 0) x1 = x0;
    } else if (across > 0) {  // enters from the left: x ≥ −start / across
      const std::int64_t first = -floor_divide(start, across);
      x0 = first > x0 ? static_cast<int>(std::min<std::int64_t>(first, x1)) : x0;
    } else {  // leaves to the right: x ≤ start / −across
      const std::int64_t last = floor_divide(start, -across);
      x1 = last + 1 < x1 ? static_cast<int>(std::max<std::int64_t>(last + 1, x0)) : x1;
    }
  }
  static std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }
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
    const float area = ax * by - bx * ay;
    const auto span = [&](std::size_t k, float first, float second, float third) {
      const float p = second - first, q = third - first;
      value[k] = first, dx[k] = (p * by - q * ay) / area, dy[k] = (q * ax - p * bx) / area;
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

class Painter {
 public:
  Painter(Image& target, const Sampler& sampler, PixelBox clip) : target_(target), sample_(sampler), clip_(clip) {}

  // The two triangles of an axis-aligned quad of one colour whose texture runs along its edges, as PrimRect writes it.
  bool quad(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImDrawVert& d) const {
    const bool box = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
                     a.pos.x < c.pos.x && a.pos.y < c.pos.y;
    const bool plain = a.col == b.col && b.col == c.col && c.col == d.col;
    const bool straight = a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
    if (!box || !plain || !straight) return false;
    const PixelBox part = clip_.meeting({first_centre(fixed(a.pos.x)), first_centre(fixed(a.pos.y)),
                                         first_centre(fixed(c.pos.x)), first_centre(fixed(c.pos.y))});
    if (part.empty()) return true;
    if (a.uv.x == c.uv.x && a.uv.y == c.uv.y) {
      const Pixel one = pixel::times(a.col, sample_(a.uv.x, a.uv.y));
      for (int y = part.y0; y < part.y1; ++y) pixel::fill(target_.at(part.x0, y), part.x1 - part.x0, one);
      return true;
    }
    const float du = (c.uv.x - a.uv.x) / (c.pos.x - a.pos.x), dv = (c.uv.y - a.uv.y) / (c.pos.y - a.pos.y);
    for (int y = part.y0; y < part.y1; ++y) {
      const float v = a.uv.y + (static_cast<float>(y) + 0.5f - a.pos.y) * dv;
      std::uint8_t* out = target_.at(part.x0, y);
      for (int x = part.x0; x < part.x1; ++x, out += 4)
        pixel::blend(out, pixel::times(a.col, sample_(a.uv.x + (static_cast<float>(x) + 0.5f - a.pos.x) * du, v)));
    }
    return true;
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
    const Corners X{fixed(a.pos.x), fixed(b.pos.x), fixed(c.pos.x)};
    const Corners Y{fixed(a.pos.y), fixed(b.pos.y), fixed(c.pos.y)};
    const std::int64_t area = (X[1] - X[0]) * (Y[2] - Y[0]) - (X[2] - X[0]) * (Y[1] - Y[0]);
    if (area == 0) return;
    const std::size_t j = area > 0 ? 1 : 2, k = area > 0 ? 2 : 1;  // one winding from here on
    const std::array<Edge, 3> edges{Edge(X[0], Y[0], X[j], Y[j]), Edge(X[j], Y[j], X[k], Y[k]),
                                    Edge(X[k], Y[k], X[0], Y[0])};
    const auto [low_y, high_y] = std::minmax({Y[0], Y[1], Y[2]});
    const auto [low_x, high_x] = std::minmax({X[0], X[1], X[2]});
    const PixelBox part =
        clip_.meeting({first_centre(low_x), first_centre(low_y), first_centre(high_x) + 1, first_centre(high_y) + 1});
    if (part.empty()) return;

    const Planes planes(a, b, c, X, Y);
    const Pixel texel = planes.one_texel ? sample_(a.uv.x, a.uv.y) : pixel::kWhite;
    const Pixel flat = pixel::times(a.col, texel);
    for (int y = part.y0; y < part.y1; ++y) {
      int x0 = part.x0, x1 = part.x1;
      for (const Edge& edge : edges) edge.narrow(y, x0, x1);
      if (x0 >= x1) continue;
      std::uint8_t* out = target_.at(x0, y);
      if (planes.plain && planes.one_texel) {
        pixel::fill(out, x1 - x0, flat);
        continue;
      }
      const float fy = static_cast<float>(y) + 0.5f;
      for (int x = x0; x < x1; ++x, out += 4) {
        const float fx = static_cast<float>(x) + 0.5f;
        const Pixel colour = planes.colour(a.col, fx, fy);
        const Pixel here = planes.one_texel ? texel : sample_(planes.at(4, fx, fy), planes.at(5, fx, fy));
        pixel::blend(out, pixel::times(colour, here));
      }
    }
  }

 private:
  Image& target_;
  const Sampler& sample_;
  PixelBox clip_;
};

}  // namespace

PixelBox box_of_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const PixelBox& clip) {
  const auto least = [](float p, float q, float r) {
    return floor_int(std::min({in_reach(p), in_reach(q), in_reach(r)}));
  };
  const auto most = [](float p, float q, float r) {
    return floor_int(std::max({in_reach(p), in_reach(q), in_reach(r)}));
  };
  return clip.meeting({least(a.pos.x, b.pos.x, c.pos.x), least(a.pos.y, b.pos.y, c.pos.y),
                       most(a.pos.x, b.pos.x, c.pos.x) + 1, most(a.pos.y, b.pos.y, c.pos.y) + 1});
}

namespace {

void paint(const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip, Image& target) {
  const Sampler sampler(texture_of(command));
  if (sampler.empty()) return;
  const Painter painter(target, sampler, clip);
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
    if (!box_of_triangle(a, b, c, clip).empty()) painter.triangle(a, b, c);
  }
}

}  // namespace

void rasterise(const ImDrawData& data, Image& target, Colour clear, const PixelBox& part) {
  for (int y = part.y0; y < part.y1; ++y) pixel::fill(target.at(part.x0, y), part.x1 - part.x0, clear);
  for_each_command(data, [&](const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip) {
    if (const PixelBox box = clip.meeting(part); !box.empty()) paint(list, command, box, target);
  });
}

void rasterise(const ImDrawData& data, Image& target, Colour clear) {
  const int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  if (target.width != width || target.height != height) target = Image(width, height);
  rasterise(data, target, clear, {0, 0, width, height});
}

}  // namespace vitrine::ui
