// Curves, the hair line that all linked plots share, and what the heading offers while the plot is in use.
#include "app/ui/line_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float brush_ring = 4, readout_room = 80 * unit;
}
namespace {
constexpr float kAreaShare = 0.12f;        // under a curve, of its colour
constexpr float kRawShare = 0.28f;         // of a curve's colour, behind its smoothed self
constexpr float kBehindShare = 0.4f;       // of a curve's colour, while others stand out
constexpr double kSmoothShare = 0.02;      // of a run is what the smoothing remembers
constexpr float kReachShare = 0.1f;        // of the plot's height: so near a curve it is meant
constexpr std::size_t kCursorSteps = 100;  // arrows cross the plot in so many

std::size_t count(const LinePlot& plot) {
  return plot.steps.empty() ? plot.x.size() : plot.steps.size();
}
double x_of(const LinePlot& plot, std::size_t i) {
  return plot.steps.empty() ? static_cast<double>(plot.x[i]) : static_cast<double>(plot.steps[i]);
}

Colour colour_of(const Theme& theme, const Series& series) {
  return series.colour != 0 ? series.colour : theme.category(series.category);
}
bool is_dashed(const Series& series) {
  return series.colour == 0 && series.category % 2 != 0;
}

std::size_t nearest(const LinePlot& plot, double x) {
  std::size_t low = 0, high = count(plot);
  while (low < high) {
    std::size_t middle = (low + high) / 2;
    (x_of(plot, middle) < x ? low : high) = x_of(plot, middle) < x ? middle + 1 : middle;
  }
  if (low == count(plot)) return low - 1;
  return low > 0 && x - x_of(plot, low - 1) < x_of(plot, low) - x ? low - 1 : low;
}

Axis x_axis(const LinePlot& plot) {
  std::size_t n = count(plot);
  Axis axis{.low = plot.x_low.value_or(n ? x_of(plot, 0) : 0), .high = plot.x_high.value_or(n ? x_of(plot, n - 1) : 1)};
  if (axis.high <= axis.low) axis.high = axis.low + 1;
  axis.title = plot.x_title;
  axis.at = plot.x_marks.at, axis.names = plot.x_marks.names;
  axis.whole = !plot.steps.empty();
  return axis;
}

Axis y_axis(const LinePlot& plot, bool logarithmic) {
  Axis axis{.low = std::numeric_limits<double>::infinity(),
            .high = -std::numeric_limits<double>::infinity(),
            .logarithmic = logarithmic,
            .title = std::string(plot.y_title)};
  for (const Series& series : plot.series)
    for (float value : series.values) {
      double v = static_cast<double>(value);
      if (!std::isfinite(v) || (logarithmic && v <= 0)) continue;
      axis.low = std::min(axis.low, v);
      axis.high = std::max(axis.high, v);
    }
  if (plot.y_low) axis.low = *plot.y_low;
  if (plot.y_high) axis.high = *plot.y_high;
  return rounded(axis);
}

// An average that forgets: the curve without its shaking.
std::vector<float> smoothed(std::span<const float> values) {
  const double keep = 1 - 1 / std::max(1.0, kSmoothShare * static_cast<double>(values.size()));
  std::vector<float> out(values.begin(), values.end());
  double mean = 0, weight = 0;
  for (float& value : out) {
    if (!std::isfinite(value)) continue;
    mean = keep * mean + (1 - keep) * static_cast<double>(value);
    weight = keep * weight + (1 - keep);
    value = static_cast<float>(mean / weight);
  }
  return out;
}

// The other curves step back behind those that are pointed at or chosen.
bool stands_out(const Series& series, const Selection& selection) {
  return selection.lit(series.item) || (series.item != Selection::kNone && series.item == selection.chosen);
}

void draw_curves(Ui& ui, const Plane& plane, const LinePlot& plot, bool smooth, const Selection* selection) {
  const Theme& theme = ui.theme;
  const bool any = selection && std::any_of(plot.series.begin(), plot.series.end(),
                                            [&](const Series& each) { return stands_out(each, *selection); });
  Rect clip = plane.area.outset(theme.stroke(measure::stroke_curve));
  Clip inside(ui, clip);
  for (std::size_t i = plot.series.size(); i-- > 0;) {  // the first, most important one on top
    const Series& series = plot.series[i];
    std::vector<Point> points = decimated(plane, plot, series.values);
    const bool out = any && stands_out(series, *selection);
    const float stroke = theme.stroke(out ? measure::stroke_chosen : measure::stroke_curve);
    const Colour colour = fade(colour_of(theme, series), any && !out ? kBehindShare : 1);
    if (smooth) {  // the shaking itself stays in sight, faintly
      polyline(ui, points, fade(colour, kRawShare), theme.stroke(measure::stroke_axis));
      points = decimated(plane, plot, smoothed(series.values));
    }
    if (series.area) area(ui, points, plane.area.bottom(), fade(colour, kAreaShare));
    if (!is_dashed(series)) {
      polyline(ui, points, colour, stroke);
    } else {
      dashed(ui, points, colour, stroke, theme.px(measure::dash_on), theme.px(measure::dash_off));
    }
  }
  if (plot.playhead) {
    float x = plane.at(*plot.playhead, plane.y.high).x, width = theme.stroke(measure::stroke_track);
    fill(ui, {x - width / 2, plane.area.y, width, plane.area.h}, theme->accent);
  }
}

void draw_brush(Ui& ui, const Plane& plane, const LinePlot& plot, double x, float pointer_y, const Rect* bounds) {
  if (count(plot) == 0 || x < plane.x.low || x > plane.x.high) return;
  const Theme& theme = ui.theme;
  std::size_t i = nearest(plot, x);
  Point at = plane.at(x_of(plot, i), plane.y.low);
  upright(ui, snap(at.x), plane.area.y, plane.area.h, theme.overlay(Overlay::hair_line));
  const std::string unit = plot.x_unit.empty() ? "" : " " + std::string(plot.x_unit);
  std::vector<Reading> rows{
      {std::string(plot.x_name),
       i < plot.x_names.size() ? plot.x_names[i] : number_text(x_of(plot, i), {.digits = 3, .trim = true}) + unit}};
  for (const Series& series : plot.series) {
    if (i >= series.values.size()) continue;
    double value = static_cast<double>(series.values[i]);
    rows.push_back({series.label, number_text(value)});
    if (!std::isfinite(value)) continue;
    float y = std::clamp(plane.at(plane.x.low, value).y, plane.area.y, plane.area.bottom());
    disc(ui, {at.x, y}, theme.mark(measure::brush_ring), ui.ground);
    ring(ui, {at.x, y}, theme.mark(measure::brush_ring), colour_of(theme, series), theme.stroke(measure::stroke_curve));
  }
  for (const Series& series : plot.read_as_well)
    if (i < series.values.size()) rows.push_back({series.label, number_text(static_cast<double>(series.values[i]))});
  if (bounds) readout(ui, {at.x, pointer_y}, *bounds, rows);
}

// The curve that passes nearest to a place; none when all are further away than the reach.
std::int64_t item_at(const Plane& plane, const LinePlot& plot, Point to, float reach) {
  std::int64_t item = Selection::kNone;
  if (count(plot) == 0) return item;
  const std::size_t i = nearest(plot, plane.x_at(to.x));
  for (const Series& series : plot.series) {
    if (i >= series.values.size() || !std::isfinite(series.values[i])) continue;
    const float away = std::abs(plane.at(plane.x.low, static_cast<double>(series.values[i])).y - to.y);
    if (away <= reach) reach = away, item = series.item;
  }
  return item;
}

void point(const Canvas& c, const Plane& plane, const LinePlot& plot, LinePlotState& state, Selection& selection) {
  std::int64_t pointed = Selection::kNone;
  if (c.inside && !plot.series.empty()) {
    const auto last = static_cast<std::ptrdiff_t>(plot.series.size()) - 1;
    state.cursor = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(state.cursor) + c.down, 0, last));
    pointed = plot.series[state.cursor].item;
  } else if (c.item.hovered) {
    pointed = item_at(plane, plot, c.pointer, plane.area.h * kReachShare);
  }
  selection.point(c.item.id, pointed);
  if (pointed != Selection::kNone && (c.clicked || c.act)) selection.chosen = pointed;
}
}  // namespace

