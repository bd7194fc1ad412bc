// An ImageGrid shows pictures as square crops, ten thousand as easily as ten: only those in sight are asked for. One is
// chosen; those whose class is wrong say so.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/ui/draw.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct ImageGrid {
  std::int64_t count = 0;
  float edge = 64;                                      // px at 100 %
  std::function<const Texture*(std::int64_t)> picture;  // null: still loading
  std::function<bool(std::int64_t)> wrong = {};         // its class is not what was answered
  std::function<std::string(std::int64_t)> name = {};   // in the read-out
  Rect heading_line = {};  // what is left of the line above it, to offer itself on; empty: it offers nothing
};

struct ImageGridState {
  bool inside = false;
  std::int64_t cursor = 0;
  float scrolled = 0;  // px at 100 % from the top
};

// True when a picture was chosen just now: it is selection.chosen. The wheel and the keys scroll.
bool image_grid(Ui& ui, std::string_view id, const Rect& rect, const ImageGrid& grid, ImageGridState& state,
                Selection& selection);
std::string csv(const ImageGrid& grid);

}  // namespace vitrine::ui
