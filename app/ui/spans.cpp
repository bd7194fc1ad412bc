// Lanes of boxes over one axis of time.
#include "app/ui/spans.h"

#include <algorithm>

#include "app/ui/focus.h"
#include "app/ui/number.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float span_lane = 24, span_height = 16, span_least = 2;
}
namespace {

double end_of(const Spans& plot) {
  double end = 0;
  for (const Span& each : plot.spans) end = std::max(end, each.from + each.length);
  return end;
}

struct SpanPlane {
  Rect area;
  float lane = 0, label = 0;
  Axis time;

  // A span keeps a width that can be seen, and one pixel of air before the next.
  Rect box(const Span& each, float height, float least) const {
    const float left = area.x + static_cast<float>(time.share(each.from)) * area.w;
    const float right = area.x + static_cast<float>(time.share(each.from + each.length)) * area.w;
    const float top = area.y + static_cast<float>(each.lane) * lane + (lane - height) / 2;
    return {left, snap(top), std::max(least, right - left - 1), height};
  }
};

SpanPlane span_plane(const Ui& ui, const Rect& body, const Spans& plot) {
  SpanPlane plane;
  for (const std::string& lane : plot.lanes)
    plane.label = std::max(plane.label, text_width(ui, Type::small, lane) + ui.theme.u(3));
  plane.area = {body.x + plane.label, body.y, body.w - plane.label,
                body.h - ui.theme.line(Type::small) - ui.theme.u(1)};
  plane.lane = std::min(ui.theme.px(measure::span_lane),
                        plane.area.h / static_cast<float>(std::max<std::size_t>(1, plot.lanes.size())));
  plane.area.h = snap(plane.lane * static_cast<float>(plot.lanes.size()));
  plane.time = rounded({.low = 0, .high = end_of(plot), .most_ticks = 4});
  return plane;
}

void draw_span_axis(Ui& ui, const SpanPlane& plane, const std::string& unit) {
  const Theme& theme = ui.theme;
  const auto marks = ticks(plane.time);
  for (const Tick& tick : marks) {
    const float x = snap(plane.area.x + static_cast<float>(plane.time.share(tick.value)) * plane.area.w);
    upright(ui, x, plane.area.y, plane.area.h, theme->hair);
    const bool last = &tick == &marks.back();
    const std::string words = last ? tick.label + " " + unit : tick.label;
    const float width = text_width(ui, Type::small, words);
    const float left = std::min(x - width / 2, plane.area.right() - width);
    text(ui, {left, plane.area.bottom() + theme.u(1), width + 1, theme.line(Type::small)}, words,
         {.type = Type::small, .colour = theme->ink3});
  }
}

std::vector<Reading> span_readings(const Span& each, const std::string& unit) {
  std::vector<Reading> rows{{each.name, number_text(each.length) + " " + unit}};
  rows.insert(rows.end(), each.more.begin(), each.more.end());
  return rows;
}

}  // namespace

std::string csv(const Spans& plot) {
  std::string out = "name,lane,from,length";
  if (!plot.spans.empty())
    for (const Reading& each : plot.spans.front().more) out += "," + csv_field(each.name);
  out += '\n';
  for (const Span& each : plot.spans) {
    out += csv_field(each.name) + "," + csv_field(plot.lanes[static_cast<std::size_t>(each.lane)]) + "," +
           to_text(each.from) + "," + to_text(each.length);
    for (const Reading& more : each.more) out += "," + csv_field(more.value);
    out += '\n';
  }
  return out;
}

float spans_height(const Ui& ui, std::size_t lanes) {
  return plot_heading_height(ui) + ui.theme.px(measure::span_lane) * static_cast<float>(lanes) +
         ui.theme.line(Type::small) + ui.theme.u(1);
}

int spans(Ui& ui, std::string_view id, const Rect& rect, const Spans& plot, SpansState& state) {
  const Theme& theme = ui.theme;
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), plot.heading);
  const SpanPlane plane = span_plane(ui, body, plot);
  const Canvas c = canvas(ui, id, plane.area, state.inside);
  const int count = static_cast<int>(plot.spans.size());
  if (c.inside && count > 0) {
    state.cursor = std::clamp(state.cursor + (c.across + c.down) * (c.shift ? 10 : 1), 0, count - 1);
    if (c.home) state.cursor = 0;
    if (c.end) state.cursor = count - 1;
  }
  draw_span_axis(ui, plane, plot.unit);
  for (std::size_t lane = 0; lane < plot.lanes.size(); ++lane) {
    const float y = plane.area.y + static_cast<float>(lane) * plane.lane;
    text(ui, {body.x, y, plane.label, plane.lane}, plot.lanes[lane], {.type = Type::small, .colour = theme->ink2});
  }
  const float height = std::min(theme.px(measure::span_height), plane.lane - 2), least = theme.px(measure::span_least);
  const float radius = theme.px(measure::radius_bar);
  int pointed = c.inside && count > 0 ? state.cursor : -1;
  for (int i = 0; i < count && !c.inside; ++i) {  // the last one that the pointer is in lies on top
    const Rect box = plane.box(plot.spans[static_cast<std::size_t>(i)], plane.lane, least);
    if (c.item.hovered && box.holds(c.pointer)) pointed = i;
  }
  for (int i = 0; i < count; ++i) {
    const Span& each = plot.spans[static_cast<std::size_t>(i)];
    const Rect box = plane.box(each, height, least);
    // Neighbours of one lane differ a little, so that each can be told from the next.
    const Colour colour = theme.category(each.lane);
    fill(ui, box, i == pointed ? colour : fade(colour, i % 2 == 0 ? 0.75f : 0.5f), radius);
    if (i == pointed && c.inside) focus_ring(ui, box, radius);
  }
  if (pointed >= 0) {
    const Span& each = plot.spans[static_cast<std::size_t>(pointed)];
    const Rect box = plane.box(each, height, least);
    readout(ui, {box.middle_x(), box.y}, region(), span_readings(each, plot.unit));
  }
  offers(ui, free, in_use(c, rect), export_of(id, rect, plot, SpansState{}, spans));
  return pointed;
}

}  // namespace vitrine::ui
