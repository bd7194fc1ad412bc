// Finding and drawing.
#include "datasets/glyphs/font.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>

#include <algorithm>
#include <filesystem>
#include FT_FREETYPE_H

#include "engine/core/assert.h"
#include "engine/core/error.h"

namespace vitrine::datasets {
namespace {

// Files of fonts that fontconfig lists for a pattern.
std::vector<std::string> files_of(const char* pattern_text) {
  std::vector<std::string> files;
  FcConfig* config = FcInitLoadConfigAndFonts();
  FcPattern* pattern = FcNameParse(reinterpret_cast<const FcChar8*>(pattern_text));
  FcObjectSet* objects = FcObjectSetBuild(FC_FILE, nullptr);
  FcFontSet* found = FcFontList(config, pattern, objects);
  for (int i = 0; found != nullptr && i < found->nfont; ++i) {
    FcChar8* file = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &file) == FcResultMatch) {
      files.emplace_back(reinterpret_cast<const char*>(file));
    }
  }
  if (found != nullptr) FcFontSetDestroy(found);
  FcObjectSetDestroy(objects);
  FcPatternDestroy(pattern);
  FcConfigDestroy(config);
  // By name, not by folder: the same fonts elsewhere shall give the same pictures.
  std::ranges::sort(files, {}, [](const std::string& file) { return std::filesystem::path(file).filename(); });
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

Bitmap copied(const FT_Bitmap& from) {
  Bitmap bitmap{from.width, from.rows, std::vector<std::uint8_t>(std::size_t{from.width} * from.rows * 4)};
  std::uint8_t* out = bitmap.rgba.data();
  for (unsigned row = 0; row < from.rows; ++row) {
    const std::uint8_t* line = from.buffer + static_cast<std::ptrdiff_t>(row) * from.pitch;
    for (unsigned column = 0; column < from.width; ++column, out += 4) {
      if (from.pixel_mode == FT_PIXEL_MODE_GRAY) {
        out[3] = line[column];
        continue;
      }
      const std::uint8_t* bgra = line + 4 * column;  // multiplied by its cover
      for (int c = 0; c < 3 && bgra[3] > 0; ++c) {
        out[c] = static_cast<std::uint8_t>(std::min(255, bgra[2 - c] * 255 / bgra[3]));
      }
      out[3] = bgra[3];
    }
  }
  return bitmap;
}

}  // namespace

struct Font::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  Face() { VITRINE_ASSERT(FT_Init_FreeType(&library) == 0); }
  ~Face() {
    if (face != nullptr) FT_Done_Face(face);
    FT_Done_FreeType(library);
  }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
};

Font::Font(const std::string& file) : face_(std::make_unique<Face>()) {
  if (FT_New_Face(face_->library, file.c_str(), 0, &face_->face) == 0) return;
  throw FileError(
      {file, "cannot be read as a font", "a font that FreeType knows", "other contents", "Install the font again."});
}
Font::~Font() = default;
Font::Font(Font&&) noexcept = default;

bool Font::has(char32_t character) const {
  return FT_Get_Char_Index(face_->face, character) != 0;
}

std::optional<Bitmap> Font::draw(char32_t character, std::size_t size) const {
  FT_Face face = face_->face;
  const unsigned index = FT_Get_Char_Index(face, character);
  const bool coloured = FT_HAS_COLOR(face) && face->num_fixed_sizes > 0;
  const bool sized =
      coloured ? FT_Select_Size(face, 0) == 0 : FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(size)) == 0;
  if (index == 0 || !sized) return {};
  const FT_Int32 flags = coloured ? FT_LOAD_COLOR | FT_LOAD_RENDER : FT_LOAD_RENDER | FT_LOAD_NO_HINTING;
  if (FT_Load_Glyph(face, index, flags) != 0) return {};
  const FT_Bitmap& bitmap = face->glyph->bitmap;
  const bool known = bitmap.pixel_mode == FT_PIXEL_MODE_GRAY || bitmap.pixel_mode == FT_PIXEL_MODE_BGRA;
  if (!known || bitmap.width == 0 || bitmap.rows == 0) return {};
  return copied(bitmap);
}

std::vector<std::string> text_fonts() {
  std::vector<std::string> files = files_of(":lang=en:slant=0:scalable=true:color=false");
  std::erase_if(files, [](const std::string& file) {  // fonts of symbols claim English for a few letters
    return file.find("Symbol") != file.npos || file.find("Emoji") != file.npos || file.find("Math") != file.npos;
  });
  return files;
}

std::optional<std::string> emoji_font() {
  for (const std::string& file : files_of(":lang=und-zsye:color=true")) {
    if (Font(file).has(0x1F600)) return file;
  }
  return {};
}

}  // namespace vitrine::datasets
