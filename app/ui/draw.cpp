// Lines, areas, shapes, rings, read-out and legend.
#include "app/ui/draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/ui/svg.h"

namespace vitrine::ui {
namespace {
Colour seen(const Ui& ui, Colour c) {
  return fade(c, ui.dim);
}
constexpr float kPi = std::numbers::pi_v<float>;

// The corners of a category's polygon on the unit circle; the first lies at `turn`.
struct Polygon {
  int corners;
  float turn, grow;  // grow: shapes of equal weight to the eye are not of equal radius
};
constexpr std::array<Polygon, kCategories> kPolygons = {{{0, 0, 1},
                                                         {4, -kPi / 2, 1.30f},
                                                         {3, -kPi / 2, 1.36f},
                                                         {4, -kPi / 4, 1.28f},
                                                         {3, kPi / 2, 1.36f},
                                                         {0, 0, 1.25f},
                                                         {5, -kPi / 2, 1.18f},
                                                         {0, 0, 1}}};
constexpr float kPlusArm = 0.42f;   // half the width of the plus's arms, of its radius
constexpr float kRingWidth = 0.5f;  // of its radius

void plus(Ui& ui, Point at, float reach, float arm, Colour colour) {  // only convex shapes are filled: three bars
  exact_box(ui, {at.x - reach, at.y - arm, 2 * reach, 2 * arm}, colour);
  exact_box(ui, {at.x - arm, at.y - reach, 2 * arm, reach - arm}, colour);
  exact_box(ui, {at.x - arm, at.y + arm, 2 * arm, reach - arm}, colour);
}

std::vector<Point> plus_corners(Point at, float reach, float arm) {
  std::vector<Point> corners;
  for (Point out : {Point{0, -1}, Point{1, 0}, Point{0, 1}, Point{-1, 0}}) {
    Point side{-out.y * arm, out.x * arm};
    corners.push_back({at.x + out.x * reach - side.x, at.y + out.y * reach - side.y});
    corners.push_back({at.x + out.x * reach + side.x, at.y + out.y * reach + side.y});
    corners.push_back({at.x + out.x * arm + side.x, at.y + out.y * arm + side.y});
  }
  return corners;
}

std::vector<Point> polygon_corners(const Polygon& p, Point at, float reach) {
  std::vector<Point> corners;
  for (int i = 0; i < p.corners; ++i) {
    float angle = p.turn + 2 * kPi * static_cast<float>(i) / static_cast<float>(p.corners);
    corners.push_back({at.x + reach * std::cos(angle), at.y + reach * std::sin(angle)});
  }
  return corners;
}

void solid(Ui& ui, int category, Point at, float r, Colour colour) {
  const Polygon& p = kPolygons[static_cast<std::size_t>(category)];
  float R = r * p.grow;
  if (category == 5) return plus(ui, at, R, R * kPlusArm, colour);
  if (p.corners == 0) return disc(ui, at, R, colour);
  polygon(ui, polygon_corners(p, at, R), colour);
}

// While this lives nothing is written down: what is drawn was recorded as something simpler.
class Unrecorded {
 public:
  explicit Unrecorded(Ui& ui) : ui_(ui), svg_(std::exchange(ui.svg, nullptr)) {}
  ~Unrecorded() { ui_.svg = svg_; }
  Unrecorded(const Unrecorded&) = delete;
  Unrecorded& operator=(const Unrecorded&) = delete;

