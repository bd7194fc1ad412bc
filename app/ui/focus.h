// A Canvas is a drawing that the keyboard can go into. To Tab and the arrows it is one stop; Enter goes in, then arrows
// move a cursor inside, Enter or Space acts there, Esc comes out. Network, plots, heat maps and tables are canvases;
// what their cursor means is theirs.
#pragma once

#include <string_view>

#include "app/ui/item.h"

namespace vitrine::ui {

struct Canvas {
  Item item;
  Point pointer;             // valid while item.hovered or item.held
  bool inside = false;       // the keyboard is in: show the cursor
  int across = 0, down = 0;  // arrows taken this frame while inside, −1 … 1
  bool home = false, end = false, act = false;
  bool let_go = false;   // the pointer's button came up after being pressed here, wherever
  bool clicked = false;  // by the pointer, not dragged away
  bool shift = false;    // held with one of the above
};

// `inside` is the caller's memory between frames. Pressing the pointer takes the keyboard, as with any item.
Canvas canvas(Ui& ui, std::string_view id, const Rect& rect, bool& inside, ItemOptions options = {});

// The pointer is in that part of the window that is being drawn, with nothing over it.
bool pointed_in(const Rect& rect);

// The pointer is in that part, or the keyboard at the canvas: time to hold out what can be done with it.
bool in_use(const Canvas& c, const Rect& rect);

// The part of the window that is being drawn: what a read-out must not leave.
Rect region();

}  // namespace vitrine::ui
