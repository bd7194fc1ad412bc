// Counting along sorted scores; curves in a square of shares.
#include "app/ui/rate_plot.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float rate_ring = 4, rate_reach = 24;
}
namespace {
Axis shares(std::string_view title) {
  return {.low = 0, .high = 1, .title = std::string(title), .at = {0, 0.5, 1}};
}
std::string_view name_of(Rates rates, bool across) {
  if (rates == Rates::roc) return across ? "false alarms" : "found";
  return across ? "recall" : "precision";
}
Point place(const Plane& plane, const RateCurve& curve, std::size_t i) {
  return plane.at(static_cast<double>(curve.x[i]), static_cast<double>(curve.y[i]));
}

void draw_curves(Ui& ui, const Plane& plane, const RatePlot& plot) {
  const Theme& theme = ui.theme;
  const float on = theme.px(measure::dash_on), off = theme.px(measure::dash_off);
  const double level = plot.rates == Rates::roc || plot.series.empty() ? 0 : plot.series.front().curve->chance;
  const Point chance[] = {plane.at(0, level), plane.at(1, plot.rates == Rates::roc ? 1 : level)};
  dashed(ui, chance, theme.overlay(Overlay::axis), theme.stroke(measure::stroke_axis), on, off);
  for (std::size_t s = plot.series.size(); s-- > 0;) {
    const RateCurve& curve = *plot.series[s].curve;
    std::vector<Point> points;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {  // points within a pixel of the last one would not be seen
      const Point p = place(plane, curve, i);
      const bool apart = points.empty() || std::hypot(p.x - points.back().x, p.y - points.back().y) >= 1;
      if (apart || i + 1 == curve.x.size()) points.push_back(p);
    }
    const Colour colour = theme.category(plot.series[s].category);
    if (plot.series[s].category % 2 == 0) {
      polyline(ui, points, colour, theme.stroke(measure::stroke_curve));
    } else {
      dashed(ui, points, colour, theme.stroke(measure::stroke_curve), on, off);
    }
  }
}

// The nearest point of all curves; false when none is within reach.
bool find(const Plane& plane, const RatePlot& plot, Point to, float reach, RatePlotState& state) {
  float least = reach;
  bool found = false;
  for (std::size_t s = 0; s < plot.series.size(); ++s)
    for (std::size_t i = 0; i < plot.series[s].curve->x.size(); ++i) {
      const Point p = place(plane, *plot.series[s].curve, i);
      const float away = std::hypot(p.x - to.x, p.y - to.y);
      if (away <= least) least = away, state.series = s, state.at = i, found = true;
    }
  return found;
}

void move(const Canvas& c, const RatePlot& plot, RatePlotState& state) {
  const auto last_series = static_cast<std::ptrdiff_t>(plot.series.size()) - 1;
  state.series = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(state.series) + c.down, 0, last_series));
  const auto last = static_cast<std::ptrdiff_t>(plot.series[state.series].curve->x.size()) - 1;
  const std::ptrdiff_t by = c.across * (c.shift ? 10 : 1);
  state.at = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(state.at) + by, 0, last));
  if (c.home) state.at = 0;
  if (c.end) state.at = static_cast<std::size_t>(last);
}

// The last point whose threshold is not below the one in force: what is flagged there is flagged now.
std::size_t at_threshold(const RateCurve& curve, double threshold) {
  const auto above =
      std::ranges::find_if(curve.threshold, [&](float t) { return static_cast<double>(t) <= threshold; });
  const auto passed = static_cast<std::size_t>(above - curve.threshold.begin());
  return passed == 0 ? 0 : passed - 1;
}

void draw_marks(Ui& ui, const Plane& plane, const RatePlot& plot) {
  if (!plot.threshold) return;
  for (const RateSeries& series : plot.series) {
    if (series.curve->x.empty()) continue;
    const Point at = place(plane, *series.curve, at_threshold(*series.curve, *plot.threshold));
    disc(ui, at, ui.theme.mark(measure::rate_ring), ui.theme->accent);
  }
}

void draw_readout(Ui& ui, const Plane& plane, const RatePlot& plot, const RatePlotState& state) {
  const RateSeries& series = plot.series[state.series];
  const RateCurve& curve = *series.curve;
  const Point at = place(plane, curve, state.at);
  disc(ui, at, ui.theme.mark(measure::rate_ring), ui.ground);
  ring(ui, at, ui.theme.mark(measure::rate_ring), ui.theme.category(series.category),
       ui.theme.stroke(measure::stroke_curve));
  const auto share = [](float v) { return number_text(static_cast<double>(v), {.decimals = 3}); };
  const Reading rows[] = {{series.label, "area " + number_text(curve.area, {.decimals = 3})},
                          {"threshold", number_text(static_cast<double>(curve.threshold[state.at]))},
                          {std::string(name_of(plot.rates, true)), share(curve.x[state.at])},
                          {std::string(name_of(plot.rates, false)), share(curve.y[state.at])}};
  readout(ui, at, region(), rows);
}

void point(const Canvas& c, const RatePlot& plot, const RatePlotState* at, Selection& selection) {
  std::vector<std::int64_t> items;
  for (std::size_t i = 0; at && at->series == 0 && i < plot.scores.size(); ++i)
    if (plot.scores[i] == plot.series.front().curve->threshold[at->at]) items.push_back(static_cast<std::int64_t>(i));
  selection.point_at_all(c.item.id, items);
  if (c.clicked || c.act) selection.choose_next(items);
}

