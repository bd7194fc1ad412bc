// A Figure is one widget drawn alone, for a paper or a slide: the same drawing code in a window of its own, at rest and
// three times as fine, kept as pixels or written down as vectors.
#pragma once

#include <functional>
#include <string>

#include "app/ui/ui.h"

namespace vitrine::ui {

inline constexpr float kFigureScale = 3;

struct Figure {
  Look look = Look::light;
  float width = 0, height = 0;  // px at 100 %, without the margin
  bool compact = false;
  std::function<void(Ui&, const Rect&)> draw;
};

std::string figure_png(const Figure& figure);
std::string figure_svg(const Figure& figure);

}  // namespace vitrine::ui
