// A texture is filled where the picture has changed and copied to the window as a whole: what the window held before is
// not defined after a swap.
#include "app/shell/memory_screen.h"

#include <GL/gl.h>
#include <GL/glext.h>

#include "engine/core/error.h"

namespace vitrine::shell {

MemoryScreen::MemoryScreen() {
  glGenTextures(1, &texture_);
  glGenFramebuffers(1, &frame_);
}

MemoryScreen::~MemoryScreen() {
  glDeleteFramebuffers(1, &frame_);
  glDeleteTextures(1, &texture_);
}

void MemoryScreen::make_room() {
  if (width_ == picture_.width && height_ == picture_.height) return;
  width_ = picture_.width, height_ = picture_.height;
  glBindTexture(GL_TEXTURE_2D, texture_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  // Asked for like this, Mesa lays bytes out as the window does, and copying to that is copying of memory: a fifth of
  // what drawing would take.
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width_, height_, 0, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_);
  glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  if (glCheckFramebufferStatus(GL_READ_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw DisplayError({"OpenGL", "cannot copy to the window", "pictures of the window's size as a source", "a refusal",
                        "Install a newer Mesa; `vitrine screenshot` needs none."});
}

void MemoryScreen::upload(const ui::PixelBox& box) const {
  glTexSubImage2D(GL_TEXTURE_2D, 0, box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, GL_RGBA, GL_UNSIGNED_BYTE,
                  picture_.at(box.x0, box.y0));
}

// OpenGL's rows go up, ours down.
void MemoryScreen::show() const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
  glBlitFramebuffer(0, 0, width_, height_, 0, height_, width_, 0, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

void MemoryScreen::draw(ImDrawData& data, ui::Colour clear) {
  const int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  if (picture_.width != width || picture_.height != height) picture_ = ui::Image(width, height);
  const std::vector<ui::PixelBox> changed = damage_.of(data, clear);
  ui::rasterise(data, picture_, clear, changed);
  make_room();
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, width_);
  for (const ui::PixelBox& box : changed) upload(box);
  show();
}

}  // namespace vitrine::shell
