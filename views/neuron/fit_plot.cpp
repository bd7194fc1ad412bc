// A curve through points, errors as bars, a ring round the point that is shown.
#include "views/neuron/fit_plot.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"
#include "views/neuron/answers_plot.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

namespace look {
constexpr float kFitDot = 4.5f, kShown = 8;  // px
}

Axis across_axis() {
  return {.low = -1.1, .high = 1.1, .title = "x", .at = {-1, -0.5, 0, 0.5, 1}};
}

Axis value_axis(const Fit& fit) {
  const auto [low, high] = std::ranges::minmax(fit.y);
  const double margin = 0.15 * std::max(0.1, static_cast<double>(high - low));
  return rounded({.low = static_cast<double>(low) - margin, .high = static_cast<double>(high) + margin});
}

Point point_of(const Plane& plane, const Fit& fit, std::size_t i) {
  return plane.at(static_cast<double>(fit.x[i]), static_cast<double>(fit.y[i]));
}

void draw_curve(Ui& ui, const Plane& plane, const Fit& fit) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < fit.curve.size(); ++i)
    if (drawable(fit.curve[i]))
      points.push_back(plane.at(static_cast<double>(fit.curve_x[i]), static_cast<double>(fit.curve[i])));
  if (points.size() > 1) polyline(ui, points, ui.theme->ink, ui.theme.stroke(measure::stroke_chosen));
}

void draw_points(Ui& ui, const Plane& plane, const Fit& fit) {
  for (std::size_t i = 0; i < fit.x.size(); ++i)
    shape(ui, 0, point_of(plane, fit, i), ui.theme.px(look::kFitDot), ui.theme.category(0), ui.ground,
          ui.theme.stroke(measure::stroke_ring));
}

void draw_errors(Ui& ui, const Plane& plane, const Fit& fit) {
  for (std::size_t i = 0; i < fit.x.size(); ++i)
    if (drawable(fit.answers[i]))
      line(ui, point_of(plane, fit, i), plane.at(static_cast<double>(fit.x[i]), static_cast<double>(fit.answers[i])),
           ui.theme.category(1), ui.theme.stroke(measure::stroke_curve));
}

std::size_t nearest_across(const Plane& plane, const Fit& fit, float x) {
  const auto away = [&](std::size_t i) { return std::fabs(point_of(plane, fit, i).x - x); };
  std::size_t nearest = 0;
  for (std::size_t i = 1; i < fit.x.size(); ++i)
    if (away(i) < away(nearest)) nearest = i;
  return nearest;
}

void draw_readout(Ui& ui, const Plane& plane, const Fit& fit, std::size_t i) {
  const auto row = [](std::string name, float v) {
    return Reading{std::move(name), number_text(static_cast<double>(v), {.trim = true})};
  };
  const Reading rows[] = {row("x", fit.x[i]), row("y", fit.y[i]), row("answer", fit.answers[i]),
                          row("error", fit.answers[i] - fit.y[i])};
  readout(ui, point_of(plane, fit, i), region(), rows);
}

}  // namespace

std::string csv(const Fit& fit) {
  std::string out = "x,y,answer,error\n";
  for (std::size_t i = 0; i < fit.x.size(); ++i)
    out += to_text(fit.x[i]) + "," + to_text(fit.y[i]) + "," + to_text(fit.answers[i]) + "," +
           to_text(fit.answers[i] - fit.y[i]) + "\n";
  return out;
}

std::optional<std::size_t> fit_plot(Ui& ui, std::string_view id, const Rect& rect, const Fit& fit, std::size_t shown,
                                    bool& inside) {
  const Theme& theme = ui.theme;
  const LegendKey keys[] = {{.label = "points", .points = true},
                            {.label = "formula", .colour = theme->ink},
                            {.label = "error", .category = 1}};
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), "The fit", keys);
  const Plane plane = plane_in(ui, body, across_axis(), value_axis(fit), false);
  draw_axes(ui, plane, false);
  const Canvas c = canvas(ui, id, body, inside);
  {
    const Clip clip(ui, plane.area);
    draw_errors(ui, plane, fit);
    draw_curve(ui, plane, fit);
  }
  draw_points(ui, plane, fit);
  ring(ui, point_of(plane, fit, shown), theme.px(look::kShown), theme->accent, theme.stroke(measure::stroke_ring));

  std::optional<std::size_t> chosen;
  if (c.inside && c.across != 0) {
    const auto last = static_cast<std::ptrdiff_t>(fit.x.size()) - 1;
    chosen =
        static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(shown) + c.across, 0, last));
  }
  const bool pointed = c.item.hovered && plane.area.holds(c.pointer);
  const std::size_t under = pointed ? nearest_across(plane, fit, c.pointer.x) : shown;
  if (pointed && c.clicked) chosen = under;
  if (pointed || c.inside) draw_readout(ui, plane, fit, under);
  offers(ui, free, in_use(c, rect),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(fit); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                bool outside = false;
                fit_plot(page, id, whole, fit, shown, outside);
              }});
  return chosen;
}

void fit_picture(Ui& ui, const Rect& rect, const Fit& fit) {
  const Plane plane{across_axis(), value_axis(fit), rect};
  draw_curve(ui, plane, fit);
  draw_points(ui, plane, fit);
}

}  // namespace vitrine::views::neuron
