// Ids, states, help and audit of interactive rectangles; the one text field.
#include "app/ui/item.h"

#include "app/ui/draw.h"
#include "app/ui/fonts.h"

namespace vitrine::ui {
namespace {
constexpr double kHelpDelay = 0.4;  // s: long enough not to follow a passing pointer

void wait_for_help(Ui& ui, const Item& it, const ItemOptions& options) {
  bool has_help = (options.help && !options.help->empty()) || !options.disabled.empty();
  if (!has_help) return;
  auto& wait = ui.help;
  if ((it.has_keys || it.hovered) && imgui_compat::pressed(Key::f1)) {
    bool closes = wait.id == it.id && wait.asked;
    wait.id = it.id, wait.asked = !closes, wait.since = ImGui::GetTime();
  }
  bool asked = wait.asked && wait.id == it.id && (it.has_keys || it.hovered);
  if (!it.hovered && !asked) return;
  if (wait.id != it.id) wait.id = it.id, wait.asked = false, wait.since = ImGui::GetTime();
  wait.seen = true;
  bool waited = ImGui::GetTime() - wait.since >= kHelpDelay && !ImGui::IsMouseDown(0);
  if (!asked && !waited) return;
  wait.show = true;
  wait.anchor = it.rect;
  wait.row = ui.row;
  wait.help = options.help ? *options.help : Help{};
  if (!options.disabled.empty()) wait.help.reason = options.disabled;
}

struct Typed {
  std::string* text;
  std::optional<std::string>* replace;
};

int on_edit(ImGuiInputTextCallbackData* data) {
  const auto& typed = *static_cast<Typed*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    typed.text->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = typed.text->data();
  } else if (typed.replace && *typed.replace) {
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, (*typed.replace)->c_str());
    data->ClearSelection();
    typed.replace->reset();
  }
  return 0;
}
}  // namespace

Item item(Ui& ui, std::string_view id, const Rect& rect, ItemOptions options) {
  Item it;
  it.id = ImGui::GetID(id.data(), id.data() + id.size());
  it.rect = rect;
  it.visible = imgui_compat::add_item(it.id, rect);
  if (ui.refocus == it.id) imgui_compat::focus_item(it.id), ui.refocus = 0;
  auto b = imgui_compat::button(it.id, rect, options.on_press);
  bool enabled = options.disabled.empty();
  it.hovered = b.hovered;
  it.has_keys = imgui_compat::focused(it.id);
  it.focused = it.has_keys && imgui_compat::focus_visible();
  if (ui.audit) ui.audit->item({std::string(id), rect, imgui_compat::layer(), options.inner, it.id, it.has_keys});
  it.held = enabled && b.held;
  if (const auto pose = ui.poses.find(id); pose != ui.poses.end()) {
    it.hovered = pose->second == Pose::hovered;
    it.focused = pose->second == Pose::focused;
    it.held = pose->second == Pose::held;
  }
  it.double_clicked = enabled && b.double_clicked;
  // As Space does in Dear ImGui: only where the person can see the focus.
  bool enter = options.enter_presses && it.focused && imgui_compat::pressed(Key::enter);
  it.pressed = enabled && (b.pressed || enter);
  wait_for_help(ui, it, options);
  return it;
}

Typing text_input(Ui& ui, std::string_view id, const Rect& rect, std::string& text, bool take_keyboard,
                  std::string_view hint, std::optional<std::string>* replace) {
  const std::string name = "##" + std::string(id), hint_text(hint);
  ImFont* font = ui.fonts->font(Type::value);
  ImGui::PushFont(font);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.theme.u(2), snap((rect.h - font->FontSize) / 2)});
  ImGui::SetCursorScreenPos(top_left(rect));
  ImGui::SetNextItemWidth(rect.w);
  const bool away = replace && *replace && !imgui_compat::active(ImGui::GetID(name.c_str()));
  if (take_keyboard || away) ImGui::SetKeyboardFocusHere();
  Typed typed{&text, replace};
  ImGui::InputTextWithHint(
      name.c_str(), hint_text.c_str(), text.data(), text.capacity() + 1,
      ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_AutoSelectAll,
      on_edit, &typed);
  ImGui::PopStyleVar();
  ImGui::PopFont();
  ImGuiID item_id = ImGui::GetID(name.c_str());
  if (ui.audit) ui.audit->item({std::string(id), rect, imgui_compat::layer(), false});
  bool active = ImGui::IsItemActive();
  if (active || (imgui_compat::focused(item_id) && imgui_compat::focus_visible()))
    focus_ring(ui, rect, ui.theme.px(measure::radius_button));
  if (ImGui::IsItemDeactivated()) return imgui_compat::pressed(Key::escape) ? Typing::cancelled : Typing::accepted;
  return active ? Typing::active : Typing::idle;
}

}  // namespace vitrine::ui
