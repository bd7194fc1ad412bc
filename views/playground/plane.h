// The plane that all pictures of the Playground show, and a point on it.
#pragma once

#include "app/ui/plot_axes.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// Of a window.
ui::Axis across(const Window& window = {});
ui::Axis up(const Window& window = {});
ui::Colour colour_of(const ui::Theme& theme, const Points& points, const datasets::PlanePoint& p);
// The colour and shape of its class, or of its value; test points are hollow.
void draw_point_at(ui::Ui& ui, ui::Point at, const Points& points, std::size_t point);
void draw_point(ui::Ui& ui, const ui::Plane& plane, const Points& points, std::size_t point);

}  // namespace vitrine::views::playground
