// A window with as few labels as tell it.
#include "views/playground/plane.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/core/math_double.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

// Labels at its ends and, where there is room, in its middle: as many decimals as tell them apart.
Axis along(double middle, double half, std::string title, bool labels_middle) {
  Axis axis{.low = middle - half, .high = middle + half, .title = std::move(title), .at = {middle - half}};
  if (labels_middle) axis.at.push_back(middle);
  axis.at.push_back(middle + half);
  const int decimals = std::max(0, 1 - static_cast<int>(std::floor(math::log(half) / std::numbers::ln10)));
  for (const double at : axis.at) axis.names.push_back(number_text(at, {.decimals = decimals, .trim = true}));
  return axis;
}

}  // namespace

Axis across(const Window& window) {
  return along(window.x, window.half(), "x₁", true);
}

Axis up(const Window& window) {
  return along(window.y, window.half(), "x₂", false);  // links end where a middle label would stand
}

Colour colour_of(const Theme& theme, const Points& points, const datasets::PlanePoint& p) {
  if (points.are_values()) return theme.diverging(static_cast<float>(p.label));
  const int category = points.class_of(p.label);
  return category == 0 ? theme->point1 : category == 1 ? theme->point2 : theme.category(category);
}

void draw_point_at(Ui& ui, Point at, const Points& points, std::size_t point) {
  const Theme& theme = ui.theme;
  const datasets::PlanePoint& p = points.all[point];
  const int category = points.are_values() ? (p.label < 0 ? 1 : 0) : points.class_of(p.label);
  const float radius = theme.mark(measure::point);
  if (point < points.train) {
    return shape(ui, category, at, radius, colour_of(theme, points, p), theme->point_casing,
                 theme.mark(measure::point_casing));
  }
  if (points.classes == 2) return hollow_shape(ui, category, at, radius, theme->point_test);
  hollow_shape(ui, category, at, radius, colour_of(theme, points, p),
               theme->point_casing);  // the shape alone is little
}

void draw_point(Ui& ui, const Plane& plane, const Points& points, std::size_t point) {
  const datasets::PlanePoint& p = points.all[point];
  draw_point_at(ui, plane.at(p.x, p.y), points, point);
}

}  // namespace vitrine::views::playground
