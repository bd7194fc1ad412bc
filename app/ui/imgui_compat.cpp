// The only file that asks for Dear ImGui's version. Built and tested with 1.86; the branches for newer versions follow
// their changelog and are unverified.
#include "app/ui/imgui_compat.h"

#include <imgui_internal.h>

#include <algorithm>
#include <bitset>

namespace vitrine::ui {

#if IMGUI_VERSION_NUM >= 18700
namespace {
ImGuiKey stock_key(Key key) {
  int k = static_cast<int>(key);
  auto run = [k](Key first, ImGuiKey stock) { return static_cast<ImGuiKey>(stock + k - static_cast<int>(first)); };
  if (key >= Key::a && key <= Key::z) return run(Key::a, ImGuiKey_A);
  if (key >= Key::n0 && key <= Key::n9) return run(Key::n0, ImGuiKey_0);
  if (key >= Key::f1 && key <= Key::f12) return run(Key::f1, ImGuiKey_F1);
  if (key >= Key::tab && key <= Key::escape) return run(Key::tab, ImGuiKey_Tab);  // same order there
  switch (key) {
    case Key::ctrl:
      return ImGuiKey_LeftCtrl;
    case Key::shift:
      return ImGuiKey_LeftShift;
    case Key::alt:
      return ImGuiKey_LeftAlt;
    case Key::super:
      return ImGuiKey_LeftSuper;
    case Key::plus:
      return ImGuiKey_Equal;
    case Key::minus:
      return ImGuiKey_Minus;
    case Key::slash:
      return ImGuiKey_Slash;
    case Key::comma:
      return ImGuiKey_Comma;
    case Key::period:
      return ImGuiKey_Period;
    case Key::bracket_left:
      return ImGuiKey_LeftBracket;
    case Key::bracket_right:
      return ImGuiKey_RightBracket;
    default:
      return ImGuiKey_None;
  }
}
}  // namespace

void InputQueue::deliver() {  // these versions spread events over frames themselves
  ImGuiIO& io = ImGui::GetIO();
  for (const InputEvent& e : waiting_) {
    switch (e.kind) {
      case InputEvent::Kind::move:
        io.AddMousePosEvent(e.at.x, e.at.y);
        break;
      case InputEvent::Kind::button:
        io.AddMouseButtonEvent(e.button, e.down);
        break;
      case InputEvent::Kind::wheel:
        io.AddMouseWheelEvent(e.at.x, e.at.y);
        break;
      case InputEvent::Kind::text:
        io.AddInputCharacter(e.character);
        break;
      case InputEvent::Kind::focus:
        io.AddFocusEvent(e.down);
        break;
      case InputEvent::Kind::key:
        if (e.key == Key::ctrl) io.AddKeyEvent(ImGuiMod_Ctrl, e.down);
        if (e.key == Key::shift) io.AddKeyEvent(ImGuiMod_Shift, e.down);
        if (e.key == Key::alt) io.AddKeyEvent(ImGuiMod_Alt, e.down);
        io.AddKeyEvent(stock_key(e.key), e.down);
        break;
    }
  }
  waiting_.clear();
}

namespace imgui_compat {
void bind_keys() {}
bool pressed(Key key, bool repeat) {
  return ImGui::IsKeyPressed(stock_key(key), repeat);
}
bool held(Key key) {
  return ImGui::IsKeyDown(stock_key(key));
}
}  // namespace imgui_compat

#else

namespace {

// What one frame has taken of the input. An event that would hide an earlier one of the frame waits for the next.
class Taken {
 public:
  bool hides(const InputEvent& e) const {
    const bool modifier = e.key >= Key::ctrl && e.key <= Key::super;  // let go early, it was still held for the key
    switch (e.kind) {
      case InputEvent::Kind::move:
        return buttons_.any();
      case InputEvent::Kind::button:
        return buttons_[button_of(e)];
      case InputEvent::Kind::key:
        return keys_[key_of(e)] || text_ || (modifier && (keys_.any() || buttons_.any()));
      case InputEvent::Kind::text:
        return keys_.any();
      case InputEvent::Kind::wheel:
      case InputEvent::Kind::focus:
        break;
    }
    return false;
  }

  void take(const InputEvent& e, ImGuiIO& io) {
    switch (e.kind) {
      case InputEvent::Kind::move:
        io.MousePos = {e.at.x, e.at.y};
        break;
      case InputEvent::Kind::button:
        io.MouseDown[button_of(e)] = e.down;
        buttons_.set(button_of(e));
        break;
      case InputEvent::Kind::wheel:
        io.MouseWheelH += e.at.x;
        io.MouseWheel += e.at.y;
        break;
      case InputEvent::Kind::key:
        take_key(e, io);
        break;
      case InputEvent::Kind::text:
        io.AddInputCharacter(static_cast<unsigned>(e.character));
        text_ = true;
        break;
      case InputEvent::Kind::focus:
        io.AddFocusEvent(e.down);
        if (e.down) break;
        io.ClearInputKeys();
        std::fill(std::begin(io.MouseDown), std::end(io.MouseDown), false);
        break;
    }
  }

 private:
  static constexpr std::size_t kButtons = 5;
  static std::size_t button_of(const InputEvent& e) {
    return static_cast<std::size_t>(std::clamp(e.button, 0, static_cast<int>(kButtons) - 1));
  }
  static std::size_t key_of(const InputEvent& e) { return static_cast<std::size_t>(e.key); }

  void take_key(const InputEvent& e, ImGuiIO& io) {
    io.KeysDown[key_of(e)] = e.down;
    keys_.set(key_of(e));
    io.KeyCtrl = io.KeysDown[static_cast<int>(Key::ctrl)];
    io.KeyShift = io.KeysDown[static_cast<int>(Key::shift)];
    io.KeyAlt = io.KeysDown[static_cast<int>(Key::alt)];
    io.KeySuper = io.KeysDown[static_cast<int>(Key::super)];
  }

