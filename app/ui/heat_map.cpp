// Colours of a grid, kept until values or look change; lines, points, cursor and read-out on top.
#include "app/ui/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/fonts.h"
#include "engine/core/hash.h"

namespace vitrine::ui {
namespace measure {
constexpr float cell_gap = 3, iso_zero = 1.5f, iso_other = 1, scale_width = 150, scale_height = 8, map_cursor = 7;
constexpr float class_mark = 5, class_mark_away = 14, hollow = 1.5f, map_tick_gap = 8, map_tick_below = 19;
}  // namespace measure
namespace {
constexpr float kZeroShare = 0.75f, kOtherShare = 0.16f;  // of ink, for iso-lines
constexpr float kDiamondReach = 1.3f;  // of a hollow diamond, of the radius of a circle that looks as large
constexpr int kColours = 511;          // of the map, when it has more pixels than that
constexpr double kArrowShare = 0.01;   // of the range, by one arrow

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
  state.scale.key = state.picture.key + ".scale";
  state.scale.image = Image(256, 1);
  std::array<float, 256> ramp;
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<float>(i) / 255;
  colour_values(ui.theme, ramp, 0, 1, map.map, map.share, state.scale.image);
  set_version(state.scale);
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
      polyline(ui, points, colour, theme.px(zero ? measure::iso_zero : measure::iso_other));
    }
  }
}

void draw_mark(Ui& ui, Point at, const MapMark& mark) {
  const Theme& theme = ui.theme;
  float r = theme.px(measure::point), casing = theme.px(measure::point_casing);
  if (!mark.hollow) {
    Colour colour = mark.category == 0   ? theme->point1
                    : mark.category == 1 ? theme->point2
                                         : theme.category(mark.category);
    shape(ui, mark.category, at, r, colour, theme->point_casing, casing);
    return;
  }
  if (mark.category != 1) return ring(ui, at, r, theme->point_test, theme.px(measure::hollow));
  const float reach = r * kDiamondReach;
  const Point corners[] = {{at.x, at.y - reach}, {at.x + reach, at.y}, {at.x, at.y + reach}, {at.x - reach, at.y}};
  polyline(ui, corners, theme->point_test, theme.px(measure::hollow), true);
}

void draw_cells(Ui& ui, const Rect& area, const HeatMap& map) {
  const Theme& theme = ui.theme;
  float gap = snap(theme.px(measure::cell_gap)), radius = theme.px(measure::radius_cell);
  auto cell = [&](int x, int y) {
    Rect column = area.column(x, map.width, gap);
    Rect turned = Rect{area.y, 0, area.h, 0}.column(y, map.height, gap);
    return snap(Rect{column.x, turned.x, column.w, turned.w});
  };
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      std::size_t i = static_cast<std::size_t>(y * map.width + x);
      Colour colour = colour_of(theme, map.values[i], map.low, map.high, map.map, map.share);
      Rect box = cell(x, y);
      fill(ui, box, colour, radius);
      Ground ground(ui, colour);
      number(ui, box.x, box.right(), baseline_in(ui, box, Type::value), map.texts[i],
             {.colour = text_on(colour), .align = Align::centre});
    }
  if (!map.class_marks) return;
  float r = theme.px(measure::class_mark), away = theme.px(measure::class_mark_away);
  for (int y = 0; y < map.height; ++y) shape(ui, y, {area.x - away, cell(0, y).middle_y()}, r);
  for (int x = 0; x < map.width; ++x) shape(ui, x, {cell(x, 0).middle_x(), area.bottom() + away}, r);
}

float value_at(const HeatMap& map, const Plane& plane, double x, double y) {
  int column = static_cast<int>(plane.x.share(x) * map.width),
      row = static_cast<int>((1 - plane.y.share(y)) * map.height);
  column = std::clamp(column, 0, map.width - 1), row = std::clamp(row, 0, map.height - 1);
  return map.values[static_cast<std::size_t>(row * map.width + column)];
}

void draw_readout(Ui& ui, const HeatMap& map, const Plane& plane, Point at, double x, double y) {
  NumberFormat format{.digits = 3};
  Reading rows[] = {
      {map.x.title.empty() ? "x" : map.x.title, number_text(x, format)},
      {map.y.title.empty() ? "y" : map.y.title, number_text(y, format)},
      {std::string(map.value_name), number_text(static_cast<double>(value_at(map, plane, x, y)), format)}};
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
}  // namespace

