// Textures by key, and the stock OpenGL 3 renderer of Dear ImGui.
#include "app/shell/gl_screen.h"

#include <GL/gl.h>
#include <imgui_impl_opengl3.h>

#include <cstring>
#include <utility>

#include "engine/core/error.h"

#ifndef GL_CLAMP_TO_EDGE
#define GL_CLAMP_TO_EDGE 0x812F  // OpenGL 1.2, which gl.h may lack
#endif

namespace vitrine::shell {
namespace {
constexpr int kIdleFrames = 600;  // ten seconds of frames: by then a picture will not come back
}

GlTextures::~GlTextures() {
  for (auto& [key, entry] : entries_) glDeleteTextures(1, &entry.name);
}

ImTextureID GlTextures::id(const ui::Texture& texture) {
  Entry& entry = entries_[texture.key];
  entry.idle = 0;
  const ui::Image& image = texture.image;
  if (entry.name == 0 || entry.version != texture.version || entry.pixels != image.rgba.data()) {
    if (entry.name == 0) glGenTextures(1, &entry.name);
    glBindTexture(GL_TEXTURE_2D, entry.name);
    const GLint filter = texture.filter == ui::Filter::nearest ? GL_NEAREST : GL_LINEAR;
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
    entry.version = texture.version;
    entry.pixels = image.rgba.data();
  }
  return (ImTextureID)(std::uintptr_t{entry.name});
}

void GlTextures::end_frame() {
  for (auto& [key, entry] : entries_) ++entry.idle;
  std::erase_if(entries_, [](const auto& each) {
    if (each.second.idle <= kIdleFrames) return false;
    glDeleteTextures(1, &each.second.name);
    return true;
  });
}

GlScreen::GlScreen() {
  // The renderer wants to make a texture of the fonts itself, which would build ours anew: it gets others to keep.
  ImFontAtlas other;
  ImFontAtlas* const ours = std::exchange(ImGui::GetIO().Fonts, &other);
  const bool made = ImGui_ImplOpenGL3_Init("#version 150") && ImGui_ImplOpenGL3_CreateDeviceObjects();
  ImGui::GetIO().Fonts = ours;
  if (!made)
    throw DisplayError({"OpenGL", "cannot be used", "OpenGL 3.2", "an older one", "`vitrine screenshot` needs none."});
}

GlScreen::~GlScreen() {
  ImGui_ImplOpenGL3_Shutdown();
}

void GlScreen::draw(ImDrawData& data, ui::Colour clear) {
  const auto share = [](int channel) { return static_cast<float>(channel) / 255; };
  glViewport(0, 0, static_cast<GLsizei>(data.DisplaySize.x), static_cast<GLsizei>(data.DisplaySize.y));
  glClearColor(share(ui::red(clear)), share(ui::green(clear)), share(ui::blue(clear)), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
  textures_.end_frame();
}

ui::Image GlScreen::read_pixels(int width, int height) {
  ui::Image upside_down(width, height), image(width, height);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.rgba.data());
  const std::size_t row = static_cast<std::size_t>(width) * 4;
  for (int y = 0; y < height; ++y) std::memcpy(image.at(0, y), upside_down.at(0, height - 1 - y), row);
  return image;
}

}  // namespace vitrine::shell
