// The rasteriser draws what Dear ImGui recorded into plain memory, as OpenGL would: indexed triangles with vertex
// offsets, textures, clip rectangles, source-alpha blending. What it cannot draw does not exist in Vitrine.
#pragma once

#include <imgui.h>

#include "app/ui/texture.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

// Texture ids must come from MemoryTextures (they point at Textures that still live). The target is as large as the
// display of the draw data; it is cleared first.
void rasterise(const ImDrawData& data, Image& target, Colour clear);

}  // namespace vitrine::ui
