// The protocol of canvases: in with Enter, about with arrows, out with Esc.
#include "app/ui/focus.h"

#include "app/ui/draw.h"

namespace vitrine::ui {

Canvas canvas(Ui& ui, std::string_view id, const Rect& rect, bool& inside, ItemOptions options) {
  using imgui_compat::pressed;
  options.enter_presses = false;
  Canvas c;
  c.item = item(ui, id, rect, options);
  Item& it = c.item;
  ImVec2 mouse = ImGui::GetIO().MousePos;
  c.pointer = {mouse.x, mouse.y};
  if (it.hovered || it.held) ui.spot = rect;
  bool escape = pressed(Key::escape);
  if (inside && escape && !it.has_keys) {  // Dear ImGui takes the keyboard away on Esc: only the inside was meant
    imgui_compat::focus_item(it.id);
    it.has_keys = true;
    it.focused = imgui_compat::focus_visible();
  }
  bool by_pointer = ImGui::IsMouseReleased(0) || ImGui::IsMouseClicked(0);
  c.let_go = ImGui::IsItemDeactivated() && ImGui::IsMouseReleased(0);
  bool enter = (it.has_keys && pressed(Key::enter)) || (it.pressed && !by_pointer);
  c.clicked = it.pressed && by_pointer;
  if (!it.has_keys || escape || ImGui::IsMouseClicked(0)) {
    inside = false;
  } else if (!inside) {
    inside = enter;
  } else {
    imgui_compat::keep_arrows(it.id);
    c.across = pressed(Key::right, true) - pressed(Key::left, true);
    c.down = pressed(Key::down, true) - pressed(Key::up, true);
    c.home = pressed(Key::home);
    c.end = pressed(Key::end);
    c.act = enter;
    c.shift = imgui_compat::held(Key::shift);
  }
  if (const auto pose = ui.poses.find(id); pose != ui.poses.end()) {
    inside = pose->second == Pose::inside;
    if (it.hovered) c.pointer = rect.centre();
  }
  c.inside = inside;
  if (it.focused && !inside) focus_ring(ui, rect, ui.theme.px(measure::radius_tile));
  return c;
}

bool pointed_in(const Rect& rect) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return ImGui::IsWindowHovered() && rect.holds(Point{mouse.x, mouse.y});
}

bool in_use(const Canvas& c, const Rect& rect) {
  return c.inside || c.item.focused || c.item.hovered || pointed_in(rect);
}

Rect region() {
  ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  return {at.x, at.y, size.x, size.y};
}

}  // namespace vitrine::ui
