// Fonts are slow to build and the same for every window of a scale: the tests of one program share them.
#pragma once

#include <map>
#include <memory>

#include "app/ui/fonts.h"

namespace vitrine::ui {

inline std::shared_ptr<Fonts> fonts_at(float scale) {
  static std::map<float, std::shared_ptr<Fonts>> built;
  auto& fonts = built[scale];
  if (!fonts) fonts = std::make_shared<Fonts>(scale);
  return fonts;
}

}  // namespace vitrine::ui
