// Faces found by fontconfig and measured by FreeType; the only file that knows either.
#include "app/ui/fonts.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <fontconfig/fontconfig.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::ui {
namespace {

constexpr std::size_t kFontBytes = std::size_t{64} << 20;  // no text face is larger
constexpr int kAtlasWidth = 2048;                          // every OpenGL 3 has textures this wide

// Latin-1 and Latin Extended-A (ŷ), Greek, punctuation, sub- and superscripts, currency, letterlike, arrows,
// mathematics, shapes; combining hat, macron and dot.
constexpr ImWchar kText[] = {0x20,   0x17F,  0x300,  0x308,  0x370,  0x3FF,  0x1D40, 0x1D40, 0x1D62, 0x1D65, 0x2010,
                             0x2027, 0x2030, 0x203A, 0x2070, 0x209F, 0x20AC, 0x20AC, 0x2102, 0x2102, 0x210D, 0x210D,
                             0x2115, 0x2115, 0x211A, 0x211D, 0x2124, 0x2124, 0x2190, 0x21FF, 0x2200, 0x22FF, 0x25A0,
                             0x25FF, 0x2713, 0x2717, 0x27E8, 0x27E9, 0x2C7C, 0x2C7C, 0};
constexpr ImWchar kLarge[] = {0x20,   0x17F,  0x391,  0x3C9,  0x2010, 0x2026, 0x2070, 0x209F, 0x2190,
                              0x2193, 0x2202, 0x2202, 0x2211, 0x221E, 0x2248, 0x2265, 0};

enum class Cut { regular, medium, semibold };
struct Face {
  bool display, mono;
  Cut cut;
};
constexpr Face kFaces[kTypes] = {
    {true, false, Cut::semibold},  {true, false, Cut::semibold}, {true, false, Cut::medium},
    {false, false, Cut::semibold}, {false, false, Cut::regular}, {false, false, Cut::medium},
    {false, false, Cut::regular},  {false, false, Cut::medium},  {false, true, Cut::regular}};

struct Found {
  std::string path;
  int index = 0;
  explicit operator bool() const { return !path.empty(); }
};

class Fontconfig {
 public:
  Fontconfig() : config_(FcInitLoadConfigAndFonts()) {}
  ~Fontconfig() {
    if (config_) FcConfigDestroy(config_);
  }
  Fontconfig(const Fontconfig&) = delete;
  Fontconfig& operator=(const Fontconfig&) = delete;

  // The face of exactly that family, at the nearest weight; nothing when the family is not installed.
  Found find(const char* family, int weight) const {
    if (!config_) return {};
    FcPattern* pattern = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger, weight,
                                        FC_SLANT, FcTypeInteger, FC_SLANT_ROMAN, FC_WIDTH, FcTypeInteger,
                                        FC_WIDTH_NORMAL, FC_VARIABLE, FcTypeBool, FcFalse, nullptr);
    FcConfigSubstitute(config_, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultNoMatch;
    FcPattern* match = FcFontMatch(config_, pattern, &result);
    Found found;
    if (match) {
      FcChar8 *name = nullptr, *file = nullptr;
      bool same = false;
      for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; ++i)
        same = same || FcStrCmpIgnoreCase(name, reinterpret_cast<const FcChar8*>(family)) == 0;
      if (same && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch) {
        found.path = reinterpret_cast<const char*>(file);
        FcPatternGetInteger(match, FC_INDEX, 0, &found.index);
      }
      FcPatternDestroy(match);
    }
    FcPatternDestroy(pattern);
    return found;
  }

 private:
  FcConfig* config_;
};