 private:
  Ui& ui_;
  Svg* svg_;
};
}  // namespace

float snap(float v) {
  return std::round(v);
}
Rect snap(const Rect& r) {
  float x = snap(r.x), y = snap(r.y);
  return {x, y, snap(r.right()) - x, snap(r.bottom()) - y};
}

void fill(Ui& ui, const Rect& rect, Colour colour, float radius) {
  Rect r = snap(rect);
  if (ui.audit && alpha(colour) == 255 && ui.dim == 1) ui.audit->cover(r, audit_layer(ui));
  if (r.empty()) return;
  ui.canvas()->AddRectFilled(top_left(r), bottom_right(r), seen(ui, colour), radius);
  if (ui.svg) ui.svg->box(r, seen(ui, colour), radius);
}

void outline(Ui& ui, const Rect& rect, Colour colour, float width, float radius) {
  Rect r = snap(rect).inset((width - 1) / 2);
  ui.canvas()->AddRect(top_left(r), bottom_right(r), seen(ui, colour), radius, 0, width);
  if (ui.svg) ui.svg->frame(r, seen(ui, colour), width, radius);
}

void line(Ui& ui, Point a, Point b, Colour colour, float width) {
  Point line_points[] = {a, b};
  polyline(ui, line_points, colour, width);
}

void rule(Ui& ui, float x, float y, float w, Colour colour) {
  fill(ui, {x, std::floor(y), w, 1}, colour);
}
void upright(Ui& ui, float x, float y, float h, Colour colour) {
  fill(ui, {std::floor(x), y, 1, h}, colour);
}

void polyline(Ui& ui, std::span<const Point> points, Colour colour, float width, bool closed) {
  if (points.size() < 2) return;
  static_assert(sizeof(Point) == sizeof(ImVec2));
  ui.canvas()->AddPolyline(reinterpret_cast<const ImVec2*>(points.data()), static_cast<int>(points.size()),
                           seen(ui, colour), closed ? ImDrawFlags_Closed : 0, width);
  if (ui.svg) ui.svg->path(points, seen(ui, colour), width, closed);
}

void dashed(Ui& ui, std::span<const Point> points, Colour colour, float width, float on, float off) {
  if (ui.svg) ui.svg->dashes(points, seen(ui, colour), width, on, off);
  Unrecorded pieces(ui);
  float left = on;  // of the dash or gap we are in
  bool draws = true;
  std::vector<Point> dash;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Point a = points[i], b = points[i + 1];
    float length = std::hypot(b.x - a.x, b.y - a.y), done = 0;
    if (draws && dash.empty()) dash.push_back(a);
    while (length - done > left) {
      done += left;
      Point p{a.x + (b.x - a.x) * done / length, a.y + (b.y - a.y) * done / length};
      if (draws) {
        dash.push_back(p);
        polyline(ui, dash, colour, width);
        dash.clear();
      } else {
        dash.assign(1, p);
      }
      draws = !draws;
      left = draws ? on : off;
    }
    left -= length - done;
    if (draws) dash.push_back(b);
  }
  if (draws) polyline(ui, dash, colour, width);
}

void area(Ui& ui, std::span<const Point> points, float base, Colour colour) {
  ImDrawList* list = ui.canvas();
  ImDrawListFlags before = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;  // with it every quad's edge would show as a seam
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Point a = points[i], b = points[i + 1];
    list->AddQuadFilled({a.x, base}, {a.x, a.y}, {b.x, b.y}, {b.x, base}, seen(ui, colour));
  }
  list->Flags = before;
  if (!ui.svg || points.empty()) return;
  std::vector<Point> whole(points.begin(), points.end());
  whole.insert(whole.end(), {{points.back().x, base}, {points.front().x, base}});
  ui.svg->polygon(whole, seen(ui, colour));
}

void exact_box(Ui& ui, const Rect& r, Colour colour, float radius) {
  ui.canvas()->AddRectFilled(top_left(r), bottom_right(r), seen(ui, colour), radius);
  if (ui.svg) ui.svg->box(r, seen(ui, colour), radius);
}

void exact_frame(Ui& ui, const Rect& r, Colour colour, float width, float radius) {
  ui.canvas()->AddRect(top_left(r), bottom_right(r), seen(ui, colour), radius, 0, width);
  if (ui.svg) ui.svg->frame(r, seen(ui, colour), width, radius);
}