void colour_values(const Theme& theme, std::span<const float> values, float low, float high, ColourMap map, float share,
                   Image& image) {
  std::vector<Colour> colours;
  bool many = values.size() > kColours;
  float last = kColours - 1;
  for (int i = 0; many && i < kColours; ++i)
    colours.push_back(colour_of(theme, static_cast<float>(i) / last, 0, 1, map, share));
  std::size_t n = std::min(values.size(), image.rgba.size() / 4);
  for (std::size_t i = 0; i < n; ++i) {
    float t = std::clamp((values[i] - low) / (high - low), 0.0f, 1.0f);
    bool direct = !many || std::isnan(t);
    Colour c = direct ? colour_of(theme, values[i], low, high, map, share)
                      : colours[static_cast<std::size_t>(t * last + 0.5f)];
    std::uint8_t* out = image.rgba.data() + i * 4;
    for (int k = 0; k < 4; ++k) out[k] = static_cast<std::uint8_t>(c >> (8 * k));
  }
}

Margins heat_map_margins(const Ui& ui, const HeatMap& map) {
  if (!map.texts.empty()) {
    float side = map.class_marks ? ui.theme.px(measure::class_mark_away + measure::class_mark) : 0;
    return {snap(side), snap(side)};
  }
  if (!map.labels) return {};
  float width = text_width(ui, Type::small, map.y.title);
  for (const Tick& tick : ticks(map.y)) width = std::max(width, number_width(ui, tick.label, Type::small));
  return {snap(width + ui.theme.px(measure::map_tick_gap)),
          snap(ui.theme.px(measure::map_tick_below) + ui.fonts->cap_height(Type::small) / 2)};
}

HeatMapEvents heat_map(Ui& ui, std::string_view id, const Rect& rect, const HeatMap& map, HeatMapState& state) {
  HeatMapEvents events;
  auto cells = static_cast<std::size_t>(std::max(map.width, 0)) * static_cast<std::size_t>(std::max(map.height, 0));
  if (cells == 0 || map.values.size() < cells || map.texts.size() % cells != 0) return events;
  Plane plane{map.x, map.y, snap(rect)};
  if (!map.texts.empty()) {
    draw_cells(ui, plane.area, map);
    return events;
  }
  Canvas c = canvas(ui, id, plane.area, state.inside, {.on_press = map.can_drag});
  if (!c.inside) state.x = (map.x.low + map.x.high) / 2, state.y = (map.y.low + map.y.high) / 2;
  bool points = point_at(c, map, plane, state, events);
  if (!c.item.visible) return events;
  refresh(ui, c.item.id, map, state);
  float radius = ui.theme.px(measure::radius_tile);
  picture(ui, state.picture, plane.area, radius);
  {
    Clip clip(ui, plane.area);
    draw_lines(ui, plane.area, state);
    for (const MapMark& mark : map.marks) draw_mark(ui, plane.at(mark.x, mark.y), mark);
    if (c.inside)
      ring(ui, plane.at(events.x, events.y), ui.theme.px(measure::map_cursor), ui.theme->accent,
           ui.theme.px(measure::stroke_ring));
  }
  if (map.labels) draw_edge_labels(ui, plane);
  if (points && !map.value_name.empty()) draw_readout(ui, map, plane, plane.at(events.x, events.y), events.x, events.y);
  return events;
}

void colour_scale(Ui& ui, const Rect& line, std::string_view low, std::string_view high, const HeatMapState& state) {
  const Theme& theme = ui.theme;
  if (state.scale.image.width == 0) return;
  float gap = theme.u(2), width = theme.px(measure::scale_width), height = theme.px(measure::scale_height);
  Rect left = line;
  Rect end = left.take_right(number_width(ui, high, Type::small));
  left.take_right(gap);
  Rect bar = left.take_right(width);
  left.take_right(gap);
  float baseline = baseline_in(ui, line, Type::small);
  NumberStyle style{.type = Type::small, .colour = theme->ink3};
  number(ui, end.x, end.right(), baseline, high, style);
  number(ui, left.x, left.right(), baseline, low, style);
  picture(ui, state.scale, snap(Rect{bar.x, bar.middle_y() - height / 2, bar.w, height}),
          theme.px(measure::radius_bar));
}

}  // namespace vitrine::ui
