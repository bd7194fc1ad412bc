// Raised cards and their rows.
#include "app/shell/menu.h"

#include "app/ui/draw.h"
#include "app/ui/icons.h"
#include "app/ui/item.h"

namespace vitrine::shell {

using namespace ui;

Popup::Popup(Ui& ui, const char* id, const Rect& place) : ui_(ui), before_(ui.ground) {
  ImGui::SetNextWindowPos(top_left(place));
  ImGui::SetNextWindowSize({place.w, place.h});
  open_ = ImGui::BeginPopup(id, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
  if (!open_) return;
  ui_.ground = ui.theme->raised;
  outline(ui, place, ui.theme.ink_share(ui.theme->raised_edge), 1, ui.theme.px(measure::radius_pane));
}

Popup::~Popup() {
  if (open_) ImGui::EndPopup();
  ui_.ground = before_;
}

float menu_height(const Ui& ui, std::size_t rows) {
  return snap(ui.theme.px(measure::menu_row) * static_cast<float>(rows)) + ui.theme.u(4);
}

int menu_rows(Ui& ui, Rect& rect, std::span<const MenuRow> rows, int marked) {
  const Theme& theme = ui.theme;
  int pressed = -1;
  rect.take_top(theme.u(2));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const MenuRow& row = rows[i];
    const Rect all = rect.take_top(theme.px(measure::menu_row));
    const Rect bar = all.inset(theme.u(2), 0);
    const Item it = item(ui, "row" + std::to_string(i), bar, {.disabled = row.enabled ? "" : "Not possible now."});
    const bool lit = (row.enabled && it.hovered) || static_cast<int>(i) == marked;
    if (it.pressed) pressed = static_cast<int>(i);
    const Ground ground(ui, lit ? theme.overlay(Overlay::tray, ui.ground) : ui.ground);
    if (lit) fill(ui, bar, ui.ground, theme.px(measure::radius_button));
    if (it.focused) focus_ring(ui, bar.inset(theme.px(measure::focus_gap)), theme.px(measure::radius_button));
    const float edge = theme.px(measure::icon), left = bar.x + theme.u(2);
    if (row.chosen) icon(ui, Icon::check, {left + edge / 2, bar.middle_y()}, edge, theme->accent);
    const float x = left + edge + theme.u(2), right = bar.right() - theme.u(2);
    const float used = row.detail.empty() ? 0 : text_width(ui, Type::small, row.detail) + theme.u(3);
    text(ui, {x, bar.y, right - used - x, bar.h}, row.label,
         {.colour = row.enabled ? theme->ink : theme->ink2, .may_cut = true});
    text(ui, {right - used, bar.y, used, bar.h}, row.detail,
         {.type = Type::small, .colour = theme->ink2, .align = Align::right, .may_cut = true});
  }
  rect.take_top(theme.u(2));
  return pressed;
}

}  // namespace vitrine::shell
