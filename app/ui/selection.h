// A Selection is which item all widgets of one view point at: a picture, a recording, a word, by its number. The view
// owns one and hands it to each widget; hover an item in one, and the others ring the same item.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace vitrine::ui {

struct Selection {
  static constexpr std::int64_t kNone = -1;
  std::int64_t hovered = kNone, chosen = kNone;
  ImGuiID by = 0;  // the widget that points

  // Only the widget that began to point may end it.
  void point(ImGuiID widget, std::int64_t item) {
    if (item != kNone) {
      hovered = item, by = widget;
    } else if (by == widget) {
      hovered = kNone, by = 0;
    }
  }
};

}  // namespace vitrine::ui
