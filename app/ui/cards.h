// Cards speak to the person: the help of a control, the toast after an action, the banner of an error, the sentence in
// place of what is absent, the line of long work.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/icons.h"
#include "app/ui/item.h"

namespace vitrine::ui {

// Raised, 300 wide, in the window: beside the anchor, or where it stands in a row of neighbours above or below that.
Rect help_card(Ui& ui, const Rect& anchor, const Help& help, const Rect& row = {});  // where it stands
void show_toast(Ui& ui, std::string text, std::string action = {});  // 4 s, one at a time; end_frame draws it

// What end_frame draws: one line on an ink ground. True when its action was taken.
float toast_width(const Ui& ui, const Toast& toast);
bool toast_card(Ui& ui, const Rect& box, std::string_view id, const Toast& toast);

// Pushes content: takes its height off the top of `column`. Returns the index of the action pressed (0 the remedy,
// 1 Copy, 2 the cross) or −1.
struct ErrorText {
  std::string fact = {}, remedy = {},
              action = {};  // "beats.csv: line 41 has 139 values", "Expected 140 …", "Drop the row"
};
int error_banner(Ui& ui, Rect& column, std::string_view id, const ErrorText& error);

// In place of what is not there. True when its action was taken.
bool empty_state(Ui& ui, const Rect& rect, std::string_view id, Icon icon, std::string_view fact,
                 std::string_view detail, std::string_view action = {});
// A sentence, what is left, a cross, and a bar (0 … 1). True when it was cancelled.
bool long_work(Ui& ui, const Rect& rect, std::string_view id, std::string_view what, std::string_view left,
               float progress);
float long_work_height(const Ui& ui);

}  // namespace vitrine::ui
