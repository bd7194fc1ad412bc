// The plane that all pictures of the Playground show, and a point on it.
#pragma once

#include "app/ui/plot_axes.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

ui::Axis across();
ui::Axis up();
// A label's colour and shape: of its class, or of its value.
void draw_point(ui::Ui& ui, const ui::Plane& plane, const Points& points, const datasets::PlanePoint& p);

}  // namespace vitrine::views::playground
