// Colours of a grid, kept until values or look change; lines, points, cursor and read-out on top.
#include "app/ui/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "app/ui/focus.h"
#include "app/ui/fonts.h"
#include "app/ui/offers.h"
#include "app/ui/pixel.h"
#include "engine/core/hash.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float iso_zero = 1.5f, iso_other = 1, scale_width = 150, scale_height = 8, map_cursor = 7;
constexpr float map_tick_gap = 8, map_tick_below = 19;
}  // namespace measure
namespace {
constexpr float kZeroShare = 0.75f, kOtherShare = 0.16f;  // of ink, for iso-lines
constexpr int kColours = 511;                             // of the map, when it has more pixels than that
constexpr double kArrowShare = 0.01;                      // of the range, by one arrow

Colour colour_of(const Theme& theme, float value, float low, float high, ColourMap map, float share) {
  float t = (value - low) / (high - low);
  return map == ColourMap::diverging ? theme.diverging((2 * std::clamp(t, 0.0f, 1.0f) - 1) * share)
                                     : theme.sequential(std::clamp(t, 0.0f, 1.0f) * share);
}

void set_version(Texture& texture) {  // by what it shows, so that no two pictures of one place are ever confused
  texture.version = hash_of(std::as_bytes(std::span(texture.image.rgba))).low;
}

// True when values, look or the colours' meaning changed.
bool refresh(Ui& ui, ImGuiID id, const HeatMap& map, HeatMapState& state) {
  bool same = state.look == ui.theme.look() && state.version == map.version && state.picture.image.width == map.width &&
              state.picture.image.height == map.height;
  if (same) return false;
  state.look = ui.theme.look();
  state.version = map.version;
  state.picture.key = "heat_map." + number_text(id);
  state.picture.filter = map.smooth ? Filter::linear : Filter::nearest;
  state.picture.image = Image(map.width, map.height);
  colour_values(ui.theme, map.values, map.low, map.high, map.map, map.share, state.picture.image);
  set_version(state.picture);
  state.lines = iso_lines(map.values, map.width, map.height, map.levels);
  return true;
}

void draw_lines(Ui& ui, const Rect& area, const HeatMapState& state) {
  const Theme& theme = ui.theme;
  std::vector<Point> points;
  for (bool zero : {false, true}) {
    Colour colour = theme.ink_share(zero ? kZeroShare : kOtherShare);
    for (const IsoLine& line : state.lines) {
      if ((line.level == 0) != zero) continue;
      points.clear();
      for (Point p : line.points) points.push_back({area.x + p.x * area.w, area.y + p.y * area.h});
      polyline(ui, points, colour, theme.stroke(zero ? measure::iso_zero : measure::iso_other));
    }
  }
}

void draw_mark(Ui& ui, Point at, const MapMark& mark) {
  const Theme& theme = ui.theme;
  float r = theme.mark(measure::point), casing = theme.mark(measure::point_casing);
  if (mark.hollow) return hollow_shape(ui, mark.category, at, r, theme->point_test);
  Colour colour = mark.category == 0   ? theme->point1
                  : mark.category == 1 ? theme->point2
                                       : theme.category(mark.category);
  shape(ui, mark.category, at, r, colour, theme->point_casing, casing);
}

void draw_readout(Ui& ui, const HeatMap& map, const Plane& plane, Point at, double x, double y) {
  const int column = std::clamp(static_cast<int>(plane.x.share(x) * map.width), 0, map.width - 1);
  const int row = std::clamp(static_cast<int>((1 - plane.y.share(y)) * map.height), 0, map.height - 1);
  const auto value = static_cast<double>(map.values[static_cast<std::size_t>(row * map.width + column)]);
  NumberFormat format{.digits = 3};
  std::vector<Reading> rows{{map.x.title.empty() ? "x" : map.x.title, number_text(x, format)},
                            {map.y.title.empty() ? "y" : map.y.title, number_text(y, format)},
                            {std::string(map.value_name), number_text(value, format)}};
  readout(ui, at, region(), rows);
}

// What the person points at, with the pointer or with the keyboard's cursor; true when there is something to read.
bool point_at(const Canvas& c, const HeatMap& map, const Plane& plane, HeatMapState& state, HeatMapEvents& events) {
  auto limited = [](const Axis& axis, double v) { return std::clamp(v, axis.low, axis.high); };
  bool held = map.can_drag && (c.item.held || c.let_go);
  if (held || (c.item.hovered && !c.inside)) {
    events.hovered = true;
    events.x = limited(plane.x, plane.x_at(c.pointer.x)), events.y = limited(plane.y, plane.y_at(c.pointer.y));
    events.clicked = c.clicked;
    events.dragging = held;
    events.held = held;
    events.let_go = held && c.let_go;
    return true;
  }
  if (!c.inside) return false;
  double speed = kArrowShare * (c.shift ? 10 : 1);
  double x = map.can_drag ? map.cursor_x : state.x, y = map.can_drag ? map.cursor_y : state.y;
  events.x = state.x = limited(plane.x, x + c.across * speed * (plane.x.high - plane.x.low));
  events.y = state.y = limited(plane.y, y - c.down * speed * (plane.y.high - plane.y.low));
  events.hovered = true;
  events.clicked = c.act;
  events.dragging = map.can_drag && (c.across != 0 || c.down != 0);
  return true;
}

// Hands on the view itself; the keyboard's cursor pushes it on at the map's edge.
void move(const Canvas& c, const HeatMap& map, const Plane& plane, HeatMapState& state, HeatMapEvents& events) {
  if (!map.view) return;
  events.view = move_view(c, plane, *map.view, map.limits, !map.can_drag, state.view);
  const bool pushes = (c.across > 0 && events.x >= plane.x.high) || (c.across < 0 && events.x <= plane.x.low) ||
                      (c.down < 0 && events.y >= plane.y.high) || (c.down > 0 && events.y <= plane.y.low);
  if (c.inside && pushes) events.view = {Edit::committed, stepped(plane, *map.view, c.across, c.down, map.limits)};
}

// Saved with its labels, wherever the view writes them on screen.
void offer(Ui& ui, std::string_view id, const Canvas& c, const Rect& area, const HeatMap& map) {
  if (map.heading_line.empty()) return;
  HeatMap alone = map;
  alone.heading_line = {}, alone.labels = true;
  const Margins margins = heat_map_margins(ui, alone);
  HeatMapState same;  // its picture lives until it has been rasterised
  offers(ui, map.heading_line, in_use(c, area) || in_use(c, map.heading_line),
         {.name = id,
          .rect = {area.x - margins.left, area.y, area.w + margins.left, area.h + margins.bottom},
          .csv = [&] { return csv(map); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                const Margins free = heat_map_margins(page, alone);
                Rect inner = whole;
                inner.take_left(free.left), inner.take_bottom(free.bottom);
                heat_map(page, id, inner, alone, same);
              }});
}
}  // namespace

