// A row is one setting in the controls column: its label at the left, its value at the right, and the means to change
// it. Rows take plain values and tell what happened to them; which control they belong to is the caller's business.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/item.h"
#include "app/ui/number.h"

namespace vitrine::ui {

// changed: still being moved, show it; committed: done, remember it; reset: the person wants the default back.
enum class Edit { none, changed, committed, reset };

struct Row {
  std::string_view id;  // unique among its neighbours; the control's path
  std::string_view label;
  Help help = {};
  std::string_view disabled = {};  // the reason; empty when it can be used
  bool modified = false;           // differs from its default: a dot, which a click takes back
};

struct RealScale {
  double low = 0, high = 1;  // of the track
  double most = 0;           // what may be typed beyond; below high: nothing
  bool logarithmic = false;
  double step = 0;             // of one arrow key; 0 = a hundredth of the track
  std::string_view unit = {};  // "%", "px"
  double shown_factor = 1;     // value × this is what is shown and typed (100 for per cent)
  NumberFormat format = {.trim = true};
};
struct IntegerScale {
  std::int64_t low = 0, high = 1;
  std::int64_t most = 0;
  bool logarithmic = false;
  std::int64_t step = 1;
  std::string_view unit = {};
};

// Keys: Left, Right one step (Shift × 10, Alt ÷ 10), Home, End, Delete = default, Enter or double click = type a value.
Edit slider_row(Ui& ui, const Rect& rect, const Row& row, double& value, const RealScale& scale);
Edit integer_row(Ui& ui, const Rect& rect, const Row& row, std::int64_t& value, const IntegerScale& scale);
Edit toggle_row(Ui& ui, const Rect& rect, const Row& row, bool& value);
Edit choice_row(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> options);
Edit text_row(Ui& ui, const Rect& rect, const Row& row, std::string& value);
// Two to four short options; the label is drawn above when it is not empty.
Edit segmented(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> options);
// Lines of text, one of which is chosen: Up and Down move, a click or Space chooses.
Edit list(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> lines);

// Heights to cut off a column; compact measures where the theme is compact.
float slider_height(const Ui& ui);
float choice_height(const Ui& ui);  // choice, toggle, text
float segmented_height(const Ui& ui, bool labelled);
// A heading of a group in section style; cut heading_height off the column.
void heading(Ui& ui, const Rect& rect, std::string_view text);
float heading_height(const Ui& ui);

}  // namespace vitrine::ui
