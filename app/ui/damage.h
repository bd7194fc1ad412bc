// Damage is what a frame changes of the picture before it: boxes of pixels outside of which everything is as it was.
// The screen in memory draws these anew and nothing else. Found from what Dear ImGui recorded, not from what views say,
// so no view can forget to name a change.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "app/ui/rasteriser.h"

namespace vitrine::ui {

class Damage {
 public:
  // Since the last call. Texture ids must come from MemoryTextures.
  std::vector<PixelBox> of(const ImDrawData& data, Colour clear);

 private:
  struct Tiles {  // half-open, in tiles
    int x0, y0, x1, y1;
  };
  void note(const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip);
  void cover(Tiles tiles, int halvings, std::vector<PixelBox>& boxes) const;
  bool changed(int x, int y) const;

  int width_ = 0, height_ = 0, across_ = 0, down_ = 0;
  std::vector<std::uint64_t> before_, now_;  // by tile: a hash of all that is drawn there, in order
};

}  // namespace vitrine::ui
