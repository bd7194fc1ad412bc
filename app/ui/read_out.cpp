// Captions, numbers, units: aligned, of constant width.
#include "app/ui/read_out.h"

#include <algorithm>

#include "app/ui/draw.h"

namespace vitrine::ui {

float read_out_width(const Ui& ui, const ReadOut& out) {
  float number_room =
      std::max(number_width(ui, out.value, Type::value, out.unit), number_width(ui, out.widest, Type::value, out.unit));
  return snap(std::max(text_width(ui, Type::small, out.caption), number_room));
}

float read_out(Ui& ui, const Rect& box, const ReadOut& out) {
  const Theme& theme = ui.theme;
  float width = read_out_width(ui, out), first = theme.line(Type::small), second = theme.line(Type::value);
  Rect lines = box.centred(box.w, first + second);
  text(ui, snap(Rect{box.x, lines.y, width, first}), out.caption, {.type = Type::small, .colour = theme->ink3});
  Rect below = snap(Rect{box.x, lines.y + first, width, second});
  number(ui, below.x, below.right(), baseline_in(ui, below, Type::value), out.value,
         {.align = Align::left, .unit = out.unit});
  return width;
}

float big_number(Ui& ui, const Rect& box, std::string_view value, std::string_view unit, std::string_view caption,
                 bool quiet) {
  const Theme& theme = ui.theme;
  Rect left = box;
  Rect line = left.take_top(theme.line(Type::big));
  number(ui, line.x, line.right(), baseline_in(ui, line, Type::big), value,
         {.type = Type::big, .colour = quiet ? theme->ink3 : theme->ink, .align = Align::left, .unit = unit});
  text(ui, left.take_top(theme.line(Type::small)), caption, {.type = Type::small, .colour = theme->ink3});
  return box.h - left.h;
}

}  // namespace vitrine::ui
