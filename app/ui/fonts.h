// Fonts are the faces of the type table, found through fontconfig, drawn by FreeType into one atlas for one scale, with
// the characters of Latin, Greek, arrows, mathematics, sub- and superscripts. What the sans lacks comes from DejaVu
// Sans.
#pragma once

#include <imgui.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/texture.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

class Fonts {
 public:
  explicit Fonts(float scale);
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  void rebuild(float scale);  // between frames; the atlas texture gets a new version
  float scale() const { return scale_; }

  ImFontAtlas* atlas() { return atlas_.get(); }        // for ImGui::CreateContext
  const Texture& texture() const { return texture_; }  // to be uploaded; its id goes to atlas()->SetTexID
  ImFont* font(Type type) const { return faces_[static_cast<std::size_t>(type)]; }
  float ascent(Type type) const;                         // from the top of a drawn run to its baseline
  float cap_height(Type type) const;                     // of an H: what vertical centring centres
  float digit_width(Type type) const;                    // of the widest digit: the cell of ui::number
  const std::string& note() const { return note_; }      // a sentence when a face had to be replaced; else empty
  const std::string& family() const { return family_; }  // "Inter"

  // The characters of a text (UTF-8) that this face cannot show.
  std::vector<char32_t> missing(std::string_view text, Type type = Type::body) const;

 private:
  ImFont* add_built_in(float em);
  void build_texture();
  void measure(std::size_t type);

  float scale_ = 0;
  std::unique_ptr<ImFontAtlas> atlas_;
  std::array<ImFont*, kTypes> faces_{};
  std::array<float, kTypes> digit_{};
  std::array<float, kTypes> cap_{};
  Texture texture_;
  std::string note_, family_;
};

}  // namespace vitrine::ui
