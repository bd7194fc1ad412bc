// Bars, outlines, the threshold and its tab.
#include "app/ui/histogram.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float tab_height = 22, bin_gap = 1, threshold_reach = 12, item_mark = 5;
}
namespace {
constexpr float kBarShare = 0.55f;      // of a bar's colour, so that outlines over it stay in sight
constexpr float kAllBarsShare = 0.85f;  // likewise, where the bars of other sets must be seen through it
constexpr int kUpwards = 2;             // the shape that points up at a place on the base line
constexpr double kKeyShare = 0.01;      // of the axis, by one arrow on the threshold

int bins_of(const Histogram& plot) {
  std::size_t most = 0;
  for (const HistogramSet& set : plot.sets) most = std::max(most, set.counts.size());
  return static_cast<int>(most);
}
Axis across(const Histogram& plot) {
  return {.low = plot.low, .high = plot.high, .logarithmic = plot.logarithmic, .title = std::string(plot.x_title)};
}
double edge_of(const Histogram& plot, int bin) {
  return across(plot).value(static_cast<double>(bin) / std::max(1, bins_of(plot)));
}
// The step of a share of the axis; its end belongs to the last one. −1: outside.
int step_at(double share, int bins) {
  return share >= 0 && share <= 1 ? std::min(static_cast<int>(share * bins), bins - 1) : -1;
}
float height_of(const HistogramSet& set, int bin) {
  const auto i = static_cast<std::size_t>(bin);
  return i < set.counts.size() && std::isfinite(set.counts[i]) ? std::max(0.0f, set.counts[i]) : 0;
}

Axis up(const Histogram& plot) {
  float most = 0;
  for (const HistogramSet& set : plot.sets)
    for (int b = 0; b < bins_of(plot); ++b) most = std::max(most, height_of(set, b));
  return rounded({.low = 0, .high = most > 0 ? static_cast<double>(most) : 1.0});
}

void draw_bars(Ui& ui, const Plane& plane, const Histogram& plot, const HistogramSet& set, int pointed) {
  const Theme& theme = ui.theme;
  const Colour colour = theme.category(set.category);
  const float share = plot.all_bars ? kAllBarsShare : kBarShare;
  for (int b = 0; b < bins_of(plot); ++b) {
    const Point a = plane.at(edge_of(plot, b), static_cast<double>(height_of(set, b)));
    const float right = plane.at(edge_of(plot, b + 1), 0).x - theme.px(measure::bin_gap);
    fill(ui, {a.x, a.y, right - a.x, plane.area.bottom() - a.y}, b == pointed ? colour : fade(colour, share));
  }
}

void draw_outline(Ui& ui, const Plane& plane, const Histogram& plot, const HistogramSet& set) {
  std::vector<Point> steps{plane.at(plot.low, 0)};
  for (int b = 0; b < bins_of(plot); ++b) {
    const auto height = static_cast<double>(height_of(set, b));
    steps.push_back(plane.at(edge_of(plot, b), height));
    steps.push_back(plane.at(edge_of(plot, b + 1), height));
  }
  steps.push_back(plane.at(plot.high, 0));
  polyline(ui, steps, ui.theme.category(set.category), ui.theme.stroke(measure::stroke_curve));
}

void draw_threshold(Ui& ui, const Plane& plane, double threshold) {
  const Theme& theme = ui.theme;
  const float x = snap(plane.at(threshold, 0).x), width = theme.stroke(measure::stroke_track);
  fill(ui, {x - width / 2, plane.area.y, width, plane.area.h}, theme->accent);
  const std::string words = number_text(threshold);
  const float room = number_width(ui, words, Type::small_value) + theme.u(4), height = theme.px(measure::tab_height);
  const float left = std::clamp(x - room / 2, plane.area.x, std::max(plane.area.x, plane.area.right() - room));
  const Rect tab = snap(Rect{left, plane.area.y - height, room, height});
  fill(ui, tab, theme->accent, theme.px(measure::radius_cell));
  Ground ground(ui, theme->accent);
  number(ui, tab.x, tab.right(), baseline_in(ui, tab, Type::small_value), words,
         {.type = Type::small_value, .colour = theme->on_accent, .align = Align::centre});
}

void draw_readout(Ui& ui, const Plane& plane, const Histogram& plot, int bin) {
  const double low = edge_of(plot, bin), high = edge_of(plot, bin + 1);
  std::vector<Reading> rows{
      {std::string(plot.x_name), number_text(low, {.trim = true}) + " to " + number_text(high, {.trim = true})}};
  float most = 0;
  for (const HistogramSet& set : plot.sets) {
    rows.push_back({set.label, number_text(static_cast<double>(height_of(set, bin)), {.trim = true})});
    most = std::max(most, height_of(set, bin));
  }
  readout(ui, plane.at((low + high) / 2, static_cast<double>(most)), region(), rows);
}

// A press near its line or on its tab takes the threshold; elsewhere it means the bar.
bool is_near_threshold(const Ui& ui, const Plane& plane, double threshold, Point at) {
  const float away = std::fabs(at.x - plane.at(threshold, 0).x);
  const bool on_tab = at.y < plane.area.y;
  return away <= ui.theme.px(measure::threshold_reach) * (on_tab ? 2 : 1);
}

// The threshold as the hand or the keys want it; left alone it stays, even where the axis does not reach.
void move_threshold(const Canvas& c, const Plane& plane, const Histogram& plot, const HistogramState& state,
                    HistogramEvents& events) {
  double wanted = *plot.threshold;
  if (state.taken) wanted = plane.x_at(c.pointer.x);
  const int arrows = (c.across - c.down) * (c.shift ? 10 : 1);
  const bool by_keys = c.inside && arrows != 0;
  if (!state.taken && !by_keys && !c.home && !c.end) return;
  if (by_keys) wanted = plane.x.value(plane.x.share(wanted) + arrows * kKeyShare);
  if (c.home) wanted = plot.low;
  if (c.end) wanted = plot.high;
  wanted = std::clamp(wanted, plot.low, plot.high);
  if (wanted == *plot.threshold && !(c.let_go && state.taken)) return;
  events.threshold = wanted;
  events.edit = c.item.held ? Edit::changed : Edit::committed;
}

int bin_of(const Histogram& plot, double value) {
  return step_at(across(plot).share(value), bins_of(plot));
}

void point(const Canvas& c, const Histogram& plot, const HistogramEvents& events, Selection& selection) {
  std::vector<std::int64_t> items;
  for (std::size_t i = 0; events.bin >= 0 && i < plot.items.size(); ++i)
    if (bin_of(plot, static_cast<double>(plot.items[i])) == events.bin) items.push_back(static_cast<std::int64_t>(i));
  selection.point_at_all(c.item.id, items);
  if (events.chosen) selection.choose_next(items);
}

// A mark on the base line, where the item's value is.
void draw_item(Ui& ui, const Plane& plane, const Histogram& plot, std::int64_t item, Colour colour) {
  if (item < 0 || item >= static_cast<std::int64_t>(plot.items.size())) return;
  const auto value = static_cast<double>(plot.items[static_cast<std::size_t>(item)]);
  if (!(value >= plot.low && value <= plot.high)) return;
  const float r = ui.theme.mark(measure::item_mark);
  shape(ui, kUpwards, {plane.at(value, 0).x, plane.area.bottom()}, r, colour, ui.ground,
        ui.theme.mark(measure::point_casing));
}
}  // namespace

