// The rasteriser draws what Dear ImGui recorded into plain memory, as OpenGL would: indexed triangles with vertex
// offsets, textures, clip rectangles, source-alpha blending. What it cannot draw does not exist in Vitrine.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <span>
#include <utility>

#include "app/ui/fixed_point.h"
#include "app/ui/texture.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

// Texture ids must come from MemoryTextures (they point at Textures that still live). The target is as large as the
// display of the draw data; it is cleared first.
void rasterise(const ImDrawData& data, Image& target, Colour clear);

// Parts of it only, none over another: to the last bit what the whole would be there. The recording is walked through
// once, however many they are.
void rasterise(const ImDrawData& data, Image& target, Colour clear, std::span<const PixelBox> parts);

// For who looks at a recording as the rasteriser does.
inline const Texture& texture_of(const ImDrawCmd& command) {
  return *static_cast<const Texture*>((const void*)(command.GetTexID()));
}

// Pixels of a clip rectangle inside the display that may be touched, a little more than are: left of and above the
// display, numbers are cut off instead of rounded down.
inline PixelBox box_of_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const PixelBox& clip) {
  const auto span = [](float p, float q, float r) {
    p = in_reach(p), q = in_reach(q), r = in_reach(r);
    return std::pair(static_cast<int>(std::min(std::min(p, q), r)), static_cast<int>(std::max(std::max(p, q), r)) + 1);
  };
  const auto [x0, x1] = span(a.pos.x, b.pos.x, c.pos.x);
  const auto [y0, y1] = span(a.pos.y, b.pos.y, c.pos.y);
  return clip.meeting({x0, y0, x1, y1});
}

// What is drawn, in order: list, command, and its clip rectangle inside the display.
template <typename Visit>
void for_each_command(const ImDrawData& data, Visit visit) {
  const PixelBox display{0, 0, static_cast<int>(data.DisplaySize.x), static_cast<int>(data.DisplaySize.y)};
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback || command.ElemCount == 0 || !command.GetTexID()) continue;
      const ImVec4 box = command.ClipRect;
      // OpenGL's back end truncates the clip rectangle likewise.
      const PixelBox clip =
          display.meeting({static_cast<int>(box.x - data.DisplayPos.x), static_cast<int>(box.y - data.DisplayPos.y),
                           static_cast<int>(box.z - data.DisplayPos.x), static_cast<int>(box.w - data.DisplayPos.y)});
      if (!clip.empty()) visit(list, command, clip);
    }
  }
}

}  // namespace vitrine::ui
