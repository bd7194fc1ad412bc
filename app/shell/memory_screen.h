// A MemoryScreen rasterises into memory what has changed since the frame before, and has OpenGL copy it to the window.
#pragma once

#include "app/shell/screen.h"
#include "app/ui/damage.h"

namespace vitrine::shell {

class MemoryScreen final : public Screen {
 public:
  MemoryScreen();  // needs a current OpenGL 3.2 context
  ~MemoryScreen() override;
  MemoryScreen(const MemoryScreen&) = delete;
  MemoryScreen& operator=(const MemoryScreen&) = delete;

  ui::TextureStore& textures() override { return textures_; }
  void draw(ImDrawData& data, ui::Colour clear) override;

 private:
  void make_room();
  void upload(const ui::PixelBox& box) const;
  void show() const;

  ui::MemoryTextures textures_;
  ui::Damage damage_;
  ui::Image picture_;
  int width_ = 0, height_ = 0;  // of what OpenGL keeps
  unsigned texture_ = 0, frame_ = 0;
};

}  // namespace vitrine::shell
