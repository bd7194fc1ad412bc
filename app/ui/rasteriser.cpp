// Triangles and axis-aligned quads in plain memory, by the rules of OpenGL: pixel centres, top-left edges, positions in
// 1/256 of a pixel and colours in eight bits (as llvmpipe has them), blended by source alpha.
#include "app/ui/rasteriser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/ui/pixel.h"
#include "app/ui/sampler.h"
#include "app/ui/triangle.h"

namespace vitrine::ui {
namespace {

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
    const PixelBox whole{first_centre(steps_of(a.pos.x)), first_centre(steps_of(a.pos.y)),
                         first_centre(steps_of(c.pos.x)), first_centre(steps_of(c.pos.y))};
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
    const auto corner = [](const ImDrawVert& v) { return Corner{steps_of(v.pos.x), steps_of(v.pos.y)}; };
    const std::array corners{corner(a), corner(b), corner(c)};
    const Outline outline(corners);
    if (outline.empty()) return;
    const Planes planes(a, b, c, corners);
    const Pixel texel = planes.one_texel ? sample_(a.uv.x, a.uv.y) : pixel::kWhite;
    const PixelBox box = outline.box();
    for (const PixelBox& part : parts_)
      outline.visit(part.meeting(box), [&](int y, int x0, int x1) { row(planes, a.col, texel, y, x0, x1); });
  }

 private:
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
      const Pixel here = planes.one_texel ? texel : sample_(planes.plane(4, fx, fy), planes.plane(5, fx, fy));
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
