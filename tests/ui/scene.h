// A recording made by hand: what Dear ImGui would record, without a context, for tests of what looks at recordings.
#pragma once

#include <utility>

#include "app/ui/rasteriser.h"
#include "app/ui/texture_store.h"

namespace vitrine::ui {

// One draw list by hand: what Dear ImGui would record, without a context.
struct Scene {
  ImDrawListSharedData* shared = nullptr;
  ImDrawList list{shared};
  ImDrawList* lists[1] = {&list};
  ImDrawData data;
  Texture white;
  MemoryTextures store;
  Image image;

  Scene() {
    white.image = Image(1, 1);
    for (auto& byte : white.image.rgba) byte = 255;
  }

  void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 ca, ImU32 cb, ImU32 cc) {
    for (auto [p, colour] : {std::pair{a, ca}, {b, cb}, {c, cc}}) {
      list.IdxBuffer.push_back(static_cast<ImDrawIdx>(list.VtxBuffer.Size));
      list.VtxBuffer.push_back({p, {0.5f, 0.5f}, colour});
    }
  }
  void quad(ImVec2 a, ImVec2 c, ImU32 colour, ImVec2 uv_a = {0.5f, 0.5f}, ImVec2 uv_c = {0.5f, 0.5f}) {
    auto first = static_cast<ImDrawIdx>(list.VtxBuffer.Size);
    for (int i : {0, 1, 2, 0, 2, 3}) list.IdxBuffer.push_back(static_cast<ImDrawIdx>(first + i));
    list.VtxBuffer.push_back({a, uv_a, colour});
    list.VtxBuffer.push_back({{c.x, a.y}, {uv_c.x, uv_a.y}, colour});
    list.VtxBuffer.push_back({c, uv_c, colour});
    list.VtxBuffer.push_back({{a.x, c.y}, {uv_a.x, uv_c.y}, colour});
  }
  // All indices since the last command become one.
  void command(const Texture& texture, ImVec4 clip = {0, 0, 100, 100}, unsigned vertex_offset = 0) {
    unsigned used = 0;
    for (const ImDrawCmd& c : list.CmdBuffer) used += c.ElemCount;
    ImDrawCmd one;
    one.ClipRect = clip;
    one.TextureId = store.id(texture);
    one.IdxOffset = used;
    one.VtxOffset = vertex_offset;
    one.ElemCount = static_cast<unsigned>(list.IdxBuffer.Size) - used;
    list.CmdBuffer.push_back(one);
  }
  const ImDrawData& recorded(int width = 16, int height = 16) {
    data.Valid = true;
    data.CmdLists = lists;
    data.CmdListsCount = 1;
    data.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    data.FramebufferScale = {1, 1};
    return data;
  }
  const Image& draw(int width = 16, int height = 16) {
    rasterise(recorded(width, height), image, rgb(0x000000));
    return image;
  }
};

}  // namespace vitrine::ui
