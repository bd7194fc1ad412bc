// A Menu is a raised card of rows that lies over the window until one is chosen or the person looks elsewhere.
#pragma once

#include <span>
#include <string>

#include "app/ui/ui.h"

namespace vitrine::shell {

struct MenuRow {
  std::string label, detail;  // detail: keys or a remark, at the right
  bool chosen = false;        // a tick
  bool enabled = true;
};

class Popup {
 public:
  Popup(ui::Ui& ui, const char* id, const ui::Rect& place);  // shown while ImGui says it is open
  ~Popup();
  Popup(const Popup&) = delete;
  Popup& operator=(const Popup&) = delete;
  explicit operator bool() const { return open_; }

 private:
  ui::Ui& ui_;
  ui::Colour before_;
  bool open_;
};

float menu_height(const ui::Ui& ui, std::size_t rows);
// Draws rows off the top of `rect` and returns the one that was pressed, or −1. `marked` lies under a hover overlay.
int menu_rows(ui::Ui& ui, ui::Rect& rect, std::span<const MenuRow> rows, int marked = -1);

}  // namespace vitrine::shell
