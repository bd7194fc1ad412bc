// Offers are what a widget's heading holds out while the widget is in use: its own switches as words, or in the menu
// where the line has no room for them, and one icon with a menu that copies its numbers or its text, or saves it as a
// picture. Saved files go to the Ui's outbox.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/ui.h"
#include "app/work/words.h"

namespace vitrine::ui {

struct Switch {
  std::string_view word;  // "log": also its id
  bool on = false;
};

struct Export {
  std::string_view name;                       // of the file, and an id of its own: the widget's
  Rect rect = {};                              // as large as on screen
  std::function<std::string()> csv;            // a head, then a row for each item
  std::function<void(Ui&, const Rect&)> draw;  // the widget itself, at rest
  bool is_text = false;                        // a program: it has lines instead of rows
};

// Of a plot that says its numbers by csv(plot): drawn alone it has a memory of its own, which begins as given.
template <class Plot, class State, class Draw, class... More>
Export export_of(std::string_view id, const Rect& rect, const Plot& plot, const State& state, Draw draw, More... more) {
  return {.name = id,
          .rect = rect,
          .csv = [&plot] { return csv(plot); },
          .draw =
              [=, &plot](Ui& page, const Rect& whole) {
                State own = state;
                draw(page, id, whole, plot, own, more...);
              }};
}

// At the left of the line that plot_heading left. Returns the switch that was turned, −1 when none was.
int offers(Ui& ui, const Rect& line, bool in_use, std::span<const Switch> switches, const Export& out);
inline int offers(Ui& ui, const Rect& line, bool in_use, const Export& out) {
  return offers(ui, line, in_use, {}, out);
}

void copy_lines(Ui& ui, std::span<const std::string> lines);  // and says so
float offers_width(const Ui& ui);                             // of the icon alone: what must be free for it

using work::csv_field;

}  // namespace vitrine::ui
