// The frame around every frame: style, the borderless root window, regions, and what lies on top at the end.
#include "app/ui/ui.h"

#include <algorithm>

#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/fonts.h"
#include "app/ui/imgui_compat.h"

namespace vitrine::ui {
namespace {
constexpr ImGuiWindowFlags kBare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus;

ImVec4 floats(Colour c) {
  return ImGui::ColorConvertU32ToFloat4(c);
}

bool draw_toast(Ui& ui) {
  if (ui.toast.text.empty() || ImGui::GetTime() > ui.toast.until) return ui.toast = {}, false;
  const Toast toast = ui.toast;
  Rect all = ui.window();
  all.take_bottom(ui.theme.u(measure::run_bar / measure::unit + 4));
  const float width = toast_width(ui, toast);
  const Rect box = snap(Rect{all.middle_x() - width / 2, all.bottom() - ui.theme.u(10), width, ui.theme.u(10)});
  ImGui::SetNextWindowPos(top_left(box));
  ImGui::SetNextWindowSize({box.w, box.h});
  ImGui::Begin("toast", nullptr,
               (kBare & ~ImGuiWindowFlags_NoBringToFrontOnFocus) | ImGuiWindowFlags_NoFocusOnAppearing);
  const bool taken = toast_card(ui, box, "toast.action", toast);
  ImGui::End();
  if (taken) ui.toast = {};
  return taken;
}
}  // namespace

void apply_style(const Theme& theme) {
  ImGuiStyle style;
  style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
  style.FrameRounding = measure::radius_button;
  style.PopupRounding = measure::radius_pane;
  style.ScrollbarSize = measure::scrollbar;
  style.GrabRounding = style.ScrollbarRounding = measure::scrollbar / 2;
  style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = 0;
  style.ScaleAllSizes(theme.scale());
  style.WindowMinSize = {1, 1};
  for (ImVec4& colour : style.Colors) colour = {0, 0, 0, 0};
  style.Colors[ImGuiCol_Text] = floats(theme->ink);
  style.Colors[ImGuiCol_TextDisabled] = floats(theme->ink3);
  style.Colors[ImGuiCol_TextSelectedBg] = floats(theme.overlay(Overlay::axis));
  style.Colors[ImGuiCol_PopupBg] = floats(theme->raised);
  style.Colors[ImGuiCol_FrameBg] = floats(theme.overlay(Overlay::tray));
  style.Colors[ImGuiCol_ScrollbarGrab] = floats(theme.overlay(Overlay::track));
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = style.Colors[ImGuiCol_ScrollbarGrabActive] =
      floats(theme.overlay(Overlay::axis));
  ImGui::GetStyle() = style;
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigInputTextCursorBlink = false;  // nothing blinks
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.IniFilename = io.LogFilename = nullptr;
}

void begin_frame(Ui& ui) {
  imgui_compat::stay_in_regions();
  imgui_compat::walk_tabs(ui.keyboard_seen);
  if (ui.audit) ui.audit->begin(ui.window());
  ui.ground = ui.theme->wall;
  ui.list = nullptr;
  ui.dim = 1;
  ui.spot = {};
  ui.help.seen = ui.help.show = false;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushFont(ui.fonts->font(Type::body));
  ImGui::Begin("wall", nullptr, kBare);
  fill(ui, ui.window(), ui.theme->wall);
}

bool end_frame(Ui& ui) {
  ImGui::End();
  const bool taken = ui.toast_taken = draw_toast(ui);
  if (!ui.help.seen) ui.help.id = 0;
  if (ui.help.show) ui.help.card = help_card(ui, ui.help.anchor, ui.help.help, ui.help.row);
  ImGui::PopFont();
  ui.keyboard_seen = imgui_compat::keyboard_seen();
  return taken;
}

Region::Region(Ui& ui, const char* id, const Rect& rect, Colour ground, float radius) : ui_(ui), before_(ui.ground) {
  if (ground != ui.ground) fill(ui, rect, ground, radius);
  if (radius > 0 && ground == ui.theme->pane && ui.theme->pane_edge) outline(ui, rect, ui.theme->hair, 1, radius);
  ImGui::SetCursorScreenPos(top_left(rect));
  ImGui::BeginChild(id, {std::max(rect.w, 1.0f), std::max(rect.h, 1.0f)}, false,
                    (kBare & ~ImGuiWindowFlags_NoBringToFrontOnFocus) | ImGuiWindowFlags_NavFlattened);
  ui.ground = ground;
}

Region::~Region() {
  ImGui::EndChild();
  ui_.ground = before_;
}

}  // namespace vitrine::ui
