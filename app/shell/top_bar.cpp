// Draws the top bar from both ends.
#include "app/shell/top_bar.h"

#include <algorithm>

#include "app/ui/button.h"
#include "app/ui/draw.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kFind = 62, kFindLeast = 120;  // units: the search field of the gallery; narrower windows: its icon

// Mark, chevron and path; in the gallery mark and name.
bool draw_path(Ui& ui, Rect left, std::string_view title) {
  const Theme& theme = ui.theme;
  const float size = theme.px(22), middle = left.middle_y();
  mark(ui, snap(Rect{left.x, middle - size / 2, size, size}));
  left.take_left(size + theme.u(3));
  if (title.empty()) {
    text(ui, left, "Vitrine", {.type = Type::section});
    return false;
  }
  // One target: the chevron and the word say the same.
  const float chevron = theme.px(measure::icon), word = text_width(ui, Type::body, "Gallery");
  const Rect back = snap(Rect{left.x - theme.u(1), middle - theme.u(4), chevron + word + theme.u(4), theme.u(8)});
  const Item it = item(ui, "gallery", back);
  const Ground ground(ui, it.hovered ? theme.overlay(Overlay::hovered_row, ui.ground) : ui.ground);
  if (it.hovered) fill(ui, back, ui.ground, theme.px(measure::radius_button));
  if (it.focused) focus_ring(ui, back, theme.px(measure::radius_button));
  icon(ui, Icon::back, {back.x + theme.u(1) + chevron / 2, middle}, chevron, theme->ink2);
  const Rect line{back.x + chevron + theme.u(2), left.y, word, left.h};
  text(ui, line, "Gallery", {.colour = theme->ink2});
  const float baseline = baseline_in(ui, line, Type::body);
  const float slash = back.right() + theme.u(1);
  {
    const Ground wall(ui, theme->wall);
    text_on(ui, slash, slash + theme.u(3), baseline, "/", {.colour = theme->ink3});
    text_on(ui, slash + theme.u(4), left.right(), baseline, title, {.type = Type::section, .may_cut = true});
  }
  return it.pressed;
}

bool draw_device(Ui& ui, Rect& bar, const std::string& device) {
  const Theme& theme = ui.theme;
  const float edge = theme.px(measure::icon), word = text_width(ui, Type::small, device);
  const Rect chip = snap(bar.take_right(edge + word + theme.u(5)).centred(edge + word + theme.u(5), theme.u(8)));
  const Help help{.name = "Device", .range = {}, .meaning = "What computes here.", .rising = {}, .reason = {}};
  const Item it = item(ui, "device", chip, {.help = &help});
  const Ground ground(ui, it.hovered ? theme.overlay(Overlay::hovered_row, ui.ground) : ui.ground);
  if (it.hovered) fill(ui, chip, ui.ground, theme.px(measure::radius_button));
  if (it.focused) focus_ring(ui, chip, theme.px(measure::radius_button));
  icon(ui, Icon::chip, {chip.x + theme.u(1) + edge / 2, chip.middle_y()}, edge, theme->ink2);
  text(ui, {chip.x + edge + theme.u(3), chip.y, word, chip.h}, device, {.type = Type::small, .colour = theme->ink2});
  return it.pressed;
}

// In the gallery searching is the first thing one does, so it is a field and not an icon.
bool draw_find(Ui& ui, Rect& bar) {
  const Theme& theme = ui.theme;
  const Rect field = snap(bar.take_right(theme.u(kFind)).centred(theme.u(kFind), theme.u(8)));
  const Item it = item(ui, "find", field);
  const Ground ground(ui, theme.overlay(it.hovered ? Overlay::quiet : Overlay::tray, ui.ground));
  fill(ui, field, ui.ground, theme.px(measure::radius_button));
  if (it.focused) focus_ring(ui, field, theme.px(measure::radius_button));
  const float edge = theme.px(measure::icon);
  Rect line = field.inset(theme.u(3), 0);
  icon(ui, Icon::search, {line.x + edge / 2, line.middle_y()}, edge, theme->ink2);
  line.take_left(edge + theme.u(2));
  text(ui, line, "Find anything", {.type = Type::small, .colour = theme->ink2});
  text(ui, line, "Ctrl K", {.type = Type::small, .colour = theme->ink2, .align = Align::right});
  return it.pressed;
}

}  // namespace

std::optional<Deed> draw_top_bar(Ui& ui, const Rect& rect, const TopBar& bar) {
  const Theme& theme = ui.theme;
  std::optional<Deed> asked;
  const HelpRow row(ui, rect);
  const bool gallery = bar.title.empty();
  Rect left = rect;
  left.take_left(theme.u(gallery ? 7.0f : 5.0f));
  Rect right = rect;
  right.take_right(theme.u(gallery ? 4.75f : 3));  // the last icon ends on the column's edge
  const float pitch = theme.px(measure::icon_pitch);
  const auto add = [&](Deed deed, Icon which, std::string_view name, std::string_view meaning) {
    const Point centre = right.take_right(pitch).centre();
    if (icon_button(ui, centre, name, which, name, meaning, {}, measure::icon_bar)) asked = deed;
  };
  if (gallery) {
    add(Deed::full_screen, Icon::full, "Full screen", "Fills the screen with the window, and back. F11.");
  } else {
    add(Deed::story, Icon::story, "Story", "Folds the story away or shows it. F.");
  }
  add(Deed::look, Icon::present, "Look and size", "Dark, light or high contrast, size, presenter.");
  add(Deed::help, Icon::help, "Keys", "What the keyboard can do. F1 explains the control under the pointer.");
  const bool field = gallery && rect.w >= theme.u(kFindLeast * 2);
  if (!field) add(Deed::search, Icon::search, "Find anything", "Exhibits and everything the shell can do. Ctrl K.");
  if (bar.controls_folded) add(Deed::controls, Icon::pen, "Controls", "Shows the controls over the stage. C.");
  right.take_right(theme.u(2));
  if (draw_device(ui, right, bar.device)) asked = Deed::devices;
  right.take_right(theme.u(4));
  if (field && draw_find(ui, right)) asked = Deed::search;
  left.w = right.right() - left.x;
  if (draw_path(ui, left, bar.title)) asked = Deed::home;
  return asked;
}

}  // namespace vitrine::shell
