// Icons are drawn on a grid of 16 units with a stroke of 1.5, from lines, arcs and filled polygons only, so they follow
// the scale and the rasteriser alike. The mark is a pane and its edge.
#pragma once

#include "app/ui/ui.h"

namespace vitrine::ui {

enum class Icon {
  none,
  play,
  pause,
  step,
  reset,
  back,
  down,
  right,
  search,
  help,
  full,
  story,
  present,
  more,
  gallery,
  plus,
  minus,
  fork,
  dice,
  check,
  cross,
  camera,
  chip,
  save,
  lock,
  pen,
  warn
};
inline constexpr int kIcons = 27;

// Centred at a point; size is the edge of its square in device pixels (Theme::px(measure::icon)).
void icon(Ui& ui, Icon which, Point centre, float size, Colour colour);
void mark(Ui& ui, const Rect& box);

}  // namespace vitrine::ui
