// Slopes over the plane are differences between neighbouring pixels; those of the loss come from the session.
#include "views/playground/unit_readings.h"

#include <algorithm>

namespace vitrine::views::playground {

using namespace ui;

PlaneSlopes slopes_at(const CloseUp& image, double x, double y) {
  const double pitch = 2 * image.window.half() / image.edge;
  const auto pixel = [&](double away) {
    return std::clamp(static_cast<int>((away + image.window.half()) / pitch), 0, image.edge - 1);
  };
  const int column = pixel(x - image.window.x), row = pixel(image.window.y - y);
  const int left = std::max(column - 1, 0), right = std::min(column + 1, image.edge - 1);
  const int above = std::max(row - 1, 0), below = std::min(row + 1, image.edge - 1);
  const auto answer = [&](int c, int r) {
    return static_cast<double>(image.answers.front()[static_cast<std::size_t>(r * image.edge + c)]);
  };
  if (image.edge < 2) return {};
  return {(answer(right, row) - answer(left, row)) / (pitch * (right - left)),
          (answer(column, above) - answer(column, below)) / (pitch * (below - above))};
}

std::vector<Reading> rows_of(const Snapshot& s, const UnitReading& reading) {
  const NumberFormat place{.decimals = 3}, format{.digits = 3, .sign = true};
  const double x = reading.place.x, y = reading.place.y;
  std::vector<Reading> rows{{"x₁", number_text(x, place)}, {"x₂", number_text(y, place)}};
  const auto add = [&](const char* name, const std::optional<double>& value) {
    if (value) rows.push_back({name, number_text(*value, format)});
  };
  add("sum", reading.sum);
  const bool is_share = s.shape.answer == Answer::classes && reading.unit.layer == s.shape.layers();
  add(is_share ? "share of 1" : "answer", reading.answer);
  const PlaneSlopes slopes = slopes_at(*s.close_up, x, y);
  add("slope x₁", slopes.across);
  add("slope x₂", slopes.up);
  add("gradient", reading.gradient);
  add("here", reading.gradient_here);
  return rows;
}

}  // namespace vitrine::views::playground
