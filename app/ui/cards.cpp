// Cards, banner, empty state, long work.
#include "app/ui/cards.h"
#include "app/ui/icons.h"

#include <algorithm>
#include <utility>

#include "app/ui/button.h"
#include "app/ui/draw.h"

namespace vitrine::ui {
namespace {
constexpr double kToastSeconds = 4;
}

Rect help_card(Ui& ui, const Rect& anchor, const Help& help, const Rect& row) {
  OnTop top(ui);
  const Theme& theme = ui.theme;
  float pad = theme.u(4), width = snap(theme.px(measure::help_width)), gap = theme.u(2);
  TextStyle body{.colour = theme->ink2}, strong{.type = Type::section};
  Rect text_box{0, 0, width - 2 * pad, 0};
  float head = help.name.empty() ? 0 : theme.line(Type::section) + theme.u(1);
  float height = 2 * pad + head;
  for (const std::string* part : {&help.meaning, &help.rising, &help.reason})
    if (!part->empty()) height += paragraph(ui, text_box, *part, body, false);
  Rect window = ui.window();
  Rect box{anchor.right() + gap + theme.u(2), anchor.y, width, height};
  if (box.right() > window.right() - gap) box.x = anchor.x - width - gap - theme.u(2);
  if (!row.empty() || box.x < gap) {  // no room beside it: below, or above
    const Rect& clear = row.empty() ? anchor : row;
    const bool below = clear.bottom() + gap + height <= window.bottom();
    box.x = std::clamp(anchor.x, gap, std::max(gap, window.right() - width - gap));
    box.y = below ? clear.bottom() + gap : clear.y - gap - height;
  }
  box.y = std::clamp(box.y, gap, std::max(gap, window.bottom() - height - gap));
  box = snap(box);
  float radius = theme.px(measure::radius_pane);
  Ground ground(ui, theme->raised);
  fill(ui, box, theme->raised, radius);
  outline(ui, box, fade(theme->ink, theme->raised_edge), 1, radius);
  Rect inner = box.inset(pad);
  if (!help.name.empty()) {
    Rect line = inner.take_top(head);
    float baseline = baseline_in(ui, line, Type::section);
    float range = help.range.empty() ? 0 : text_width(ui, Type::small, help.range) + theme.u(3);
    text_on(ui, line.x, line.right() - range, baseline, help.name, strong);
    text_on(ui, line.x, line.right(), baseline, help.range,
            {.type = Type::small, .colour = theme->ink2, .align = Align::right});
  }
  for (const std::string* part : {&help.meaning, &help.rising}) {
    if (!part->empty()) inner.take_top(paragraph(ui, inner, *part, body));
  }
  if (!help.reason.empty()) paragraph(ui, inner, help.reason, {.colour = theme->ink});
  return box;
}

float toast_width(const Ui& ui, const Toast& toast) {
  const Theme& theme = ui.theme;
  const float action = toast.action.empty() ? 0 : plain_button_width(ui, toast.action) + theme.u(6);
  return theme.u(11) + theme.px(measure::icon) + text_width(ui, Type::body, toast.text) + action;
}

bool toast_card(Ui& ui, const Rect& box, std::string_view id, const Toast& toast) {
  const Theme& theme = ui.theme;
  const float pad = theme.u(4), mark_size = theme.px(measure::icon), baseline = baseline_in(ui, box, Type::body);
  const float action = toast.action.empty() ? 0 : plain_button_width(ui, toast.action) + theme.u(6);
  const Ground ground(ui, theme->ink);
  fill(ui, box, theme->ink, theme.px(measure::radius_button));
  icon(ui, Icon::check, {box.x + pad + mark_size / 2, box.middle_y()}, mark_size, theme->pane);
  text_on(ui, box.x + pad + mark_size + theme.u(3), box.right() - action, baseline, toast.text,
          {.colour = theme->pane});
  if (toast.action.empty()) return false;
  const float at = box.right() - pad - plain_button_width(ui, toast.action);
  return plain_button(ui, at, baseline, id, toast.action, Weight::inverse);
}

void show_toast(Ui& ui, std::string text, std::string action) {
  ui.toast = {std::move(text), std::move(action), ImGui::GetTime() + kToastSeconds};
}

int error_banner(Ui& ui, Rect& column, std::string_view id, const ErrorText& error) {
  const Theme& theme = ui.theme;
  float pad = theme.u(4), mark_size = theme.px(measure::icon), cross = theme.u(9);
  Colour veil = fade(theme->error, theme->error_overlay);
  Rect text_box{0, 0, column.w - 2 * pad - mark_size - theme.u(3) - cross, 0};
  float facts = paragraph(ui, text_box, error.fact, {.type = Type::section}, false);
  float remedies = error.remedy.empty() ? 0 : paragraph(ui, text_box, error.remedy, {}, false);
  Rect box = snap(column.take_top(theme.u(6) + facts + remedies + theme.u(7)));
  float radius = theme.px(measure::radius_button);
  Ground ground(ui, over(veil, ui.ground));
  fill(ui, box, veil, radius);
  Rect bar = box;
  fill(ui, bar.take_left(theme.px(measure::banner_bar)), theme->error);
  Rect inner = box.inset(pad, theme.u(3));
  Point mark_at{inner.x + mark_size / 2, inner.y + theme.line(Type::section) / 2};
  icon(ui, Icon::warn, mark_at, mark_size, theme->error);
  inner.take_left(mark_size + theme.u(3));
  Rect words = inner;
  words.take_right(cross);
  words.take_top(paragraph(ui, words, error.fact, {.type = Type::section}));
  if (!error.remedy.empty()) words.take_top(paragraph(ui, words, error.remedy, {.colour = theme->ink2}));
  Rect actions{words.x, inner.bottom() - theme.u(6), words.w, theme.u(6)};
  float baseline = baseline_in(ui, actions, Type::value), x = actions.x;
  int taken = -1;
  ImGui::PushID(id.data(), id.data() + id.size());
  if (!error.action.empty()) {
    if (plain_button(ui, x, baseline, "remedy", error.action, Weight::strong)) taken = 0;
    x += plain_button_width(ui, error.action) + theme.u(5);
  }
  if (plain_button(ui, x, baseline, "copy", "Copy", Weight::quiet)) taken = 1;
  if (icon_button(ui, {inner.right() - theme.u(2), mark_at.y}, "close", Icon::cross, "Close")) taken = 2;
  ImGui::PopID();
  column.take_top(theme.u(4));
  return taken;
}

bool empty_state(Ui& ui, const Rect& rect, std::string_view id, Icon which, std::string_view fact,
                 std::string_view detail, std::string_view action) {
  const Theme& theme = ui.theme;
  float width = std::min(rect.w - 2 * theme.u(4), theme.u(110));
  Rect measured{0, 0, width, 0};
  TextStyle strong{.type = Type::section, .align = Align::centre};
  TextStyle small{.type = Type::small, .colour = theme->ink2, .align = Align::centre};
  float mark_size = theme.px(measure::empty_icon), facts = paragraph(ui, measured, fact, strong, false);
  float details = detail.empty() ? 0 : paragraph(ui, measured, detail, small, false);
  float tall = mark_size + theme.u(2) + facts + details + (action.empty() ? 0 : theme.u(6));
  Rect column = snap(rect.centred(width, tall));
  Rect mark_box = column.take_top(mark_size + theme.u(2));
  icon(ui, which, {column.middle_x(), mark_box.y + mark_size / 2}, mark_size, theme->ink3);
  column.take_top(paragraph(ui, column, fact, strong));
  if (!detail.empty()) column.take_top(paragraph(ui, column, detail, small));
  if (action.empty()) return false;
  float x = snap(column.middle_x() - plain_button_width(ui, action) / 2);
  return plain_button(ui, x, baseline_in(ui, column, Type::value), id, action, Weight::accent);
}

float long_work_height(const Ui& ui) {
  return ui.theme.u(9);
}

bool long_work(Ui& ui, const Rect& rect, std::string_view id, std::string_view what, std::string_view left,
               float progress) {
  const Theme& theme = ui.theme;
  float bar = snap(theme.px(measure::work_bar)), edge = theme.u(9);
  Rect line{rect.x, rect.y, rect.w, rect.h - bar};
  bool cancelled = icon_button(ui, {line.right() - edge / 2 + theme.u(2), line.middle_y()}, id, Icon::cross, "Cancel",
                               {}, {}, measure::chevron);
  float baseline = baseline_in(ui, line, Type::body), right = line.right() - edge;
  float rest = left.empty() ? 0 : text_width(ui, Type::small, left) + theme.u(3);
  text_on(ui, line.x, right - rest, baseline, what, {.colour = theme->ink2, .may_cut = true});
  text_on(ui, line.x, right, baseline, left, {.type = Type::small, .colour = theme->ink3, .align = Align::right});
  Rect track{rect.x, rect.bottom() - bar, rect.w, bar};
  fill(ui, track, theme.overlay(Overlay::bar_track));
  fill(ui, {track.x, track.y, track.w * std::clamp(progress, 0.0f, 1.0f), bar}, theme->ink);
  return cancelled;
}

}  // namespace vitrine::ui