std::vector<Point> decimated(const Plane& plane, const LinePlot& plot, std::span<const float> values) {
  std::vector<Point> points;
  std::size_t n = std::min(count(plot), values.size());
  auto point = [&](std::size_t i) {
    Point p = plane.at(x_of(plot, i), static_cast<double>(values[i]));
    p.y = std::clamp(p.y, plane.area.y, plane.area.bottom());
    return p;
  };
  bool all = n <= 2 * static_cast<std::size_t>(plane.area.w);
  for (std::size_t i = 0; i < n;) {
    float column = std::floor(plane.at(x_of(plot, i), plane.y.high).x);
    std::size_t first = n, least = n, most = n, last = n;
    for (; i < n && (all ? first == n : std::floor(plane.at(x_of(plot, i), plane.y.high).x) == column); ++i) {
      if (!std::isfinite(values[i])) continue;
      if (first == n) first = least = most = i;
      if (values[i] < values[least]) least = i;
      if (values[i] > values[most]) most = i;
      last = i;
    }
    if (first == n) continue;
    std::size_t kept[] = {first, std::min(least, most), std::max(least, most), last};
    for (std::size_t k = 0; k < 4; ++k)
      if (k == 0 || kept[k] != kept[k - 1]) points.push_back(point(kept[k]));
  }
  return points;
}