  std::bitset<kKeys> keys_;
  std::bitset<kButtons> buttons_;
  bool text_ = false;
};

}  // namespace

void InputQueue::deliver() {
  Taken taken;
  while (!waiting_.empty() && !taken.hides(waiting_.front())) {
    taken.take(waiting_.front(), ImGui::GetIO());
    waiting_.pop_front();
  }
}

namespace imgui_compat {

void bind_keys() {
  static constexpr Key kBound[ImGuiKey_COUNT] = {
      Key::tab, Key::left,   Key::right,  Key::up,        Key::down,  Key::page_up, Key::page_down, Key::home,
      Key::end, Key::insert, Key::remove, Key::backspace, Key::space, Key::enter,   Key::escape,    Key::enter,
      Key::a,   Key::c,      Key::v,      Key::x,         Key::y,     Key::z};
  for (int i = 0; i < ImGuiKey_COUNT; ++i) ImGui::GetIO().KeyMap[i] = static_cast<int>(kBound[i]);
}
bool pressed(Key key, bool repeat) {
  return ImGui::IsKeyPressed(static_cast<int>(key), repeat);
}
bool held(Key key) {
  return ImGui::IsKeyDown(static_cast<int>(key));
}

}  // namespace imgui_compat
#endif

namespace imgui_compat {
namespace {
ImGuiContext& context() {
  return *ImGui::GetCurrentContext();
}
}  // namespace

bool active(ImGuiID id) {
  return context().ActiveId == id;
}

void show_focus(bool shown) {
#if IMGUI_VERSION_NUM >= 19140
  context().NavCursorVisible = shown;
#else
  context().NavDisableHighlight = !shown;
#endif
}

bool keyboard_seen() {
  return context().NavId == 0 || context().NavIdIsAlive;
}

void walk_tabs([[maybe_unused]] bool keyboard_seen) {
#if IMGUI_VERSION_NUM < 18700  // there, Tab starts at the first item again unless a text field is active
  ImGuiContext& g = context();
  bool tabbing = g.NavMoveSubmitted && (g.NavMoveFlags & ImGuiNavMoveFlags_Tabbing);
  const bool from_here = keyboard_seen && g.NavId != 0 && focus_visible();
  if (tabbing && g.NavTabbingDir == 0 && from_here) g.NavTabbingDir = +1;
#endif
}

void stay_in_regions() {
  ImGuiContext& g = context();
  for (ImGuiWindow* window : g.Windows)
    if (g.NavId != 0 && window->ChildId == g.NavId && window->ParentWindow == g.NavWindow)
      return ImGui::FocusWindow(window);
}

bool shortcut(Key key, bool ctrl, bool shift) {
  const ImGuiIO& io = ImGui::GetIO();
  return pressed(key) && io.KeyCtrl == ctrl && io.KeyShift == shift && !io.KeyAlt && !io.KeySuper;
}

bool focus_visible() {
#if IMGUI_VERSION_NUM >= 19140
  return context().NavCursorVisible;
#else
  return !context().NavDisableHighlight;
#endif
}

bool focused(ImGuiID id) {
  return context().NavId == id;
}

void keep_sideways(ImGuiID id) {
  ImGuiContext& g = context();
  if (g.NavId != id || !g.NavMoveSubmitted) return;
  bool sideways = g.NavMoveDir == ImGuiDir_Left || g.NavMoveDir == ImGuiDir_Right;
  if (sideways || pressed(Key::home, true) || pressed(Key::end, true)) ImGui::NavMoveRequestCancel();
}

void keep_arrows(ImGuiID id) {
  ImGuiContext& g = context();
  if (g.NavId == id && g.NavMoveSubmitted && !pressed(Key::tab, true)) ImGui::NavMoveRequestCancel();
}

void focus_item(ImGuiID id) {
  bool shown = focus_visible();
  ImGui::SetFocusID(id, context().CurrentWindow);
  show_focus(shown);
}

bool add_item(ImGuiID id, const Rect& rect, bool keyboard) {
  ImRect box(rect.x, rect.y, rect.right(), rect.bottom());
#if IMGUI_VERSION_NUM >= 18700
  ImGuiItemFlags flags = keyboard ? ImGuiItemFlags_None : ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop;
#else
  ImGuiItemFlags flags = keyboard ? ImGuiItemFlags_Inputable : ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop;
#endif
  return ImGui::ItemAdd(box, id, nullptr, flags);
}

Behaviour button(ImGuiID id, const Rect& rect, bool on_press) {
  ImGuiContext& g = context();
  // Tab brings the keyboard here and, as for a text field, asks for typing: an item of ours only wants the former.
#if IMGUI_VERSION_NUM >= 18900
  ImGuiID& asked = g.NavActivateId;
#else
  ImGuiID& asked = g.NavActivateInputId;
#endif
  if (asked == id && (g.NavActivateFlags & ImGuiActivateFlags_TryToPreserveState)) {
    asked = 0;
    show_focus(true);
  }
  Behaviour b;
  ImRect box(rect.x, rect.y, rect.right(), rect.bottom());
  b.pressed = ImGui::ButtonBehavior(box, id, &b.hovered, &b.held, on_press ? ImGuiButtonFlags_PressedOnClick : 0);
  b.double_clicked = b.hovered && ImGui::IsMouseDoubleClicked(0);
  b.held = b.held && ImGui::IsMouseDown(0);
  return b;
}

std::uint32_t layer() {
  return context().CurrentWindow->RootWindow->ID;
}

}  // namespace imgui_compat
}  // namespace vitrine::ui