std::string csv(const HeatMap& map) {
  std::string out = "x,y,value\n";
  const auto middle = [](const Axis& axis, int i, int n) { return axis.value((i + 0.5) / n); };
  for (int row = 0; row < map.height; ++row)
    for (int column = 0; column < map.width; ++column)
      out += to_text(middle(map.x, column, map.width)) + "," +
             to_text(middle(map.y, map.height - 1 - row, map.height)) + "," +
             to_text(map.values[static_cast<std::size_t>(row * map.width + column)]) + "\n";
  return out;
}

Palette::Palette(const Theme& theme, ColourMap map, float share) : none_(theme->error) {
  for (int i = 0; i < kColours; ++i)
    colours_.push_back(colour_of(theme, static_cast<float>(i) / (kColours - 1), 0, 1, map, share));
}

void Palette::paint(std::span<const float> values, float low, float high, Image& image) const {
  const float steps = (kColours - 1) / (high - low);
  const std::size_t count = std::min(values.size(), image.rgba.size() / 4);
  for (std::size_t i = 0; i < count; ++i) {
    const float at = (values[i] - low) * steps;
    const float within = std::clamp(at, 0.0f, static_cast<float>(kColours - 1));
    pixel::store(image.rgba.data() + 4 * i, at != at ? none_ : colours_[static_cast<std::size_t>(within + 0.5f)]);
  }
}