std::string csv(const LinePlot& plot) {
  std::string out(plot.x_name);
  for (const auto& all : {plot.series, plot.read_as_well})
    for (const Series& series : all) out += "," + csv_field(series.label);
  out += '\n';
  for (std::size_t i = 0; i < count(plot); ++i) {
    out += plot.steps.empty() ? to_text(plot.x[i]) : to_text(plot.steps[i]);
    for (const auto& all : {plot.series, plot.read_as_well})
      for (const Series& series : all) out += "," + (i < series.values.size() ? to_text(series.values[i]) : "");
    out += '\n';
  }
  return out;
}

bool line_plot(Ui& ui, std::string_view id, const Rect& rect, const LinePlot& plot, LinePlotState& state, Brush& brush,
               Selection* selection) {
  Rect body = rect;
  Rect line = body.take_top(plot_heading_height(ui));
  std::vector<LegendKey> keys;
  for (const Series& series : plot.series)
    keys.push_back(
        {.label = series.label, .category = series.category, .dashed = is_dashed(series), .colour = series.colour});
  keys.insert(keys.end(), plot.more_keys.begin(), plot.more_keys.end());
  Rect free = plot_heading(ui, line, plot.heading, keys);

  bool logarithmic = plot.logarithmic != state.switched;
  Plane plane = plane_in(ui, body, x_axis(plot), y_axis(plot, logarithmic));
  Canvas c = canvas(ui, id, plane.area, state.inside);
  std::size_t n = count(plot);
  if (c.inside && n > 0) {
    if (brush.by != c.item.id) brush = {true, plot.playhead.value_or(x_of(plot, n - 1)), c.item.id};
    std::size_t at = nearest(plot, brush.x),
                by = std::max<std::size_t>(1, c.shift ? n / kCursorSteps * 10 : n / kCursorSteps);
    const int steps = c.across - (selection ? 0 : c.down);
    if (steps < 0) at = at > by ? at - by : 0;
    if (steps > 0) at = std::min(at + by, n - 1);
    if (c.home) at = 0;
    if (c.end) at = n - 1;
    brush.x = x_of(plot, at);
  } else if (c.item.hovered && n > 0) {
    brush = {true, x_of(plot, nearest(plot, plane.x_at(c.pointer.x))), c.item.id};
  } else if (brush.by == c.item.id) {
    brush = {};
  }

  if (selection) point(c, plane, plot, state, *selection);

  draw_axes(ui, plane);
  draw_curves(ui, plane, plot, state.smooth, selection);
  bool reads = brush.by == c.item.id;
  Rect bounds = rect.w > ui.theme.px(measure::readout_room) ? rect : region();  // beside its own point where it can
  float y = c.item.hovered ? c.pointer.y : plane.area.middle_y();
  if (brush.active) draw_brush(ui, plane, plot, brush.x, y, reads ? &bounds : nullptr);
  const Switch switches[] = {{"log", logarithmic}, {"smooth", state.smooth}};
  const auto alone = [](Ui& page, std::string_view name, const Rect& whole, const LinePlot& same, LinePlotState& own) {
    Brush none;
    line_plot(page, name, whole, same, own, none);
  };
  const LinePlotState as_switched{.switched = state.switched, .smooth = state.smooth};
  const Export out = plot.part_of ? *plot.part_of : export_of(id, rect, plot, as_switched, alone);
  const int turned = offers(ui, free, in_use(c, out.rect), switches, out);
  if (turned == 0) state.switched = !state.switched;
  if (turned == 1) state.smooth = !state.smooth;
  return reads && (c.clicked || c.act);
}

}  // namespace vitrine::ui
