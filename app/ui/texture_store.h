// A TextureStore turns a Texture into the number a draw list carries. The shell owns one: OpenGL uploads by key and
// version, the memory one hands the rasteriser the pixels themselves.
#pragma once

#include <imgui.h>

#include "app/ui/texture.h"

namespace vitrine::ui {

class TextureStore {
 public:
  virtual ~TextureStore() = default;
  // Valid until the frame has been drawn; the texture must live as long.
  virtual ImTextureID id(const Texture& texture) = 0;
};

class MemoryTextures final : public TextureStore {
 public:
  ImTextureID id(const Texture& texture) override { return (ImTextureID)(const_cast<Texture*>(&texture)); }
};

}  // namespace vitrine::ui