Found find_face(const Fontconfig& fonts, const Face& face, std::string& family) {
  if (face.mono) return fonts.find("DejaVu Sans Mono", FC_WEIGHT_REGULAR);
  int weight = face.cut == Cut::regular  ? FC_WEIGHT_REGULAR
               : face.cut == Cut::medium ? FC_WEIGHT_MEDIUM
                                         : FC_WEIGHT_DEMIBOLD;
  int stand_in = face.cut == Cut::regular ? FC_WEIGHT_REGULAR : FC_WEIGHT_BOLD;  // others have two weights only
  struct {
    const char* name;
    int weight;
  } const order[] = {{face.display ? "Inter Display" : "Inter", weight},
                     {"Inter", weight},
                     {"Noto Sans", stand_in},
                     {"DejaVu Sans", stand_in}};
  for (const auto& one : order) {
    if (Found found = fonts.find(one.name, one.weight)) {
      if (!face.display) family = one.name;
      return found;
    }
  }
  return {};
}

class FreeType {
 public:
  FreeType() { FT_Init_FreeType(&library_); }
  ~FreeType() {
    for (auto& [key, face] : faces_) FT_Done_Face(face);
    FT_Done_FreeType(library_);
  }
  FreeType(const FreeType&) = delete;
  FreeType& operator=(const FreeType&) = delete;

  const std::string& bytes(const Found& found) {
    auto [at, is_new] = bytes_.try_emplace(found.path);
    if (is_new) at->second = read_file(found.path, kFontBytes);
    return at->second;
  }
  // Null when the file is no font.
  FT_Face face(const Found& found) {
    auto key = std::make_pair(found.path, found.index);
    if (auto at = faces_.find(key); at != faces_.end()) return at->second;
    const std::string& data = bytes(found);
    FT_Face opened = nullptr;
    if (FT_New_Memory_Face(library_, reinterpret_cast<const FT_Byte*>(data.data()), static_cast<FT_Long>(data.size()),
                           found.index, &opened) != 0 ||
        !FT_IS_SCALABLE(opened))
      return nullptr;
    return faces_[key] = opened;
  }

 private:
  FT_Library library_ = nullptr;
  std::map<std::string, std::string> bytes_;
  std::map<std::pair<std::string, int>, FT_Face> faces_;
};

// Dear ImGui sizes a face by ascender − descender; the type table by the em.
float builder_size(FT_Face face, float em) {
  return em * static_cast<float>(face->ascender - face->descender) / static_cast<float>(face->units_per_EM);
}

// The builder rounds every advance up, which spreads small text apart. With the true ones a line is as long as it was
// designed; ui::glyphs puts each glyph on the nearest pixel, where it is sharp.
void set_true_advances(ImFont* font, float em, FT_Face first, FT_Face second) {
  for (FT_Face face : {first, second})
    if (face) FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(std::lround(em)));
  for (ImFontGlyph& glyph : font->Glyphs) {
    FT_Face face = FT_Get_Char_Index(first, glyph.Codepoint) ? first : second;
    FT_UInt index = face ? FT_Get_Char_Index(face, glyph.Codepoint) : 0;
    if (index == 0 || FT_Load_Glyph(face, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) continue;
    glyph.AdvanceX = static_cast<float>(face->glyph->linearHoriAdvance) / 65536.0f;
    font->IndexAdvanceX[static_cast<int>(glyph.Codepoint)] = glyph.AdvanceX;
  }
}

// A face of the letters that are being built, with the signs it lacks from the spare one.
class FaceAdder {
 public:
  FaceAdder(ImFontAtlas& atlas, FreeType& freetype, Found spare, float body)
      : atlas_(atlas),
        freetype_(freetype),
        spare_(std::move(spare)),
        spare_face_(spare_ ? freetype.face(spare_) : nullptr),
        body_(body) {}

  FT_Face spare_face() const { return spare_face_; }

  struct Added {
    ImFont* font = nullptr;  // null: not even the spare one is there
    FT_Face source = nullptr;
  };
  Added add(const Found& found, float em) {
    const FT_Face face = found ? freetype_.face(found) : spare_face_;
    if (!face) return {};
    ImFont* font = add(found ? found : spare_, face, em, false);
    if (spare_face_ && face != spare_face_) add(spare_, spare_face_, em, true);
    return {font, face};
  }

