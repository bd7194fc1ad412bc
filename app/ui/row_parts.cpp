// The parts that rows share.
#include "app/ui/row_parts.h"

#include "app/ui/draw.h"
#include "app/ui/fonts.h"

namespace vitrine::ui {
namespace {
constexpr float kFieldWidth = 26, kFieldHeight = 7;  // units
constexpr int kPatience = 4;                         // frames a field waits for the keyboard before it gives up
constexpr float kSegmentedLabel = 7;                 // units above the tray

ImGuiID row_id(const Row& row) {
  return ImGui::GetID(row.id.data(), row.id.data() + row.id.size());
}
}  // namespace

float slider_height(const Ui& ui) {
  return ui.theme.slider_pitch();
}
float choice_height(const Ui& ui) {
  return ui.theme.choice_pitch();
}
float segmented_height(const Ui& ui, bool labelled) {
  return snap(ui.theme.px(measure::segmented_height)) + (labelled ? ui.theme.u(kSegmentedLabel) : 0);
}
float heading_height(const Ui& ui) {
  return ui.theme.line(Type::section) + ui.theme.u(2);
}

void heading(Ui& ui, const Rect& rect, std::string_view label) {
  Rect line = rect;
  text(ui, line.take_top(ui.theme.line(Type::section)), label, {.type = Type::section});
}

float slider_baseline(const Ui& ui, const Rect& rect) {
  float below = ui.theme.px(ui.theme.compact() ? measure::track_below_compact : measure::track_below);
  return snap(rect.y + (rect.h - below + ui.fonts->cap_height(Type::body)) / 2);
}

void row_label(Ui& ui, const Rect& rect, float baseline, const Row& row, bool hovered, float value_width) {
  Colour colour = !row.disabled.empty() ? ui.theme->ink3 : hovered ? ui.theme->ink : ui.theme->ink2;
  text_on(ui, rect.x, rect.right() - value_width, baseline, row.label, {.colour = colour});
}

Colour row_ground(Ui& ui, const Rect& rect, const Row& row, const Item& it) {
  if (!it.hovered || !row.disabled.empty()) return ui.ground;  // ink 3 reads on the bare wall only
  Rect over_all = rect.inset(-ui.theme.u(2), 1);
  fill(ui, over_all, ui.theme.overlay(Overlay::hovered_row), ui.theme.px(measure::radius_button));
  return ui.theme.overlay(Overlay::hovered_row, ui.ground);
}

bool modified_dot(Ui& ui, const Rect& rect, float baseline, const Row& row) {
  if (!row.modified || !row.disabled.empty()) return false;
  const Theme& theme = ui.theme;
  float y = baseline - ui.fonts->cap_height(Type::body) / 2;
  Rect target{rect.x - theme.u(4), snap(y - theme.u(2)), theme.u(4), theme.u(4)};
  const std::string name = std::string(row.id) + ".reset";
  ImGuiID id = ImGui::GetID(name.c_str());
  imgui_compat::add_item(id, target, false);  // no stop for the keyboard: Delete does it there
  if (ui.audit) ui.audit->item({name, target, imgui_compat::layer(), false});
  auto b = imgui_compat::button(id, target);
  float radius = theme.px(measure::modified_dot) * (b.hovered ? 1.5f : 1.0f);
  ui.canvas()->AddCircleFilled({rect.x - theme.u(2), y}, radius, theme->ink);
  return b.pressed;
}

bool editing(const Ui& ui, const Row& row) {
  return ui.editing.id != 0 && ui.editing.id == row_id(row);
}

void open_field(Ui& ui, ImGuiID id, std::string text) {
  ui.editing.id = id;
  ui.editing.text = std::move(text);
  ui.editing.age = 0;
  ui.dragging = 0;
}

Typing value_field(Ui& ui, const Rect& rect, float baseline, const Row& row) {
  const Theme& theme = ui.theme;
  float cap = ui.fonts->cap_height(Type::value), height = theme.u(kFieldHeight);
  Rect field =
      snap(Rect{rect.right() - theme.u(kFieldWidth), baseline - cap / 2 - height / 2, theme.u(kFieldWidth), height});
  const std::string name = std::string(row.id) + ".field";
  Typing typing = text_input(ui, name, field, ui.editing.text, ui.editing.age == 0);
  bool gave_up = typing == Typing::idle && ++ui.editing.age > kPatience;
  if (typing == Typing::active) ui.editing.age = 1;
  if (typing == Typing::accepted || typing == Typing::cancelled || gave_up) {
    ui.refocus = ui.editing.id;
    ui.editing.id = 0;
  }
  return typing;
}

}  // namespace vitrine::ui
