// What all rows share: where the label stands, the hovered ground, the dot of a modified value, the field in place of a
// value. Used by the row files only.
#pragma once

#include <string>

#include "app/ui/rows.h"

namespace vitrine::ui {

float slider_baseline(const Ui& ui, const Rect& rect);
void row_label(Ui& ui, const Rect& rect, float baseline, const Row& row, bool hovered, float value_width = 0);
// Draws the overlay of a hovered row; returns the ground that text stands on.
Colour row_ground(Ui& ui, const Rect& rect, const Row& row, const Item& it);
bool modified_dot(Ui& ui, const Rect& rect, float baseline, const Row& row);  // true when it was clicked

// The value of one row at a time may be a field: ui.editing says which.
bool editing(const Ui& ui, const Row& row);
void open_field(Ui& ui, ImGuiID id, std::string text);
Typing value_field(Ui& ui, const Rect& rect, float baseline, const Row& row);  // closes itself when done

// The menu under a rectangle, while its popup is open: options with a tick before the current one (value; none below
// 0), filtered by what is typed. True when another was chosen.
// Its lines alone, cut off the top of a column on the raised ground. The line pressed, −1 when none was.
int menu_lines(Ui& ui, Rect& column, int value, std::span<const std::string> options);
bool menu(Ui& ui, const Rect& rect, const char* popup, int& value, std::span<const std::string> options);

}  // namespace vitrine::ui