 private:
  ImFont* add(const Found& from, FT_Face face, float em, bool merge) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.FontNo = from.index;
    config.MergeMode = merge;
    config.PixelSnapH = true;
    const std::string& data = freetype_.bytes(from);
    return atlas_.AddFontFromMemoryTTF(const_cast<char*>(data.data()), static_cast<int>(data.size()),
                                       builder_size(face, em), &config, em > body_ ? kLarge : kText);
  }

  ImFontAtlas& atlas_;
  FreeType& freetype_;
  Found spare_;
  FT_Face spare_face_;
  float body_;
};

}  // namespace

Fonts::Fonts(float scale) : atlas_(std::make_unique<ImFontAtlas>()) {
  texture_.key = "fonts";
  texture_.filter = Filter::linear;
  rebuild(scale);
}

Fonts::~Fonts() = default;

void Fonts::rebuild(float scale) {
  if (scale == scale_) return;
  scale_ = scale;
  note_.clear();
  family_.clear();
  atlas_->Clear();
  atlas_->TexDesiredWidth = kAtlasWidth;
  atlas_->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas_->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  const Theme theme(Look::dark, scale);
  const Fontconfig fontconfig;
  FreeType freetype;
  FaceAdder adder(*atlas_, freetype, fontconfig.find("DejaVu Sans", FC_WEIGHT_REGULAR), theme.size(Type::body));
  std::array<FT_Face, kTypes> sources{};
  for (std::size_t i = 0; i < kTypes; ++i) {
    const float em = theme.size(static_cast<Type>(i));
    const auto added = adder.add(find_face(fontconfig, kFaces[i], family_), em);
    sources[i] = added.source;
    faces_[i] = added.font ? added.font : add_built_in(em);
  }
  if (note_.empty() && family_ != "Inter") note_ = "The font Inter was not found; " + family_ + " is used.";
  build_texture();
  for (std::size_t i = 0; i < kTypes; ++i) {
    if (sources[i]) set_true_advances(faces_[i], theme.size(static_cast<Type>(i)), sources[i], adder.spare_face());
    measure(i);
  }
  atlas_->ClearInputData();
}

ImFont* Fonts::add_built_in(float em) {
  note_ = "No text font was found, so a small built-in one is used. Install the package fonts-inter or fonts-dejavu.";
  ImFontConfig config;
  config.SizePixels = em;
  return atlas_->AddFontDefault(&config);
}

void Fonts::build_texture() {
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas_->GetTexDataAsRGBA32(&pixels, &width, &height);
  texture_.image = Image(width, height);
  std::memcpy(texture_.image.rgba.data(), pixels, texture_.image.rgba.size());
  ++texture_.version;
  atlas_->ClearTexData();
}

void Fonts::measure(std::size_t type) {
  ImFont* font = faces_[type];
  digit_[type] = 0;
  for (ImWchar c = '0'; c <= '9'; ++c) digit_[type] = std::max(digit_[type], font->GetCharAdvance(c));
  const ImFontGlyph* capital = font->FindGlyph('H');
  cap_[type] = capital ? std::round(capital->Y1 - capital->Y0) : font->FontSize / 2;
}

float Fonts::ascent(Type type) const {
  return std::round(font(type)->Ascent);
}
float Fonts::cap_height(Type type) const {
  return cap_[static_cast<std::size_t>(type)];
}
float Fonts::digit_width(Type type) const {
  return digit_[static_cast<std::size_t>(type)];
}

std::vector<char32_t> Fonts::missing(std::string_view text, Type type) const {
  std::vector<char32_t> lacking;
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    unsigned c = 0;
    at += std::max(1, ImTextCharFromUtf8(&c, at, end));
    if (c < 0x20 || font(type)->FindGlyphNoFallback(static_cast<ImWchar>(c))) continue;
    if (std::find(lacking.begin(), lacking.end(), char32_t{c}) == lacking.end()) lacking.push_back(c);
  }
  return lacking;
}

}  // namespace vitrine::ui
