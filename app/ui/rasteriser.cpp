// Triangles and axis-aligned quads in plain memory, by the rules of OpenGL: pixel centres, top-left edges, positions in
// 1/256 of a pixel (what llvmpipe keeps), colours blended by source alpha and rounded to eight bits.
#include "app/ui/rasteriser.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace vitrine::ui {
namespace {

constexpr std::int64_t kSub = 256, kHalf = kSub / 2;  // sub-pixel steps

struct Bounds {
  int x0, y0, x1, y1;
};

struct Rgba {
  float r, g, b, a;  // 0 … 255; a in 0 … 1
};

Rgba unpack(ImU32 c) {
  return {static_cast<float>(red(c)), static_cast<float>(green(c)), static_cast<float>(blue(c)),
          static_cast<float>(alpha(c)) / 255};
}

std::uint8_t byte(float v) {
  return static_cast<std::uint8_t>(v + 0.5f);
}

void blend(std::uint8_t* out, const Rgba& c) {
  float keep = 1 - c.a;
  out[0] = byte(c.r * c.a + static_cast<float>(out[0]) * keep);
  out[1] = byte(c.g * c.a + static_cast<float>(out[1]) * keep);
  out[2] = byte(c.b * c.a + static_cast<float>(out[2]) * keep);
  out[3] = byte(255 * c.a + static_cast<float>(out[3]) * keep);
}

// Reads a texture at (u, v); clamped to its edge.
class Sampler {
 public:
  explicit Sampler(const Texture& texture)
      : image_(texture.image),
        linear_(texture.filter == Filter::linear),
        w_(static_cast<float>(image_.width)),
        h_(static_cast<float>(image_.height)) {}

  Rgba operator()(float u, float v) const {
    float x = u * w_, y = v * h_;
    if (!linear_) return read(clamp_x(floor_int(x)), clamp_y(floor_int(y)));
    x -= 0.5f, y -= 0.5f;
    int x0 = floor_int(x), y0 = floor_int(y);
    float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
    int xa = clamp_x(x0), ya = clamp_y(y0);
    if (fx < kSame && fy < kSame) return read(xa, ya);
    int xb = clamp_x(x0 + 1), yb = clamp_y(y0 + 1);
    Rgba p = read(xa, ya), q = read(xb, ya), r = read(xa, yb), s = read(xb, yb);
    auto lerp = [&](float Rgba::*c) {
      float top = p.*c + (q.*c - p.*c) * fx, bottom = r.*c + (s.*c - r.*c) * fx;
      return top + (bottom - top) * fy;
    };
    return {lerp(&Rgba::r), lerp(&Rgba::g), lerp(&Rgba::b), lerp(&Rgba::a)};
  }
  bool empty() const { return image_.width <= 0 || image_.height <= 0; }

 private:
  static constexpr float kSame = 1.0f / 512;  // half of the finest weight that eight bits of filter have
  static int floor_int(float v) {
    int i = static_cast<int>(v);
    return static_cast<float>(i) > v ? i - 1 : i;
  }
  int clamp_x(int x) const { return std::clamp(x, 0, image_.width - 1); }
  int clamp_y(int y) const { return std::clamp(y, 0, image_.height - 1); }
  Rgba read(int x, int y) const {
    const std::uint8_t* p = image_.at(x, y);
    return {static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(p[2]),
            static_cast<float>(p[3]) * (1.0f / 255)};
  }

  const Image& image_;
  bool linear_;
  float w_, h_;
};

Rgba modulate(const Rgba& a, const Rgba& texel) {
  constexpr float k = 1.0f / 255;
  return {a.r * texel.r * k, a.g * texel.g * k, a.b * texel.b * k, a.a * texel.a};
}

void fill_span(std::uint8_t* out, int count, const Rgba& c) {
  if (c.a >= 1) {
    const std::uint8_t solid[4] = {byte(c.r), byte(c.g), byte(c.b), 255};
    std::uint32_t word;
    std::memcpy(&word, solid, 4);
    for (int i = 0; i < count; ++i) std::memcpy(out + i * 4, &word, 4);
  } else if (c.a > 0) {
    for (int i = 0; i < count; ++i) blend(out + i * 4, c);
  }
}

constexpr float kFar = 1e6f;  // px: what lies beyond, or is no number, is drawn at this distance

std::int64_t fixed(float v) {
  float near = v > -kFar ? std::min(v, kFar) : -kFar;
  return std::llround(static_cast<double>(near) * kSub);
}
// The first pixel whose centre lies at or right of a fixed-point position.
int first_centre(std::int64_t v) {
  return static_cast<int>((v - kHalf + kSub - 1) >> 8);
}

class Painter {
 public:
  Painter(Image& target, const Sampler& sampler, Bounds clip) : target_(target), sample_(sampler), clip_(clip) {}

