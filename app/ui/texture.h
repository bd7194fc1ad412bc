// A Texture is a picture that the worker filled: RGBA pixels, a key that stays the same while the picture changes, and
// a version that tells a store when to upload again. It holds plain data, so sessions may make one; drawing it needs a
// TextureStore.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace vitrine::ui {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, 4 bytes a pixel, not premultiplied

  Image() = default;
  Image(int w, int h) : width(w), height(h), rgba(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4) {}
  std::uint8_t* at(int x, int y) {
    return rgba.data() +
           (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 4;
  }
  const std::uint8_t* at(int x, int y) const { return const_cast<Image*>(this)->at(x, y); }
};

enum class Filter { nearest, linear };  // nearest for pixels that mean something, linear for fields

struct Texture {
  std::string key;            // "playground.tile.1.2": one place on screen, across versions
  std::uint64_t version = 0;  // grows whenever the pixels change
  Filter filter = Filter::linear;
  Image image;
};

}  // namespace vitrine::ui