// Where the first curve stands when the threshold is the item's score.
void ring_item(Ui& ui, const Plane& plane, const RatePlot& plot, std::int64_t item, Colour colour) {
  if (item < 0 || item >= static_cast<std::int64_t>(plot.scores.size())) return;
  const RateCurve& curve = *plot.series.front().curve;
  const float score = plot.scores[static_cast<std::size_t>(item)];
  const auto at = std::lower_bound(curve.threshold.begin(), curve.threshold.end(), score, std::greater<>());
  if (at == curve.threshold.end() || *at != score) return;
  ring(ui, place(plane, curve, static_cast<std::size_t>(at - curve.threshold.begin())),
       ui.theme.mark(measure::rate_ring), colour, ui.theme.stroke(measure::stroke_ring));
}
}  // namespace

RateCurve rate_curve(std::span<const float> scores, std::span<const std::uint8_t> is_there, Rates rates) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < std::min(scores.size(), is_there.size()); ++i)
    if (std::isfinite(scores[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  double there = 0;
  for (std::size_t i : order) there += is_there[i] != 0;
  const double absent = static_cast<double>(order.size()) - there;
  RateCurve curve;
  if (there == 0 || absent == 0) return curve;  // with one class only there is nothing to tell apart
  curve.chance = there / (there + absent);
  double found = 0, alarms = 0, last_x = 0, last_y = rates == Rates::roc ? 0 : 1;
  const auto add = [&](double x, double y, float threshold) {
    curve.area += (x - last_x) * (rates == Rates::roc ? (y + last_y) / 2 : y);
    curve.x.push_back(static_cast<float>(x));
    curve.y.push_back(static_cast<float>(y));
    curve.threshold.push_back(threshold);
    last_x = x, last_y = y;
  };
  add(last_x, last_y, std::numeric_limits<float>::infinity());
  for (std::size_t k = 0; k < order.size(); ++k) {
    (is_there[order[k]] ? found : alarms) += 1;
    const float score = scores[order[k]];
    if (k + 1 < order.size() && scores[order[k + 1]] == score) continue;  // equal scores fall together
    if (rates == Rates::roc) {
      add(alarms / absent, found / there, score);
    } else {
      add(found / there, found / (found + alarms), score);
    }
  }
  return curve;
}

std::string csv(const RatePlot& plot) {
  std::string out = "curve,threshold," + std::string(name_of(plot.rates, true)) + "," +
                    std::string(name_of(plot.rates, false)) + "\n";
  for (const RateSeries& series : plot.series)
    for (std::size_t i = 0; i < series.curve->x.size(); ++i)
      out += csv_field(series.label) + "," + to_text(series.curve->threshold[i]) + "," + to_text(series.curve->x[i]) +
             "," + to_text(series.curve->y[i]) + "\n";
  return out;
}

RateEvents rate_plot(Ui& ui, std::string_view id, const Rect& rect, const RatePlot& plot, RatePlotState& state,
                     Selection* selection) {
  Rect body = rect;
  const Rect line = body.take_top(plot_heading_height(ui));
  std::vector<LegendKey> keys;
  for (const RateSeries& series : plot.series)
    keys.push_back({.label = series.label, .category = series.category, .dashed = series.category % 2 != 0});
  const Rect free = plot_heading(ui, line, plot.heading, keys);
  const Plane plane = plane_in(ui, body, shares(name_of(plot.rates, true)), shares(name_of(plot.rates, false)));
  const Canvas c = canvas(ui, id, plane.area, state.inside, {.on_press = plot.threshold.has_value()});
  bool points = false;
  bool any = !plot.series.empty();
  for (const RateSeries& series : plot.series) any = any && !series.curve->x.empty();
  if (any && c.inside) {
    move(c, plot, state);
    points = true;
  } else if (any && plot.threshold && (c.item.held || c.let_go)) {
    points = find(plane, plot, c.pointer, std::numeric_limits<float>::max(), state);
  } else if (any && c.item.hovered) {
    points = find(plane, plot, c.pointer, ui.theme.px(measure::rate_reach), state);
  }
  draw_axes(ui, plane);
  draw_curves(ui, plane, plot);
  draw_marks(ui, plane, plot);
  if (selection && any) {
    point(c, plot, points ? &state : nullptr, *selection);
    ring_item(ui, plane, plot, selection->chosen, ui.theme->ink);
    ring_item(ui, plane, plot, selection->hovered, ui.theme->ink2);
  }
  if (points) draw_readout(ui, plane, plot, state);
  offers(ui, free, in_use(c, rect), export_of(id, rect, plot, RatePlotState{}, rate_plot, nullptr));
  if (!points) return {};
  RateEvents events{static_cast<int>(state.series), plot.series[state.series].curve->threshold[state.at]};
  events.chosen = plot.threshold ? c.let_go || c.act : c.clicked || c.act;
  if (plot.threshold && (c.item.held || events.chosen)) events.edit = c.item.held ? Edit::changed : Edit::committed;
  return events;
}

}  // namespace vitrine::ui
