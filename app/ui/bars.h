// Bars compare a few numbers with names: label at the left, number at the right, and below them a track filled as far
// as the number goes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/number.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

struct Bar {
  std::string label;
  double value = 0;
  Colour colour = 0;      // 0 = ink 2
  std::string text = {};  // empty: the value
};

struct Bars {
  std::string_view heading = {};
  std::span<const Bar> bars = {};
  double full = 0;  // what fills the track; 0: the longest does
};

struct BarsState {
  bool inside = false;
  int cursor = 0;
};

// A negative value grows from the right end of its track. Returns the bar that is pointed at, −1 when none is.
int bars(Ui& ui, std::string_view id, const Rect& rect, const Bars& bars, BarsState& state);
std::size_t bars_that_fit(const Ui& ui, const Rect& rect);  // below the heading
std::string csv(const Bars& bars);

}  // namespace vitrine::ui
