// A Screen is where the window's frames go, and where its pictures live meanwhile. Where a graphics processor draws,
// that is OpenGL; where OpenGL would be computed by the processor, our own rasteriser is several times cheaper, because
// it draws only what has changed, and OpenGL merely carries the result to the window.
#pragma once

#include <imgui.h>

#include <memory>
#include <string_view>

#include "app/ui/texture_store.h"
#include "app/ui/theme.h"

namespace vitrine::shell {

class Screen {
 public:
  virtual ~Screen() = default;
  virtual ui::TextureStore& textures() = 0;
  virtual void draw(ImDrawData& data, ui::Colour clear) = 0;
};

// For the OpenGL 3.2 context that is current, while it and a Dear ImGui context are there; DisplayError when neither
// way can draw.
std::unique_ptr<Screen> open_screen();

// Whether an OpenGL of that name computes on the processor.
bool draws_in_software(std::string_view renderer);

}  // namespace vitrine::shell
