// Buttons in all their states.
#include "app/ui/button.h"

#include "app/ui/draw.h"
#include "app/ui/fonts.h"

namespace vitrine::ui {
namespace {
constexpr float kIconGap = 2;      // units between icon and label
constexpr float kSidePadding = 4;  // units
}  // namespace

float button_width(const Ui& ui, std::string_view label, Icon which) {
  float width = text_width(ui, Type::value, label) + 2 * ui.theme.u(kSidePadding);
  return which == Icon::none ? width : width + ui.theme.px(measure::icon) + ui.theme.u(kIconGap);
}

bool button(Ui& ui, const Rect& rect, std::string_view id, std::string_view label, ButtonOptions options) {
  const Theme& theme = ui.theme;
  Item it = item(ui, id, rect, {.help = options.help, .disabled = options.disabled});
  if (!it.visible) return it.pressed;
  bool primary = options.kind == ButtonKind::primary, enabled = options.disabled.empty();
  Overlay share = enabled && (it.hovered || it.held) ? Overlay::quiet_hover : Overlay::quiet;
  float radius = theme.px(measure::radius_button);
  ui.dim = enabled ? 1 : kDisabledOpacity;
  {
    Ground ground(ui, primary ? theme->ink : theme.overlay(share, ui.ground));
    fill(ui, rect, primary ? theme->ink : theme.overlay(share), radius);
    Colour colour = primary ? theme->wall : theme->ink;
    float mark_size = theme.px(measure::icon), gap = theme.u(kIconGap);
    float width = text_width(ui, Type::value, label) + (options.icon == Icon::none ? 0 : mark_size + gap);
    float x = snap(rect.middle_x() - width / 2);
    if (options.icon != Icon::none) {
      icon(ui, options.icon, {x + mark_size / 2, rect.middle_y()}, mark_size, colour);
      x += mark_size + gap;
    }
    text_on(ui, x, rect.right() - theme.u(1), baseline_in(ui, rect, Type::value), label,
            {.type = Type::value, .colour = colour});
  }
  ui.dim = 1;
  if (it.focused) focus_ring(ui, rect, radius);
  return it.pressed;
}

bool icon_button(Ui& ui, Point centre, std::string_view id, Icon which, std::string_view name, std::string_view meaning,
                 std::string_view disabled, float icon_size) {
  const Theme& theme = ui.theme;
  float edge = snap(theme.px(measure::button_height));
  Rect rect = snap(Rect{centre.x - edge / 2, centre.y - edge / 2, edge, edge});
  Help help{.name = std::string(name), .meaning = std::string(meaning.empty() ? name : meaning)};
  if (meaning.empty()) help.name.clear();
  Item it = item(ui, id, rect, {.help = &help, .disabled = disabled});
  if (!it.visible) return it.pressed;
  bool enabled = disabled.empty();
  float radius = theme.px(measure::radius_button);
  if (enabled && it.hovered) fill(ui, rect, theme.overlay(Overlay::quiet_hover), radius);
  ui.dim = enabled ? 1 : kDisabledOpacity;
  icon(ui, which, rect.centre(), theme.px(icon_size), it.hovered && enabled ? theme->ink : theme->ink2);
  ui.dim = 1;
  if (it.focused) focus_ring(ui, rect, radius);
  return it.pressed;
}

float plain_button_width(const Ui& ui, std::string_view label) {
  return text_width(ui, Type::value, label);
}

bool plain_button(Ui& ui, float x, float baseline, std::string_view id, std::string_view label, Weight weight) {
  const Theme& theme = ui.theme;
  float cap = ui.fonts->cap_height(Type::value), width = plain_button_width(ui, label);
  Rect rect = snap(Rect{x, baseline - cap, width, cap}.inset(-theme.u(1), -theme.u(2)));
  Item it = item(ui, id, rect);
  if (!it.visible) return it.pressed;
  Colour colour = weight == Weight::strong   ? theme->ink
                  : weight == Weight::quiet  ? (it.hovered ? theme->ink : theme->ink2)
                  : weight == Weight::accent ? theme->accent
                                             : theme->pane;
  text_on(ui, x, x + width, baseline, label, {.type = Type::value, .colour = colour});
  if (it.hovered) rule(ui, x, baseline + theme.u(1), width, colour);
  if (it.focused) focus_ring(ui, rect, theme.px(measure::radius_cell));
  return it.pressed;
}

bool play_button(Ui& ui, Point centre, std::string_view id, bool playing, std::string_view name) {
  const Theme& theme = ui.theme;
  float radius = snap(theme.px(measure::play_radius));
  Rect rect = snap(Rect{centre.x - radius, centre.y - radius, 2 * radius, 2 * radius});
  Help help{.meaning = std::string(name)};
  Item it = item(ui, id, rect, {.help = &help});
  if (!it.visible) return it.pressed;
  ui.canvas()->AddCircleFilled(vec(rect.centre()), radius, theme->accent);
  icon(ui, playing ? Icon::pause : Icon::play, rect.centre(), theme.px(measure::icon_bar), theme->on_accent);
  if (it.focused) focus_ring(ui, rect, radius);
  return it.pressed;
}

}  // namespace vitrine::ui
