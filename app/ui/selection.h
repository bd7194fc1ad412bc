// A Selection is which item all widgets of one view point at: a picture, a recording, a run, by its number. The view
// owns one and hands it to each widget; point at an item in one, and the others mark the same item. What stands for
// many items, a bar or a cell, points at all of them, and pressing it again and again goes through them.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace vitrine::ui {

struct Selection {
  static constexpr std::int64_t kNone = -1;
  std::int64_t hovered = kNone, chosen = kNone;
  std::vector<std::int64_t> group = {};  // ascending: all items of the bar or cell that is pointed at
  ImGuiID by = 0;                        // the widget that points

  // Only the widget that began to point may end it.
  void point(ImGuiID widget, std::int64_t item) {
    if (item != kNone) {
      hovered = item, by = widget;
      group.clear();
    } else if (by == widget) {
      *this = {.chosen = chosen};
    }
  }
  // At many: the one that is chosen already stands for them, else the first.
  void point_at_all(ImGuiID widget, std::vector<std::int64_t> items) {
    point(widget, items.empty() ? kNone : within(items, chosen) ? chosen : items.front());
    if (!items.empty()) group = std::move(items);
  }
  bool lit(std::int64_t item) const { return item != kNone && (item == hovered || within(group, item)); }
  // The one after what is chosen, round and round; true when there is one.
  bool choose_next(std::span<const std::int64_t> items) {
    if (items.empty()) return false;
    const auto next = std::upper_bound(items.begin(), items.end(), chosen);
    chosen = hovered = next == items.end() ? items.front() : *next;
    return true;
  }

 private:
  static bool within(std::span<const std::int64_t> items, std::int64_t item) {
    return std::binary_search(items.begin(), items.end(), item);
  }
};

}  // namespace vitrine::ui
