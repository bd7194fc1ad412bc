// A GlScreen draws recorded frames with OpenGL into the context that is current, and keeps the textures they name. The
// window owns one; a test compares it with the software rasteriser.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <map>
#include <string>

#include "app/shell/screen.h"

namespace vitrine::shell {

class GlTextures final : public ui::TextureStore {
 public:
  ~GlTextures() override;
  ImTextureID id(const ui::Texture& texture) override;  // uploads when the picture is another one
  void end_frame();                                     // drops what was not drawn for a while

 private:
  struct Entry {
    unsigned name = 0;
    std::uint64_t version = 0;
    const void* pixels = nullptr;  // two sessions may use one key: same version, other picture
    int idle = 0;                  // frames since it was drawn
  };
  std::map<std::string, Entry, std::less<>> entries_;
};

class GlScreen final : public Screen {
 public:
  GlScreen();  // needs a current OpenGL 3.2 context and a Dear ImGui context; DisplayError when it cannot draw
  ~GlScreen() override;  // while both are still there
  GlScreen(const GlScreen&) = delete;
  GlScreen& operator=(const GlScreen&) = delete;

  GlTextures& textures() override { return textures_; }
  void draw(ImDrawData& data, ui::Colour clear) override;
  ui::Image read_pixels(int width, int height);  // of what was drawn, rows from the top

 private:
  GlTextures textures_;
};

}  // namespace vitrine::shell