std::vector<float> binned(std::span<const float> values, const Axis& axis, int bins) {
  std::vector<float> counts(static_cast<std::size_t>(std::max(0, bins)), 0);
  if (bins <= 0 || !(axis.low < axis.high)) return counts;
  for (const float value : values) {
    const int step = step_at(axis.share(static_cast<double>(value)), bins);
    if (step >= 0) ++counts[static_cast<std::size_t>(step)];
  }
  return counts;
}

std::string csv(const Histogram& plot) {
  std::string out = "from,to";
  for (const HistogramSet& set : plot.sets) out += "," + csv_field(set.label);
  out += '\n';
  for (int b = 0; b < bins_of(plot); ++b) {
    out += to_text(edge_of(plot, b)) + "," + to_text(edge_of(plot, b + 1));
    for (const HistogramSet& set : plot.sets) out += "," + to_text(height_of(set, b));
    out += '\n';
  }
  return out;
}

HistogramEvents histogram(Ui& ui, std::string_view id, const Rect& rect, const Histogram& plot, HistogramState& state,
                          Selection* selection) {
  HistogramEvents events;
  Rect body = rect;
  const Rect line = body.take_top(plot_heading_height(ui));
  std::vector<LegendKey> keys;
  for (const HistogramSet& set : plot.sets)
    if (!set.label.empty()) keys.push_back({.label = set.label, .category = set.category, .points = plot.all_bars});
  const Rect free = plot_heading(ui, line, plot.heading, keys);
  // The threshold's tab stays clear of what the heading offers.
  if (plot.threshold) body.take_top(ui.theme.px(measure::tab_height) - ui.theme.u(1));
  const Plane plane = plane_in(ui, body, across(plot), up(plot));
  Rect reach = plane.area;  // with the tab above it
  if (plot.threshold)
    reach = {reach.x, reach.y - ui.theme.px(measure::tab_height), reach.w, reach.h + ui.theme.px(measure::tab_height)};
  const Canvas c = canvas(ui, id, reach, state.inside, {.on_press = plot.threshold.has_value()});
  const int bins = bins_of(plot);
  if (ImGui::IsMouseClicked(0))
    state.taken = plot.threshold && c.item.hovered && is_near_threshold(ui, plane, *plot.threshold, c.pointer);
  if (plot.threshold) move_threshold(c, plane, plot, state, events);
  events.chosen = (c.clicked && !state.taken) || (c.act && !plot.threshold);
  if (!c.item.held) state.taken = false;
  if (c.inside && bins > 0) {
    state.bin = std::clamp(state.bin + (plot.threshold ? 0 : c.across - c.down), 0, bins - 1);
    if (c.home) state.bin = 0;
    if (c.end) state.bin = bins - 1;
    const double at = plot.threshold ? events.threshold.value_or(*plot.threshold) : edge_of(plot, state.bin);
    events.bin = plot.threshold ? bin_of(plot, at) : state.bin;
  } else if (c.item.hovered && bins > 0) {
    events.bin = bin_of(plot, plane.x_at(c.pointer.x));
  }

  draw_axes(ui, plane);
  for (std::size_t i = 0; bins > 0 && i < plot.sets.size(); ++i) {
    if (i == 0 || plot.all_bars)
      draw_bars(ui, plane, plot, plot.sets[i], events.bin);
    else
      draw_outline(ui, plane, plot, plot.sets[i]);
  }
  if (selection) {
    point(c, plot, events, *selection);
    draw_item(ui, plane, plot, selection->chosen, ui.theme->ink);
    draw_item(ui, plane, plot, selection->hovered, ui.theme->ink2);
  }
  if (plot.threshold) draw_threshold(ui, plane, events.threshold.value_or(*plot.threshold));
  if (events.bin >= 0) draw_readout(ui, plane, plot, events.bin);
  offers(ui, free, in_use(c, rect), export_of(id, rect, plot, HistogramState{}, histogram, nullptr));
  return events;
}

}  // namespace vitrine::ui
