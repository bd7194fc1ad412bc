// Rows that choose: toggle, choice with its menu, segments, text, list.
#include <algorithm>
#include <cctype>

#include "app/ui/draw.h"
#include "app/ui/fonts.h"
#include "app/ui/icons.h"
#include "app/ui/row_parts.h"

namespace vitrine::ui {
namespace {

constexpr float kMenuPadding = 1.5f;  // units round the rows of a menu
constexpr float kTickColumn = 9;      // units left of a menu's labels

bool asks_reset(const Item& it, const Row& row) {
  return row.disabled.empty() && it.has_keys && imgui_compat::pressed(Key::remove);
}

// Plain ASCII letters match either case; others as they are.
bool has_word(std::string_view text, std::string_view word) {
  auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

void take_typing(std::string& filter) {
  for (ImWchar c : ImGui::GetIO().InputQueueCharacters)
    if (c > 0x20 && c < 0x7F) filter += static_cast<char>(c);
  if (imgui_compat::pressed(Key::backspace, true) && !filter.empty()) filter.pop_back();
}

}  // namespace

int menu_lines(Ui& ui, Rect& column, int value, std::span<const std::string> options) {
  const Theme& theme = ui.theme;
  const float pitch = snap(theme.px(measure::menu_row));
  int pressed = -1;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const std::string& option = options[static_cast<std::size_t>(i)];
    if (!has_word(option, ui.menu_filter)) continue;
    Rect line = column.take_top(pitch);
    ImGui::PushID(i);
    Item it = item(ui, option, line);
    ImGui::PopID();
    if (i == value) ImGui::SetItemDefaultFocus();
    if (it.pressed) pressed = i;
    if (!it.visible) continue;
    bool lit = it.hovered || it.focused;
    if (lit) fill(ui, line, theme.overlay(Overlay::quiet), theme.px(measure::radius_cell));
    Ground row_ground(ui, lit ? theme.overlay(Overlay::quiet, ui.ground) : ui.ground);
    float mark_size = theme.px(measure::icon);
    if (i == value) icon(ui, Icon::check, {line.x + theme.u(4), line.middle_y()}, mark_size, theme->accent);
    Rect label = line;
    label.take_left(theme.u(kTickColumn));
    text(ui, label, option, {.type = i == value ? Type::value : Type::body});
  }
  return pressed;
}

bool menu(Ui& ui, const Rect& rect, const char* popup, int& value, std::span<const std::string> options) {
  const Theme& theme = ui.theme;
  float pitch = snap(theme.px(measure::menu_row)), pad = theme.u(kMenuPadding), width = rect.w;
  for (const std::string& option : options)
    width = std::max(width, text_width(ui, Type::value, option) + theme.u(kTickColumn + 4) + 2 * pad);
  float rows = static_cast<float>(options.size()) + (ui.menu_filter.empty() ? 0.0f : 1.0f);
  float height = std::min(rows * pitch + 2 * pad, ui.window().h - 2 * theme.u(2));
  Rect box{std::min(rect.x, ui.window().right() - width - theme.u(1)), rect.bottom(), width, height};
  if (box.bottom() > ui.window().bottom()) box.y = std::max(rect.y - height, theme.u(2));
  box = snap(box);
  ImGui::SetNextWindowPos(top_left(box));
  ImGui::SetNextWindowSize({box.w, box.h});
  if (!ImGui::BeginPopup(popup, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings)) return false;
  bool opened = ImGui::IsWindowAppearing(), chosen = false;
  if (opened) ui.menu_filter.clear();
  take_typing(ui.menu_filter);
  Ground ground(ui, theme->raised);
  float radius = theme.px(measure::radius_pane);
  outline(ui, box, fade(theme->ink, theme->raised_edge), 1, radius);
  ImVec2 origin = ImGui::GetCursorScreenPos();
  Rect column{origin.x + pad, origin.y + pad, box.w - 2 * pad, rows * pitch};
  if (!ui.menu_filter.empty()) {
    Rect line = column.take_top(pitch);
    text(ui, line.inset(theme.u(kTickColumn), 0), ui.menu_filter, {.colour = theme->ink3, .may_cut = true});
  }
  const int pressed = menu_lines(ui, column, value, options);
  if (pressed >= 0) {
    chosen = pressed != value;
    value = pressed;
    ImGui::CloseCurrentPopup();
  }
  ImGui::SetCursorScreenPos({origin.x, column.y + pad - 1});  // tells the menu how tall it is
  ImGui::Dummy({1, 1});
  ImGui::EndPopup();
  return chosen;
}

namespace {
void field_focus(Ui& ui, const Item& it, const Rect& rect) {
  if (it.focused) focus_ring(ui, rect.inset(0, ui.theme.u(1)), ui.theme.px(measure::radius_cell));
}

}  // namespace

Edit toggle_row(Ui& ui, const Rect& rect, const Row& row, bool& value) {
  const Theme& theme = ui.theme;
  float baseline = baseline_in(ui, rect, Type::body);
  Edit edit = modified_dot(ui, rect, baseline, row) ? Edit::reset : Edit::none;
  Item it = item(ui, row.id, rect, {.help = &row.help, .disabled = row.disabled});
  if (it.pressed) value = !value, edit = Edit::committed;
  if (asks_reset(it, row)) edit = Edit::reset;
  if (!it.visible) return edit;
  Ground ground(ui, row_ground(ui, rect, row, it));
  float width = snap(theme.px(measure::toggle_width)), height = snap(theme.px(measure::toggle_height));
  row_label(ui, rect, baseline, row, it.hovered, width + theme.u(2));
  Rect track = snap(Rect{rect.right() - width, rect.middle_y() - height / 2, width, height});
  bool enabled = row.disabled.empty(), ink = value && enabled;
  fill(ui, track, ink ? theme->ink : theme.overlay(Overlay::track), height / 2);
  if (enabled || value) {
    float knob = height / 2 - theme.px(measure::toggle_gap);
    float x = value ? track.right() - height / 2 : track.x + height / 2;
    Colour colour = ink ? theme->wall : theme->segment ? theme->segment : theme->ink2;
    ui.canvas()->AddCircleFilled({x, track.middle_y()}, knob, enabled ? colour : theme->ink3);
  }
  if (it.focused) focus_ring(ui, track, height / 2);
  return edit;
}

Edit choice_row(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> options) {
  const Theme& theme = ui.theme;
  float baseline = baseline_in(ui, rect, Type::body);
  Edit edit = modified_dot(ui, rect, baseline, row) ? Edit::reset : Edit::none;
  bool enabled = row.disabled.empty();
  const std::string popup = std::string(row.id) + ".menu";
  Item it = item(ui, row.id, rect, {.help = &row.help, .disabled = row.disabled});
  if (it.pressed) ImGui::OpenPopup(popup.c_str());
  int last = static_cast<int>(options.size()) - 1, before = value;
  if (enabled && it.has_keys) {
    imgui_compat::keep_sideways(it.id);
    value = std::clamp(value + imgui_compat::pressed(Key::right, true) - imgui_compat::pressed(Key::left, true), 0,
                       std::max(0, last));
    if (imgui_compat::pressed(Key::home)) value = 0;
    if (imgui_compat::pressed(Key::end)) value = std::max(0, last);
  }
  if (asks_reset(it, row)) edit = Edit::reset;
  if (it.visible) {
    Ground ground(ui, row_ground(ui, rect, row, it));
    Colour colour = enabled ? theme->ink : theme->ink3;
    float chevron = theme.px(measure::chevron), right = rect.right();
    icon(ui, Icon::down, {right - chevron / 2, rect.middle_y()}, chevron, enabled ? theme->ink2 : theme->ink3);
    right -= chevron + theme.u(2);
    std::string_view shown =
        value >= 0 && value <= last ? options[static_cast<std::size_t>(value)] : std::string_view{};
    float label = text_width(ui, Type::body, row.label) + theme.u(3);
    float used = text_on(ui, rect.x + label, right, baseline, shown,
                         {.type = Type::value, .colour = colour, .align = Align::right});
    row_label(ui, rect, baseline, row, it.hovered, rect.right() - right + used);
    field_focus(ui, it, rect);
  }
  menu(ui, rect, popup.c_str(), value, options);
  return value != before ? Edit::committed : edit;
}

Edit text_row(Ui& ui, const Rect& rect, const Row& row, std::string& value) {
  const Theme& theme = ui.theme;
  float baseline = baseline_in(ui, rect, Type::body);
  Edit edit = modified_dot(ui, rect, baseline, row) ? Edit::reset : Edit::none;
  if (editing(ui, row)) {
    Typing typing = value_field(ui, rect, baseline, row);
    if (typing == Typing::accepted && ui.editing.text != value) value = ui.editing.text, edit = Edit::committed;
    row_label(ui, rect, baseline, row, false);
    return edit;
  }
  Item it = item(ui, row.id, rect, {.help = &row.help, .disabled = row.disabled});
  if (it.pressed) open_field(ui, it.id, value);
  if (asks_reset(it, row)) edit = Edit::reset;
  if (!it.visible) return edit;
  Ground ground(ui, row_ground(ui, rect, row, it));
  bool enabled = row.disabled.empty();
  float mark_size = theme.px(measure::chevron), label = text_width(ui, Type::body, row.label) + theme.u(4);
  float right = rect.right() - mark_size - theme.u(2);
  icon(ui, Icon::pen, {rect.right() - mark_size / 2, rect.middle_y()}, mark_size, enabled ? theme->ink2 : theme->ink3);
  float used = text_on(
      ui, rect.x + label, right, baseline, value,
      {.type = Type::value, .colour = enabled ? theme->ink : theme->ink3, .align = Align::right, .may_cut = true});
  row_label(ui, rect, baseline, row, it.hovered, rect.right() - right + used);
  field_focus(ui, it, rect);
  return edit;
}

Edit segmented(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> options) {
  const Theme& theme = ui.theme;
  Rect tray = rect;
  tray = snap(tray.take_bottom(snap(theme.px(measure::segmented_height))));
  Edit edit = Edit::none;
  if (!row.label.empty()) {
    Rect above{rect.x, rect.y, rect.w, tray.y - rect.y};
    float baseline = baseline_in(ui, above, Type::body);
    if (modified_dot(ui, above, baseline, row)) edit = Edit::reset;
    row_label(ui, above, baseline, row, false);
  }
  Item it = item(ui, row.id, tray, {.help = &row.help, .disabled = row.disabled});
  int count = static_cast<int>(options.size()), before = value;
  if (count == 0) return edit;
  bool enabled = row.disabled.empty();
  if (enabled && it.has_keys) {
    imgui_compat::keep_sideways(it.id);
    value += imgui_compat::pressed(Key::right, true) - imgui_compat::pressed(Key::left, true);
    if (imgui_compat::pressed(Key::home)) value = 0;
    if (imgui_compat::pressed(Key::end)) value = count - 1;
  }
  if (it.pressed && it.hovered && ImGui::IsMouseReleased(0)) {
    float share = (ImGui::GetIO().MousePos.x - tray.x) / tray.w;
    value = static_cast<int>(share * static_cast<float>(count));
  }
  value = std::clamp(value, 0, count - 1);
  if (value != before) edit = Edit::committed;
  if (asks_reset(it, row)) edit = Edit::reset;
  if (!it.visible) return edit;
  float radius = theme.px(measure::radius_segmented), gap = theme.px(measure::segment_gap);
  fill(ui, tray, theme.overlay(Overlay::tray), radius);
  Ground ground(ui, theme.overlay(Overlay::tray, ui.ground));
  ui.dim = enabled ? 1 : kDisabledOpacity;
  for (int i = 0; i < count; ++i) {
    Rect cell = snap(tray.column(i, count, 0));
    bool chosen = i == value;
    Colour light = theme->segment ? theme->segment : theme.overlay(Overlay::segment);
    if (chosen) fill(ui, cell.inset(gap), light, radius - gap);
    Ground cell_ground(ui, chosen ? over(light, ui.ground) : ui.ground);
    text(ui, cell, options[static_cast<std::size_t>(i)],
         {.type = chosen ? Type::small_value : Type::small,
          .colour = chosen ? theme->ink : theme->ink2,
          .align = Align::centre});
  }
  ui.dim = 1;
  if (it.focused) focus_ring(ui, tray, radius);
  return edit;
}

Edit list(Ui& ui, const Rect& rect, const Row& row, int& value, std::span<const std::string> lines) {
  const Theme& theme = ui.theme;
  Rect column = rect;
  float pitch = snap(theme.px(measure::table_row));
  int before = value;
  ImGui::PushID(row.id.data(), row.id.data() + row.id.size());
  for (int i = 0; i < static_cast<int>(lines.size()) && column.h >= pitch; ++i) {
    Rect line = column.take_top(pitch);
    ImGui::PushID(i);
    Item it = item(ui, lines[static_cast<std::size_t>(i)], line, {.help = &row.help, .disabled = row.disabled});
    ImGui::PopID();
    if (it.pressed) value = i;
    if (!it.visible) continue;
    bool chosen = i == value, enabled = row.disabled.empty();
    Overlay share = chosen ? Overlay::tray : Overlay::hovered_row;
    bool lit = enabled && (chosen || it.hovered);
    Rect over_all = line.inset(-theme.u(2), 0);
    if (lit) fill(ui, over_all, theme.overlay(share), theme.px(measure::radius_button));
    Ground ground(ui, lit ? theme.overlay(share, ui.ground) : ui.ground);
    text(ui, line, lines[static_cast<std::size_t>(i)],
         {.type = chosen ? Type::value : Type::body,
          .colour = !enabled               ? theme->ink3
                    : chosen || it.hovered ? theme->ink
                                           : theme->ink2,
          .may_cut = true});
    if (it.focused) focus_ring(ui, over_all, theme.px(measure::radius_button));
  }
  ImGui::PopID();
  return value != before ? Edit::committed : Edit::none;
}

}  // namespace vitrine::ui
