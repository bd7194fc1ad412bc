// The run's curve as a track, the playhead as its knob.
#include "app/ui/history_bar.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/icons.h"
#include "app/ui/line_plot.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float history_top = 10, history_foot = 8;  // free above the curve's highest and below its lowest point
constexpr float history_stroke = 1.25f, keyframe_dot = 2.5f, fork_below = 10;
}  // namespace measure
namespace {

// The curve between the top and the base line; logarithmic when all of it is positive, as losses are.
Plane plane_of(const Ui& ui, const Rect& rect, const HistoryBar& bar) {
  const Theme& theme = ui.theme;
  Plane plane;
  plane.area = rect;
  plane.area.take_bottom(theme.px(measure::knob) + 1);
  plane.area = snap(plane.area);
  double low = 0, high = 0;
  bool any = false;
  for (float value : bar.values) {
    if (!std::isfinite(value)) continue;
    double v = static_cast<double>(value);
    low = any ? std::min(low, v) : v, high = any ? std::max(high, v) : v;
    any = true;
  }
  double first = bar.steps.empty() ? 0 : static_cast<double>(std::min<std::int64_t>(bar.steps.front(), bar.step));
  plane.x = {.low = first, .high = std::max(first + 1, static_cast<double>(std::max(bar.head, bar.step)))};
  plane.y = {.low = low, .high = high > low ? high : low + 1, .logarithmic = any && low > 0 && high > low};
  float top = theme.px(measure::history_top), foot = theme.px(measure::history_foot);
  double room = static_cast<double>(std::max(plane.area.h - top - foot, 1.0f));
  Axis y = plane.y;
  plane.y.low = y.value(-static_cast<double>(foot) / room);
  plane.y.high = y.value(1 + static_cast<double>(top) / room);
  return plane;
}

// The curve up to x, and from x on, sharing a point there.
void split(std::span<const Point> points, float x, std::vector<Point>& before, std::vector<Point>& after) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && points[i - 1].x < x && points[i].x > x) {
      Point a = points[i - 1], b = points[i];
      Point cut{x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)};
      before.push_back(cut), after.push_back(cut);
    }
    if (points[i].x <= x) before.push_back(points[i]);
    if (points[i].x >= x) after.push_back(points[i]);
  }
}

void draw_track(Ui& ui, const Plane& plane, const HistoryBar& bar, float now) {
  const Theme& theme = ui.theme;
  LinePlot plot{.steps = bar.steps};
  std::vector<Point> before, after;
  split(decimated(plane, plot, bar.values), now, before, after);
  float base = plane.area.bottom(), stroke = theme.stroke(measure::history_stroke);
  area(ui, before, base, theme.overlay(Overlay::area));
  rule(ui, plane.area.x, base, plane.area.w, theme.overlay(Overlay::axis));
  polyline(ui, after, theme.overlay(Overlay::future), stroke);
  polyline(ui, before, theme->ink2, stroke);
  auto x_of = [&](std::int64_t step) { return plane.at(static_cast<double>(step), plane.y.high).x; };
  float last = plane.area.x, apart = theme.u(2);
  for (std::int64_t step : bar.keyframes) {  // those that would touch are left out; the keys reach them all
    if (x_of(step) < last + apart) continue;
    last = x_of(step);
    disc(ui, {last, base}, theme.mark(measure::keyframe_dot), theme->ink2);
  }
  for (std::int64_t step : bar.forks)
    icon(ui, Icon::fork, {x_of(step), plane.area.y + theme.px(measure::fork_below)}, theme.px(measure::icon),
         theme->ink3);
}

std::int64_t by_keys(const HistoryBar& bar) {
  using imgui_compat::pressed;
  std::int64_t to = bar.step;
  if (pressed(Key::right, true)) {
    to = bar.head;
    for (std::int64_t step : bar.keyframes)
      if (step > bar.step) to = std::min(to, step);
  } else if (pressed(Key::left, true)) {
    to = bar.steps.empty() ? 0 : std::min(bar.steps.front(), bar.step);
    for (std::int64_t step : bar.keyframes)
      if (step < bar.step) to = std::max(to, step);
  }
  if (pressed(Key::home)) to = bar.steps.empty() ? 0 : bar.steps.front();
  if (pressed(Key::end)) to = bar.head;
  return to;
}

void offer(Ui& ui, std::string_view id, const Rect& rect, const HistoryBar& bar, bool focused) {
  if (bar.heading_line.empty()) return;
  offers(ui, bar.heading_line, focused || pointed_in(rect) || pointed_in(bar.heading_line),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(bar); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                HistoryBar alone = bar;
                alone.heading_line = {};
                history_bar(page, id, whole, alone);
              }});
}
}  // namespace

std::string csv(const HistoryBar& bar) {
  std::string out = "step,value\n";
  for (std::size_t i = 0; i < std::min(bar.steps.size(), bar.values.size()); ++i)
    out += to_text(bar.steps[i]) + "," + to_text(bar.values[i]) + "\n";
  return out;
}

HistoryEvents history_bar(Ui& ui, std::string_view id, const Rect& rect, const HistoryBar& bar) {
  const Theme& theme = ui.theme;
  Item it = item(ui, id, rect, {.help = bar.help, .on_press = true, .enter_presses = false});
  Plane plane = plane_of(ui, rect, bar);
  HistoryEvents events;
  std::int64_t step = bar.step;
  bool let_go = ImGui::IsItemDeactivated() && ImGui::IsMouseReleased(0);  // where it was let go counts
  if (it.held || let_go) {
    double wanted = std::round(plane.x_at(ImGui::GetIO().MousePos.x));
    step = static_cast<std::int64_t>(std::clamp(wanted, plane.x.low, plane.x.high));
    events.dragging = it.held;
  } else if (it.has_keys) {
    imgui_compat::keep_sideways(it.id);
    step = by_keys(bar);
  }
  step = std::min(step, std::max(bar.head, bar.step));
  if (step != bar.step) events.step = step;
  if (!it.visible) return events;

  float now = snap(plane.at(static_cast<double>(step), plane.y.high).x), base = plane.area.bottom();
  draw_track(ui, plane, bar, now);
  float width = theme.stroke(measure::stroke_track);
  fill(ui, {now - width / 2, plane.area.y, width, plane.area.h}, theme->accent);
  float knob = theme.px(it.focused || it.held ? measure::knob_focused : measure::knob);
  disc(ui, {now, base}, knob, theme->accent);
  if (it.focused)
    ring(ui, {now, base}, theme.px(measure::knob_ring), theme->accent, theme.stroke(measure::stroke_ring));
  offer(ui, id, rect, bar, it.focused);
  return events;
}

}  // namespace vitrine::ui
