// A Font draws single characters into bitmaps: the border of FreeType and fontconfig.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vitrine::datasets {

struct Bitmap {  // red, green, blue, cover; not premultiplied
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

class Font {
 public:
  explicit Font(const std::string& file);  // FileError when it is no font
  ~Font();
  Font(Font&&) noexcept;
  Font(const Font&) = delete;
  bool has(char32_t character) const;
  // As large as the font has it in colour, or `size` pixels high; empty when the font lacks it.
  std::optional<Bitmap> draw(char32_t character, std::size_t size) const;

 private:
  struct Face;
  std::unique_ptr<Face> face_;
};

std::vector<std::string> text_fonts();    // files of upright fonts with Latin letters, sorted by name
std::optional<std::string> emoji_font();  // file of a colour emoji font

}  // namespace vitrine::datasets