void colour_values(const Theme& theme, std::span<const float> values, float low, float high, ColourMap map, float share,
                   Image& image) {
  if (values.size() > kColours) return Palette(theme, map, share).paint(values, low, high, image);
  const std::size_t count = std::min(values.size(), image.rgba.size() / 4);
  for (std::size_t i = 0; i < count; ++i)
    pixel::store(image.rgba.data() + 4 * i, colour_of(theme, values[i], low, high, map, share));
}

Margins heat_map_margins(const Ui& ui, const HeatMap& map) {
  if (!map.labels) return {};
  float width = text_width(ui, Type::small, map.y.title);
  for (const Tick& tick : ticks(map.y)) width = std::max(width, number_width(ui, tick.label, Type::small));
  return {snap(width + ui.theme.px(measure::map_tick_gap)),
          snap(ui.theme.px(measure::map_tick_below) + ui.fonts->cap_height(Type::small) / 2)};
}

HeatMapEvents heat_map(Ui& ui, std::string_view id, const Rect& rect, const HeatMap& map, HeatMapState& state) {
  HeatMapEvents events;
  auto cells = static_cast<std::size_t>(std::max(map.width, 0)) * static_cast<std::size_t>(std::max(map.height, 0));
  if (cells == 0 || map.values.size() < cells) return events;
  Plane plane{map.x, map.y, snap(rect)};
  Canvas c = canvas(ui, id, plane.area, state.inside, {.on_press = map.can_drag});
  if (!c.inside) state.x = (map.x.low + map.x.high) / 2, state.y = (map.y.low + map.y.high) / 2;
  bool points = point_at(c, map, plane, state, events);
  move(c, map, plane, state, events);
  if (!c.item.visible) return events;
  refresh(ui, c.item.id, map, state);
  float radius = ui.theme.px(measure::radius_tile);
  picture(ui, state.picture, plane.area, radius);
  {
    Clip clip(ui, plane.area);
    draw_lines(ui, plane.area, state);
    for (const MapMark& mark : map.marks) draw_mark(ui, plane.at(mark.x, mark.y), mark);
    if (map.over) map.over(ui, plane);
    if (c.inside)
      ring(ui, plane.at(events.x, events.y), ui.theme.mark(measure::map_cursor), ui.theme->accent,
           ui.theme.stroke(measure::stroke_ring));
  }
  if (map.labels) draw_edge_labels(ui, plane);
  offer(ui, id, c, plane.area, map);
  if (points && !map.value_name.empty()) draw_readout(ui, map, plane, plane.at(events.x, events.y), events.x, events.y);
  return events;
}

void colour_scale(Ui& ui, const Rect& line, const ColourScale& scale, Texture& bar) {
  constexpr int kSteps = 256;
  const Theme& theme = ui.theme;
  std::array<float, kSteps> ramp;
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<float>(i) / (kSteps - 1);
  if (bar.image.width == 0) bar.image = Image(kSteps, 1);
  colour_values(theme, ramp, 0, 1, scale.map, scale.share, bar.image);
  const Hash looks = hash_of(std::as_bytes(std::span(bar.image.rgba)));
  bar.version = looks.low;
  bar.key = "colour_scale." + looks.hex();  // two scales may stand on one screen
  float gap = theme.u(2), width = theme.px(measure::scale_width), height = theme.px(measure::scale_height);
  Rect left = line;
  Rect end = left.take_right(number_width(ui, scale.high, Type::small));
  left.take_right(gap);
  Rect place = left.take_right(width);
  left.take_right(gap);
  float baseline = baseline_in(ui, line, Type::small);
  NumberStyle style{.type = Type::small, .colour = theme->ink3};
  number(ui, end.x, end.right(), baseline, scale.high, style);
  number(ui, left.x, left.right(), baseline, scale.low, style);
  picture(ui, bar, snap(Rect{place.x, place.middle_y() - height / 2, place.w, height}), theme.px(measure::radius_bar));
}

}  // namespace vitrine::ui
