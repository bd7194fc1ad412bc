// Names, numbers and lengths, aligned.
#include "app/ui/bars.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float bar_pitch = 40, bar_pitch_compact = 30, bar_height = 4, bar_gap = 3;
}
namespace {
float pitch_of(const Ui& ui) {
  return snap(ui.theme.px(ui.theme.compact() ? measure::bar_pitch_compact : measure::bar_pitch));
}

double full_of(const Bars& all) {
  double full = all.full;
  if (full > 0) return full;
  for (const Bar& bar : all.bars)
    if (std::isfinite(bar.value)) full = std::max(full, std::abs(bar.value));
  return full;
}

void draw_bar(Ui& ui, Rect row, const Bar& bar, double full, bool pointed) {
  const Theme& theme = ui.theme;
  Rect words = row.take_top(theme.line(Type::small));
  const float baseline = baseline_in(ui, words, Type::small);
  const std::string text = bar.text.empty() ? number_text(bar.value, {.digits = 2}) : bar.text;
  const float width = number_width(ui, text, Type::small_value);
  text_on(ui, words.x, words.right() - width - theme.u(2), baseline, bar.label,
          {.type = Type::small, .colour = pointed ? theme->ink : theme->ink2, .may_cut = true});
  number(ui, words.x, words.right(), baseline, text, {.type = Type::small_value});
  row.take_top(theme.px(measure::bar_gap));
  const Rect track = snap(row.take_top(theme.px(measure::bar_height)));
  const float radius = theme.px(measure::radius_bar);
  fill(ui, track, theme.overlay(Overlay::bar_track), radius);
  const double share = full > 0 && std::isfinite(bar.value) ? std::clamp(std::abs(bar.value) / full, 0.0, 1.0) : 0;
  Rect part = track;
  part.w = snap(track.w * static_cast<float>(share));
  if (bar.value < 0) part.x = track.right() - part.w;
  if (part.w > 0) fill(ui, part, bar.colour ? bar.colour : theme->ink2, radius);
}

int pointed_at(const Canvas& c, const Rect& body, float pitch, int count, BarsState& state) {
  if (count == 0) return -1;
  state.cursor = std::clamp(state.cursor + c.down + c.across, 0, count - 1);
  if (c.home) state.cursor = 0;
  if (c.end) state.cursor = count - 1;
  if (c.inside) return state.cursor;
  const int at = static_cast<int>((c.pointer.y - body.y) / pitch);
  return c.item.hovered && at < count ? at : -1;
}
}  // namespace

std::size_t bars_that_fit(const Ui& ui, const Rect& rect) {
  return static_cast<std::size_t>(std::max(0.0f, rect.h - plot_heading_height(ui)) / pitch_of(ui));
}

std::string csv(const Bars& bars) {
  std::string out = "name,value\n";
  for (const Bar& bar : bars.bars) out += csv_field(bar.label) + "," + to_text(bar.value) + "\n";
  return out;
}

int bars(Ui& ui, std::string_view id, const Rect& rect, const Bars& all, BarsState& state) {
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), all.heading);
  const float pitch = pitch_of(ui);
  const int count = static_cast<int>(all.bars.size());
  body.h = std::min(body.h, pitch * static_cast<float>(count));
  const Canvas c = canvas(ui, id, body, state.inside);
  const int pointed = pointed_at(c, body, pitch, count, state);
  const double full = full_of(all);
  Rect left = body;
  for (int i = 0; i < count; ++i) {
    const Rect row = left.take_top(pitch);
    draw_bar(ui, row, all.bars[static_cast<std::size_t>(i)], full, i == pointed);
    if (c.inside && i == pointed) focus_ring(ui, row.inset(0, ui.theme.u(0.5f)), ui.theme.px(measure::radius_cell));
  }
  if (pointed >= 0) {
    const Bar& bar = all.bars[static_cast<std::size_t>(pointed)];
    const Reading rows[] = {{bar.label, bar.text.empty() ? number_text(bar.value) : bar.text}};
    const float y = body.y + pitch * (static_cast<float>(pointed) + 0.5f);
    readout(ui, {c.inside ? body.right() : c.pointer.x, y}, region(), rows);
  }
  offers(ui, free, in_use(c, rect), export_of(id, rect, all, BarsState{}, bars));
  return pointed;
}

}  // namespace vitrine::ui
