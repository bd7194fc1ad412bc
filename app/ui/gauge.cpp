// Two arcs, a tick and a number.
#include "app/ui/gauge.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float gauge_stroke = 6, gauge_tick = 5;
}
namespace {
constexpr float kFrom = 150, kTo = 390;  // degrees, clockwise from the right: open below

float turn_of(const Gauge& gauge, double value) {
  const double share = gauge.high > gauge.low ? (value - gauge.low) / (gauge.high - gauge.low) : 0;
  return kFrom + (kTo - kFrom) * static_cast<float>(std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0);
}

void offer(Ui& ui, std::string_view id, const Item& it, const Rect& rect, const Gauge& gauge) {
  if (gauge.heading_line.empty()) return;
  offers(ui, gauge.heading_line, it.focused || pointed_in(rect) || pointed_in(gauge.heading_line),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(gauge); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                Gauge alone = gauge;
                alone.heading_line = {};
                ui::gauge(page, id, whole, alone);
              }});
}
}  // namespace

std::string csv(const Gauge& gauge) {
  std::string out = "name,value,low,high,mark\n" + csv_field(gauge.caption);
  for (const double number : {gauge.value, gauge.low, gauge.high}) out += "," + to_text(number);
  return out + "," + (gauge.mark ? to_text(*gauge.mark) : std::string()) + "\n";
}

void gauge(Ui& ui, std::string_view id, const Rect& rect, const Gauge& gauge) {
  const Theme& theme = ui.theme;
  const Item it = item(ui, id, rect, {.help = gauge.help});
  if (!it.visible) return;
  Rect dial = rect;
  const Rect words = dial.take_bottom(theme.line(Type::small));
  const float stroke = theme.stroke(measure::gauge_stroke), tick = theme.px(measure::gauge_tick);
  const float radius = std::min(dial.w, dial.h) / 2 - stroke / 2 - tick;
  const Point centre = dial.centre();
  polyline(ui, arc_points(centre, radius, kFrom, kTo), theme.overlay(Overlay::track), stroke);
  const float turn = turn_of(gauge, gauge.value);
  if (turn > kFrom) polyline(ui, arc_points(centre, radius, kFrom, turn), theme->ink2, stroke);
  if (gauge.mark) {
    const float at = turn_of(gauge, *gauge.mark);
    const Point inner = arc_points(centre, radius - stroke / 2, at, at).front();
    const Point outer = arc_points(centre, radius + stroke / 2 + tick, at, at).front();
    line(ui, inner, outer, theme->ink, theme.stroke(measure::stroke_track));
  }
  number(ui, dial.x, dial.right(), baseline_in(ui, dial, Type::big), gauge.text,
         {.type = Type::big, .align = Align::centre, .unit = gauge.unit});
  text(ui, words, gauge.caption, {.type = Type::small, .colour = theme->ink2, .align = Align::centre});
  if (it.focused) focus_ring(ui, rect, theme.px(measure::radius_button));
  offer(ui, id, it, rect, gauge);
}

}  // namespace vitrine::ui
