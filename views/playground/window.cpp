// Places on a grid over a window.
#include "views/playground/window.h"

#include <cmath>

namespace vitrine::views::playground {

bool Window::holds(double px, double py) const {
  return std::fabs(px - x) <= half() && std::fabs(py - y) <= half();
}

Window window_of(const Settings& settings) {
  return {settings.view_x, settings.view_y, settings.view_zoom};
}

void each_place(const Window& window, int edge, const std::function<void(double x, double y)>& visit) {
  const auto away = [&](int i) { return window.half() * (2.0 * i / (edge - 1) - 1); };
  for (int row = 0; row < edge; ++row)
    for (int column = 0; column < edge; ++column) visit(window.x + away(column), window.y - away(row));
}

PlanePlace middle_of_pixel(const Window& window, int edge, std::size_t pixel) {
  const auto each = static_cast<std::size_t>(edge);
  const auto away = [&](std::size_t i) { return window.half() * ((2.0 * static_cast<double>(i) + 1) / edge - 1); };
  return {window.x + away(pixel % each), window.y - away(pixel / each)};
}

}  // namespace vitrine::views::playground
