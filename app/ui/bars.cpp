// Names, numbers and lengths, aligned.
#include "app/ui/bars.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"

namespace vitrine::ui {
namespace measure {
constexpr float bar_pitch = 40, bar_pitch_compact = 30, bar_height = 4, bar_gap = 3;
}
namespace {
float pitch_of(const Ui& ui) {
  return snap(ui.theme.px(ui.theme.compact() ? measure::bar_pitch_compact : measure::bar_pitch));
}
}  // namespace

float bars_height(const Ui& ui, std::size_t count) {
  return pitch_of(ui) * static_cast<float>(count);
}

float bars(Ui& ui, const Rect& rect, std::span<const Bar> all, double full) {
  const Theme& theme = ui.theme;
  if (full <= 0)
    for (const Bar& bar : all)
      if (std::isfinite(bar.value)) full = std::max(full, std::abs(bar.value));
  Rect left = rect;
  for (const Bar& bar : all) {
    Rect row = left.take_top(pitch_of(ui));
    Rect words = row.take_top(theme.line(Type::small));
    float baseline = baseline_in(ui, words, Type::small);
    std::string text = bar.text.empty() ? number_text(bar.value, {.digits = 2}) : bar.text;
    float width = number_width(ui, text, Type::small_value);
    text_on(ui, words.x, words.right() - width - theme.u(2), baseline, bar.label,
            {.type = Type::small, .colour = theme->ink2, .may_cut = true});
    number(ui, words.x, words.right(), baseline, text, {.type = Type::small_value});
    row.take_top(theme.px(measure::bar_gap));
    Rect track = snap(row.take_top(theme.px(measure::bar_height)));
    float radius = theme.px(measure::radius_bar);
    fill(ui, track, theme.overlay(Overlay::bar_track), radius);
    double share = full > 0 && std::isfinite(bar.value) ? std::clamp(std::abs(bar.value) / full, 0.0, 1.0) : 0;
    Rect part = track;
    part.w = snap(track.w * static_cast<float>(share));
    if (bar.value < 0) part.x = track.right() - part.w;
    if (part.w > 0) fill(ui, part, bar.colour ? bar.colour : theme->ink2, radius);
  }
  return rect.h - left.h;
}

}  // namespace vitrine::ui