  // The two triangles of an axis-aligned quad of one colour whose texture runs along its edges, as PrimRect writes it.
  bool quad(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const ImDrawVert& d) const {
    bool box = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
               a.pos.x < c.pos.x && a.pos.y < c.pos.y;
    bool plain = a.col == b.col && b.col == c.col && c.col == d.col;
    bool straight = a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
    if (!box || !plain || !straight) return false;
    int x0 = std::max(first_centre(fixed(a.pos.x)), clip_.x0), x1 = std::min(first_centre(fixed(c.pos.x)), clip_.x1);
    int y0 = std::max(first_centre(fixed(a.pos.y)), clip_.y0), y1 = std::min(first_centre(fixed(c.pos.y)), clip_.y1);
    if (x0 >= x1 || y0 >= y1) return true;
    Rgba colour = unpack(a.col);
    if (a.uv.x == c.uv.x && a.uv.y == c.uv.y) {
      Rgba one = modulate(colour, sample_(a.uv.x, a.uv.y));
      for (int y = y0; y < y1; ++y) fill_span(target_.at(x0, y), x1 - x0, one);
      return true;
    }
    float du = (c.uv.x - a.uv.x) / (c.pos.x - a.pos.x), dv = (c.uv.y - a.uv.y) / (c.pos.y - a.pos.y);
    for (int y = y0; y < y1; ++y) {
      float v = a.uv.y + (static_cast<float>(y) + 0.5f - a.pos.y) * dv;
      std::uint8_t* out = target_.at(x0, y);
      for (int x = x0; x < x1; ++x, out += 4) {
        Rgba c4 = modulate(colour, sample_(a.uv.x + (static_cast<float>(x) + 0.5f - a.pos.x) * du, v));
        if (c4.a > 0) blend(out, c4);
      }
    }
    return true;
  }

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
    std::array<std::int64_t, 3> X{fixed(a.pos.x), fixed(b.pos.x), fixed(c.pos.x)};
    std::array<std::int64_t, 3> Y{fixed(a.pos.y), fixed(b.pos.y), fixed(c.pos.y)};
    std::int64_t area = (X[1] - X[0]) * (Y[2] - Y[0]) - (X[2] - X[0]) * (Y[1] - Y[0]);
    if (area == 0) return;
    const ImDrawVert* vertex[3] = {&a, &b, &c};
    if (area < 0) {  // one winding from here on
      std::swap(X[1], X[2]), std::swap(Y[1], Y[2]), std::swap(vertex[1], vertex[2]);
      area = -area;
    }
    auto [low_y, high_y] = std::minmax({Y[0], Y[1], Y[2]});
    auto [low_x, high_x] = std::minmax({X[0], X[1], X[2]});
    int y0 = std::max(first_centre(low_y), clip_.y0), y1 = std::min(first_centre(high_y) + 1, clip_.y1);
    int left = std::max(first_centre(low_x), clip_.x0), right = std::min(first_centre(high_x) + 1, clip_.x1);
    if (y0 >= y1 || left >= right) return;

    bool plain = a.col == b.col && b.col == c.col;
    bool one_texel = a.uv.x == b.uv.x && b.uv.x == c.uv.x && a.uv.y == b.uv.y && b.uv.y == c.uv.y;
    Planes planes(vertex, X, Y, static_cast<double>(area));
    Rgba texel = one_texel ? sample_(a.uv.x, a.uv.y) : Rgba{};
    Rgba flat = modulate(unpack(a.col), texel);

    for (int y = y0; y < y1; ++y) {
      int x0 = left, x1 = right;
      std::int64_t py = y * kSub + kHalf;
      for (std::size_t i = 0; i < 3 && x0 < x1; ++i) narrow(X, Y, i, py, x0, x1);
      if (x0 >= x1) continue;
      std::uint8_t* out = target_.at(x0, y);
      if (plain && one_texel) {
        fill_span(out, x1 - x0, flat);
        continue;
      }
      for (int x = x0; x < x1; ++x, out += 4) {
        float fx = static_cast<float>(x) + 0.5f, fy = static_cast<float>(y) + 0.5f;
        Rgba colour = plain ? unpack(a.col) : planes.colour(fx, fy);
        Rgba c4 = modulate(colour, one_texel ? texel : sample_(planes.at(4, fx, fy), planes.at(5, fx, fy)));
        if (c4.a > 0) blend(out, c4);
      }
    }
  }

 private:
  // Red, green, blue, alpha, u, v as planes over the triangle.
  struct Planes {
    std::array<float, 6> value{}, dx{}, dy{};
    float x = 0, y = 0;

