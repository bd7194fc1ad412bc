// An Item is a rectangle a person can use: it has an id, takes part in keyboard navigation, tells whether it is
// hovered, held, pressed or focused, waits 400 ms to show its help, and reports itself to the audit. Every component
// starts here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/imgui_compat.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

struct Item {
  ImGuiID id = 0;
  Rect rect;
  bool visible = false;  // not clipped away: draw it
  bool hovered = false;
  bool held = false;
  bool pressed = false;  // click, Space or Enter
  bool double_clicked = false;
  bool focused = false;   // keyboard focus, shown
  bool has_keys = false;  // keyboard focus, shown or not: read keys
};

struct ItemOptions {
  const Help* help = nullptr;
  std::string_view disabled = {};  // the reason; a disabled item can be hovered and focused, not pressed
  bool on_press = false;           // act when the button goes down (sliders)
  bool enter_presses = true;       // false: Enter means something else here
  bool inner = false;              // inside a canvas on purpose
};

Item item(Ui& ui, std::string_view id, const Rect& rect, ItemOptions options = {});

// The one stock widget: a line of text being typed in a field of overlay ground. Enter or leaving it accepts, Esc
// restores. What `replace` holds takes the place of what stands there, with the cursor behind it, and goes.
enum class Typing { idle, active, accepted, cancelled };
Typing text_input(Ui& ui, std::string_view id, const Rect& rect, std::string& text, bool take_keyboard = false,
                  std::string_view hint = {}, std::optional<std::string>* replace = nullptr);

}  // namespace vitrine::ui
