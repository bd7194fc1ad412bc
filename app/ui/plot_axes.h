// An Axis is a range of values along one edge of a picture, linear or logarithmic, with three to five round ticks; a
// Plane is two of them round an area of pixels and maps values to points and back. Plots and heat maps stand on it, and
// a view may draw its own marks over one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/draw.h"

namespace vitrine::ui {

struct Axis {
  double low = 0, high = 1;
  bool logarithmic = false;
  std::string title = {};  // "epochs"
  int most_ticks = 5;
  bool whole = false;                   // steps, counts: no ticks between
  std::vector<double> at = {};          // ticks here instead of round ones
  std::vector<std::string> names = {};  // of those, where they are no numbers

  double share(double value) const;  // 0 at low, 1 at high, beyond them outside
  double value(double share) const;
};

struct Tick {
  double value;
  std::string label;
};
std::vector<Tick> ticks(const Axis& axis);
Axis rounded(Axis axis);  // widened outwards to round ends; never empty, never without a decade when logarithmic

struct Plane {
  Axis x, y;
  Rect area;

  Point at(double vx, double vy) const;
  double x_at(float px) const;
  double y_at(float py) const;
};

// The plane whose labels fit into the rectangle with it: y labels at its left, x labels (and title) below.
Plane plane_in(const Ui& ui, const Rect& rect, Axis x, Axis y, bool x_title = true);
// Gridlines, base line, ticks and labels of a plot. Titles are small: of x at the right end under the ticks, of y above
// its labels.
void draw_axes(Ui& ui, const Plane& plane, bool x_title = true);
// Upright gridlines and what stands below them, for rows under each other that share one axis.
void draw_uprights(Ui& ui, const Plane& plane);
// Labels only, hanging outside the area, titles among them: for heat maps and fields.
void draw_edge_labels(Ui& ui, const Plane& plane);

// The line above a plot: heading at the left, legend at the right. plot_heading_height is what to cut off for it; it
// returns what is left of the line between the two. A legend that does not fit is left out.
float plot_heading_height(const Ui& ui);
bool legend_fits(const Ui& ui, float width, std::string_view heading, std::span<const LegendKey> keys);
Rect plot_heading(Ui& ui, const Rect& line, std::string_view heading, std::span<const LegendKey> keys = {});
// A few small words behind a heading, where they fit; what is left of the line.
Rect caption_after_heading(Ui& ui, Rect free, std::string_view caption);

}  // namespace vitrine::ui
