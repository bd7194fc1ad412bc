// From -6 to 6, with as few labels as tell that.
#include "views/playground/plane.h"

namespace vitrine::views::playground {

using namespace ui;

Axis across() {
  return {.low = -kFieldExtent, .high = kFieldExtent, .title = "x₁", .at = {-6, 0, 6}};
}

Axis up() {
  return {.low = -kFieldExtent, .high = kFieldExtent, .title = "x₂", .at = {-6, 6}};
}

void draw_point(Ui& ui, const Plane& plane, const Points& points, const datasets::PlanePoint& p) {
  const Theme& theme = ui.theme;
  const int category = points.are_values() ? (p.label < 0 ? 1 : 0) : points.class_of(p.label);
  const Colour colour = points.are_values() ? theme.diverging(static_cast<float>(p.label))
                        : category == 0     ? theme->point1
                        : category == 1     ? theme->point2
                                            : theme.category(category);
  shape(ui, category, plane.at(p.x, p.y), theme.mark(measure::point), colour, theme->point_casing,
        theme.mark(measure::point_casing));
}

}  // namespace vitrine::views::playground
