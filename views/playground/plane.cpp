// Home is from -6 to 6, with as few labels as tell that; elsewhere they are round.
#include "views/playground/plane.h"

#include <utility>

namespace vitrine::views::playground {

using namespace ui;

namespace {

Axis along(double middle, const Window& window, std::string title, std::vector<double> home) {
  Axis axis{.low = middle - window.half(), .high = middle + window.half(), .title = std::move(title)};
  if (window == Window{}) axis.at = std::move(home);
  return axis;
}

}  // namespace

Axis across(const Window& window) {
  return along(window.x, window, "x₁", {-kFieldExtent, 0, kFieldExtent});
}

Axis up(const Window& window) {
  return along(window.y, window, "x₂", {-kFieldExtent, kFieldExtent});
}

Colour colour_of(const Theme& theme, const Points& points, const datasets::PlanePoint& p) {
  if (points.are_values()) return theme.diverging(static_cast<float>(p.label));
  const int category = points.class_of(p.label);
  return category == 0 ? theme->point1 : category == 1 ? theme->point2 : theme.category(category);
}

void draw_point_at(Ui& ui, Point at, const Points& points, const datasets::PlanePoint& p) {
  const Theme& theme = ui.theme;
  const int category = points.are_values() ? (p.label < 0 ? 1 : 0) : points.class_of(p.label);
  shape(ui, category, at, theme.mark(measure::point), colour_of(theme, points, p), theme->point_casing,
        theme.mark(measure::point_casing));
}

void draw_point(Ui& ui, const Plane& plane, const Points& points, const datasets::PlanePoint& p) {
  draw_point_at(ui, plane.at(p.x, p.y), points, p);
}

}  // namespace vitrine::views::playground
