// A Window is the part of the plane that the big field shows: home is all of it, and a person may look closer or past
// its edges. What is asked of every place is asked on a grid over the window.
#pragma once

#include <functional>
#include <vector>

#include "views/playground/settings.h"

namespace vitrine::views::playground {

inline constexpr double kFieldExtent = 6;  // home shows -6 … 6

struct Window {
  double x = 0, y = 0, zoom = 1;  // its middle, and how many times closer than home

  double half() const { return kFieldExtent / zoom; }
  bool holds(double px, double py) const;
  friend bool operator==(const Window&, const Window&) = default;
};
Window window_of(const Settings& settings);

// Visits edge × edge places, row after row from the top; the outermost lie on the window's edges.
void each_place(const Window& window, int edge, const std::function<void(double x, double y)>& visit);

// The middle of a pixel of edge × edge, counted in the same order.
struct PlanePlace {
  double x, y;
};
PlanePlace middle_of_pixel(const Window& window, int edge, std::size_t pixel);

}  // namespace vitrine::views::playground
