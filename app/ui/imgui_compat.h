// Input reaches Dear ImGui here, from the window and from a script alike, and here live the differences between its
// versions. Events wait in a queue and are delivered a frame at a time, so that a press and its release never fall into
// one frame and vanish.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <deque>
#include <string>

#include "app/ui/layout.h"

namespace vitrine::ui {

enum class Key : std::uint16_t {
  none,
  tab,
  left,
  right,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  insert,
  remove,
  backspace,
  space,
  enter,
  escape,
  ctrl,
  shift,
  alt,
  super,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  i,
  j,
  k,
  l,
  m,
  n,
  o,
  p,
  q,
  r,
  s,
  t,
  u,
  v,
  w,
  x,
  y,
  z,
  n0,
  n1,
  n2,
  n3,
  n4,
  n5,
  n6,
  n7,
  n8,
  n9,
  plus,
  minus,
  slash,
  comma,
  period,
  bracket_left,
  bracket_right,
  count
};
inline constexpr int kKeys = static_cast<int>(Key::count);

struct InputEvent {
  enum class Kind { move, button, wheel, key, text, focus } kind;
  Point at;        // move: position; wheel: amounts
  int button = 0;  // 0 left, 1 right, 2 middle
  Key key = Key::none;
  bool down = false;  // button, key, focus
  char32_t character = 0;
};
namespace input {
inline InputEvent move(float x, float y) {
  return {InputEvent::Kind::move, {x, y}};
}
inline InputEvent button(int which, bool down) {
  return {InputEvent::Kind::button, {}, which, Key::none, down};
}
inline InputEvent wheel(float x, float y) {
  return {InputEvent::Kind::wheel, {x, y}};
}
inline InputEvent key(Key k, bool down) {
  return {InputEvent::Kind::key, {}, 0, k, down};
}
inline InputEvent text(char32_t c) {
  return {InputEvent::Kind::text, {}, 0, Key::none, true, c};
}
inline InputEvent focus(bool has) {
  return {InputEvent::Kind::focus, {}, 0, Key::none, has};
}
}  // namespace input

class InputQueue {
 public:
  void push(const InputEvent& event) { waiting_.push_back(event); }
  bool empty() const { return waiting_.empty(); }
  void deliver();  // before ImGui::NewFrame: as many as one frame can take

 private:
  std::deque<InputEvent> waiting_;
};

namespace imgui_compat {

// Esc would take the keyboard out of a region and leave it on nothing that is drawn: it stays. Before walk_tabs.
void stay_in_regions();
// After ImGui::NewFrame: Tab goes on from where the keyboard is; from the first item where that was not drawn lately.
void walk_tabs(bool keyboard_seen);
bool keyboard_seen();  // at the end of a frame: what has the keyboard was drawn, or nothing has it
void bind_keys();      // once a context, before the first frame

bool pressed(Key key, bool repeat = false);  // went down this frame
bool held(Key key);
bool shortcut(Key key, bool ctrl, bool shift = false);  // exactly those modifiers

bool focus_visible();            // the keyboard moved last: rings are shown
bool active(ImGuiID id);         // this one is being typed into, or held
void show_focus(bool shown);     // likewise for what was chosen by name
bool focused(ImGuiID id);        // the keyboard is on this item (shown or not)
void keep_sideways(ImGuiID id);  // Left and Right stay with this item, Up and Down leave it
void keep_arrows(ImGuiID id);    // all arrows stay (a canvas that was entered)
void focus_item(ImGuiID id);     // put the keyboard on an item that is being submitted now

struct Behaviour {
  bool hovered = false, held = false, pressed = false, double_clicked = false;
};
bool add_item(ImGuiID id, const Rect& rect, bool keyboard = true);      // false when it is clipped away
Behaviour button(ImGuiID id, const Rect& rect, bool on_press = false);  // on_press: when the button goes down
std::uint32_t layer();  // of the current window: a popup is another layer

}  // namespace imgui_compat
}  // namespace vitrine::ui