    Planes(const ImDrawVert* const* vertex, const std::array<std::int64_t, 3>& X, const std::array<std::int64_t, 3>& Y,
           double area) {
      auto real = [](std::int64_t v) { return static_cast<double>(v) / kSub; };
      x = static_cast<float>(real(X[0])), y = static_cast<float>(real(Y[0]));
      double ax = real(X[1] - X[0]), ay = real(Y[1] - Y[0]), bx = real(X[2] - X[0]), by = real(Y[2] - Y[0]);
      double whole = area / (kSub * kSub);
      std::array<std::array<float, 6>, 3> v;
      for (std::size_t i = 0; i < 3; ++i) {
        Rgba c = unpack(vertex[i]->col);
        v[i] = {c.r, c.g, c.b, c.a, vertex[i]->uv.x, vertex[i]->uv.y};
      }
      for (std::size_t k = 0; k < 6; ++k) {
        double p = static_cast<double>(v[1][k]) - v[0][k], q = static_cast<double>(v[2][k]) - v[0][k];
        value[k] = v[0][k];
        dx[k] = static_cast<float>((p * by - q * ay) / whole);
        dy[k] = static_cast<float>((q * ax - p * bx) / whole);
      }
    }
    float at(std::size_t k, float px, float py) const { return value[k] + dx[k] * (px - x) + dy[k] * (py - y); }
    Rgba colour(float px, float py) const {
      auto limited = [&](std::size_t k, float most) { return std::clamp(at(k, px, py), 0.0f, most); };
      return {limited(0, 255), limited(1, 255), limited(2, 255), limited(3, 1)};
    }
  };

  // Narrows [x0, x1) to the pixels of row centre py inside edge i: E(x) = E0 + step · x ≥ 0, or > 0 when the edge is
  // neither a top nor a left one.
  static void narrow(const std::array<std::int64_t, 3>& X, const std::array<std::int64_t, 3>& Y, std::size_t i,
                     std::int64_t py, int& x0, int& x1) {
    std::size_t j = (i + 1) % 3;
    std::int64_t ex = X[j] - X[i], ey = Y[j] - Y[i];
    bool top_left = ey < 0 || (ey == 0 && ex > 0);
    std::int64_t at_zero = ex * (py - Y[i]) - ey * (kHalf - X[i]) - (top_left ? 0 : 1);  // must be ≥ 0
    std::int64_t step = -ey * kSub;
    if (step == 0) {
      if (at_zero < 0) x1 = x0;
    } else if (step > 0) {  // enters from the left: x ≥ −at_zero / step
      std::int64_t first = ceil_divide(-at_zero, step);
      x0 = first > x0 ? static_cast<int>(std::min<std::int64_t>(first, x1)) : x0;
    } else {  // leaves to the right: x ≤ at_zero / −step
      std::int64_t last = floor_divide(at_zero, -step);
      x1 = last + 1 < x1 ? static_cast<int>(std::max<std::int64_t>(last + 1, x0)) : x1;
    }
  }
  static std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }
  static std::int64_t ceil_divide(std::int64_t a, std::int64_t b) { return -floor_divide(-a, b); }

  Image& target_;
  const Sampler& sample_;
  Bounds clip_;
};

}  // namespace

void rasterise(const ImDrawData& data, Image& target, Colour clear) {
  int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  if (target.width != width || target.height != height) target = Image(width, height);
  for (std::size_t i = 0; i < target.rgba.size(); i += 4) std::memcpy(target.rgba.data() + i, &clear, 4);

  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback || command.ElemCount == 0) continue;
      ImVec4 box = command.ClipRect;
      // OpenGL's back end truncates the clip rectangle likewise.
      Bounds clip{std::max(static_cast<int>(box.x - data.DisplayPos.x), 0),
                  std::max(static_cast<int>(box.y - data.DisplayPos.y), 0),
                  std::min(static_cast<int>(box.z - data.DisplayPos.x), width),
                  std::min(static_cast<int>(box.w - data.DisplayPos.y), height)};
      if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) continue;
      const auto* texture = static_cast<const Texture*>((void*)(command.GetTexID()));
      if (!texture) continue;
      Sampler sampler(*texture);
      if (sampler.empty()) continue;
      Painter painter(target, sampler, clip);
      const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
      const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const ImDrawIdx* t = index + i;
        bool pair = i + 5 < command.ElemCount && t[3] == t[0] && t[4] == t[2];
        if (pair && painter.quad(vertex[t[0]], vertex[t[1]], vertex[t[2]], vertex[t[5]])) {
          i += 3;
          continue;
        }
        painter.triangle(vertex[t[0]], vertex[t[1]], vertex[t[2]]);
      }
    }
  }
}

}  // namespace vitrine::ui