std::vector<Point> arc_points(Point centre, float radius, float from, float to) {
  constexpr float kDegree = kPi / 180, kPixelsApart = 2;  // a chord of two pixels is round to the eye
  int count = std::max(8, static_cast<int>(std::abs(to - from) * kDegree * radius / kPixelsApart));
  std::vector<Point> points;
  for (int i = 0; i <= count; ++i) {
    float angle = (from + (to - from) * static_cast<float>(i) / static_cast<float>(count)) * kDegree;
    points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  return points;
}

void polygon(Ui& ui, std::span<const Point> corners, Colour colour) {
  ui.canvas()->AddConvexPolyFilled(reinterpret_cast<const ImVec2*>(corners.data()), static_cast<int>(corners.size()),
                                   seen(ui, colour));
  if (ui.svg) ui.svg->polygon(corners, seen(ui, colour));
}

void patch(Ui& ui, std::span<const Point> corners, Colour colour) {
  ImDrawList* list = ui.canvas();
  const ImDrawListFlags before = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
  polygon(ui, corners, colour);
  list->Flags = before;
}

void disc(Ui& ui, Point at, float radius, Colour colour) {
  ui.canvas()->AddCircleFilled(vec(at), radius, seen(ui, colour));
  if (ui.svg) ui.svg->disc(at, radius, seen(ui, colour));
}

void ring(Ui& ui, Point at, float radius, Colour colour, float width) {
  ui.canvas()->AddCircle(vec(at), radius, seen(ui, colour), 0, width);
  if (ui.svg) ui.svg->ring(at, radius, seen(ui, colour), width);
}

Clip::Clip(Ui& ui, const Rect& rect) : ui_(ui) {
  ui.canvas()->PushClipRect(top_left(rect), bottom_right(rect), true);
  if (ui.svg) ui.svg->push_clip(rect);
}

Clip::~Clip() {
  ui_.canvas()->PopClipRect();
  if (ui_.svg) ui_.svg->pop_clip();
}

// Corners are rounded in two strips, so that most of a picture is a plain rectangle: cheap where processors draw.
void picture(Ui& ui, const Texture& texture, const Rect& rect, float radius, float opacity) {
  const Rect r = snap(rect);
  if (ui.svg) ui.svg->picture(texture, r, radius, opacity * ui.dim);
  const Colour shade = seen(ui, fade(rgb(0xFFFFFF), opacity));
  const ImTextureID id = ui.textures->id(texture);
  const auto part = [&](float from, float to, ImDrawFlags corners) {
    ui.canvas()->AddImageRounded(id, {r.x, r.y + from}, {r.right(), r.y + to}, {0, from / r.h}, {1, to / r.h}, shade,
                                 radius, corners);
  };
  const float strip = std::ceil(radius) + 1;  // Dear ImGui keeps a pixel of a rectangle straight
  if (radius <= 0 || r.h < 3 * strip) return part(0, r.h, ImDrawFlags_RoundCornersAll);
  part(0, strip, ImDrawFlags_RoundCornersTop);
  part(strip, r.h - strip, ImDrawFlags_RoundCornersNone);
  part(r.h - strip, r.h, ImDrawFlags_RoundCornersBottom);
}

void shape(Ui& ui, int category, Point at, float radius, Colour colour, Colour casing, float casing_width) {
  category = std::clamp(category, 0, kCategories - 1);
  float width = radius * kRingWidth;
  if (casing && category != 7) {
    // A polygon's side moves out by its corner's way times the cosine of half the corner's turn.
    const Polygon& p = kPolygons[static_cast<std::size_t>(category)];
    float reach = p.corners ? 1 / std::cos(kPi / static_cast<float>(p.corners)) : 1;
    float r = category == 5 ? radius : radius + casing_width * reach / p.grow;
    if (category == 5) {
      float R = radius * p.grow;
      plus(ui, at, R + casing_width, R * kPlusArm + casing_width, casing);
    } else {
      solid(ui, category, at, r, casing);
    }
  }
  if (category == 7) {
    if (casing) ring(ui, at, radius, casing, width + 2 * casing_width);
    ring(ui, at, radius, colour, width);
  } else {
    solid(ui, category, at, radius, colour);
  }
}

// The eighth category is a ring already: hollow it is two.
void hollow_shape(Ui& ui, int category, Point at, float radius, Colour colour, Colour ground) {
  category = std::clamp(category, 0, kCategories - 1);
  const Polygon& p = kPolygons[static_cast<std::size_t>(category)];
  const float width = ui.theme.stroke(measure::point_hollow), reach = radius * p.grow;
  if (ground) solid(ui, category, at, radius + width, ground);
  if (category == 5) return polyline(ui, plus_corners(at, reach, reach * kPlusArm), colour, width, true);
  if (p.corners > 0) return polyline(ui, polygon_corners(p, at, reach), colour, width, true);
  ring(ui, at, reach, colour, width);
  if (category == 7) ring(ui, at, reach / 2, colour, width);
}

void focus_ring(Ui& ui, const Rect& rect, float radius) {
  float gap = ui.theme.px(measure::focus_gap), width = ui.theme.stroke(measure::stroke_ring);
  outline(ui, snap(rect).outset(gap), ui.theme->accent, width, radius + gap);
}

void chosen_ring(Ui& ui, const Rect& rect, float radius) {
  float gap = ui.theme.px(measure::focus_gap), width = ui.theme.stroke(measure::stroke_ring);
  outline(ui, snap(rect).outset(gap), ui.theme->ink, width, radius + gap);
}

void readout(Ui& ui, Point at, const Rect& bounds, std::span<const Reading> rows) {
  OnTop top(ui);
  const Theme& theme = ui.theme;
  float across = theme.u(3), down = theme.px(measure::readout_padding), pitch = theme.px(measure::readout_row);
  float names = 0, values = 0, away = theme.px(measure::readout_away);
  for (const Reading& r : rows) {
    names = std::max(names, text_width(ui, Type::small, r.name));
    values = std::max(values, number_width(ui, r.value, Type::small_value));
  }
  Rect box{0, 0, names + theme.u(6) + values + 2 * across, static_cast<float>(rows.size()) * pitch + 2 * down};
  bool right_side = at.x + away + box.w <= bounds.right();
  bool left_side = at.x - away - box.w >= bounds.x;
  box.x = right_side || !left_side ? at.x + away : at.x - away - box.w;
  box.y = at.y - box.h / 2;
  if (!right_side && !left_side) {  // above or below, so that the point stays in sight
    box.x = at.x - box.w / 2;
    box.y = at.y - away - box.h >= bounds.y ? at.y - away - box.h : at.y + away;
  }
  box.x = std::clamp(box.x, bounds.x, std::max(bounds.x, bounds.right() - box.w));
  box.y = std::clamp(box.y, bounds.y, std::max(bounds.y, bounds.bottom() - box.h));
  box = snap(box);
  Ground ground(ui, theme->ink);
  fill(ui, box, theme->ink, theme.px(measure::radius_segmented));
  Rect inner = box.inset(across, down);
  for (const Reading& r : rows) {
    Rect row = inner.take_top(pitch);
    float baseline = baseline_in(ui, row, Type::small);
    text_on(ui, row.x, row.right(), baseline, r.name, {.type = Type::small, .colour = theme.inverse_quiet()});
    number(ui, row.x, row.right(), baseline, r.value, {.type = Type::small_value, .colour = theme->pane});
  }
}

namespace {
constexpr float kKeyGap = 2, kKeysGap = 5;  // units

float mark_width(const Theme& theme, const LegendKey& key) {
  return theme.u(key.points || key.area ? 2 : 4);
}
}  // namespace

float legend_width(const Ui& ui, std::span<const LegendKey> keys) {
  const Theme& theme = ui.theme;
  float width = 0;
  for (const LegendKey& key : keys)
    width += mark_width(theme, key) + theme.u(kKeyGap + kKeysGap) + text_width(ui, Type::small, key.label);
  return std::max(0.0f, width - theme.u(kKeysGap));
}

float legend(Ui& ui, const Rect& heading, std::span<const LegendKey> keys) {
  const Theme& theme = ui.theme;
  const float gap = theme.u(kKeyGap), between = theme.u(kKeysGap), width = legend_width(ui, keys);
  float x = heading.right() - width, baseline = baseline_in(ui, heading, Type::section);
  float y = snap(baseline - ui.theme.px(measure::legend_lift));
  for (const LegendKey& key : keys) {
    Colour colour = key.colour ? key.colour : theme.category(key.category);
    float w = mark_width(theme, key), curve = theme.stroke(measure::stroke_curve);
    Point ends[] = {{x, y}, {x + w, y}};
    if (key.points) {
      shape(ui, key.category, {x + w / 2, y}, theme.mark(measure::point), colour);
    } else if (key.area) {
      exact_box(ui, {x, y - w / 2, w, w}, colour, theme.px(measure::radius_bar));
    } else if (key.dashed) {
      dashed(ui, ends, colour, curve, theme.px(measure::dash_on), theme.px(measure::dash_off));
    } else {
      polyline(ui, ends, colour, curve);
    }
    x += w + gap;
    x += text_on(ui, x, heading.right() + 1, baseline, key.label, {.type = Type::small, .colour = theme->ink2}) +
         between;
  }
  return width;
}

}  // namespace vitrine::ui
