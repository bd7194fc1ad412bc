// Bars compare a few numbers with names: label at the left, number at the right, and below them a track filled as far
// as the number goes.
#pragma once

#include <span>
#include <string>

#include "app/ui/number.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

struct Bar {
  std::string label;
  double value = 0;
  Colour colour = 0;      // 0 = ink 2
  std::string text = {};  // empty: the value
};

// The longest fills the track, unless `full` says what does. A negative one grows from the right end of its track.
// Returns the height used.
float bars(Ui& ui, const Rect& rect, std::span<const Bar> bars, double full = 0);
float bars_height(const Ui& ui, std::size_t count);

}  // namespace vitrine::ui
