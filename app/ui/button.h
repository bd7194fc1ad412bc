// A button is a word or an icon that does something now. Primary (at most one a view) is ink, quiet an overlay, icon
// shows its ground only while hovered, plain is a word in a line, and play is the accent disc of the run bar.
#pragma once

#include <string_view>

#include "app/ui/icons.h"
#include "app/ui/item.h"

namespace vitrine::ui {

enum class ButtonKind { primary, quiet };
struct ButtonOptions {
  ButtonKind kind = ButtonKind::quiet;
  Icon icon = Icon::none;
  std::string_view disabled = {};  // the reason
  const Help* help = nullptr;
};
bool button(Ui& ui, const Rect& rect, std::string_view id, std::string_view label, ButtonOptions options = {});
float button_width(const Ui& ui, std::string_view label, Icon icon = Icon::none);

// Name and meaning are its help: an icon alone explains nothing.
bool icon_button(Ui& ui, Point centre, std::string_view id, Icon icon, std::string_view name,
                 std::string_view meaning = {}, std::string_view disabled = {}, float icon_size = measure::icon);
// A word in a line: in ink medium, ink 2 (quiet) or accent.
enum class Weight { strong, quiet, accent, inverse };  // inverse: on an ink ground
float plain_button_width(const Ui& ui, std::string_view label);
bool plain_button(Ui& ui, float x, float baseline, std::string_view id, std::string_view label, Weight weight);
bool play_button(Ui& ui, Point centre, std::string_view id, bool playing, std::string_view name);

}  // namespace vitrine::ui
