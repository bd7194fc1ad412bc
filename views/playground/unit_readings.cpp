// The sum is made again of what fed the unit at that place.
#include "views/playground/unit_readings.h"

#include <algorithm>

namespace vitrine::views::playground {
namespace {

// The answers that feed a layer, in the order of its weights; empty where there are none on that grid.
std::vector<const Field*> feeds(const Snapshot& s, int layer, std::size_t places) {
  std::vector<const Field*> fields;
  if (layer == 1) {
    for (const int f : s.inputs) fields.push_back(&(*s.window_features)[static_cast<std::size_t>(f)]);
  } else {
    for (const Field& field : s.window_fields->layers[static_cast<std::size_t>(layer) - 2]) fields.push_back(&field);
  }
  if (std::ranges::any_of(fields, [&](const Field* field) { return field->size() != places; })) fields.clear();
  return fields;
}

}  // namespace

UnitReadings read_unit(const Snapshot& s, ui::UnitAt unit, const Field& answers, int column, int row) {
  UnitReadings readings;
  const int edge = edge_of(answers);
  const auto place = [&](int c, int r) {
    return static_cast<std::size_t>(std::clamp(r, 0, edge - 1) * edge + std::clamp(c, 0, edge - 1));
  };
  const double step = 2 * s.window.half() / (edge - 1);
  const auto slope = [&](std::size_t from, std::size_t to, int steps) {
    return (static_cast<double>(answers[to]) - static_cast<double>(answers[from])) / (steps * step);
  };
  const int left = std::max(column - 1, 0), right = std::min(column + 1, edge - 1);
  const int above = std::max(row - 1, 0), below = std::min(row + 1, edge - 1);
  readings.across = slope(place(left, row), place(right, row), right - left);
  readings.up = slope(place(column, below), place(column, above), below - above);
  if (unit.column < 1) return readings;
  const std::vector<const Field*> fed = feeds(s, unit.column, answers.size());
  if (fed.empty()) return readings;
  const auto layer = static_cast<std::size_t>(unit.column) - 1, of = static_cast<std::size_t>(unit.unit);
  const auto units = static_cast<std::size_t>(s.shape.units(unit.column));
  double sum = static_cast<double>(s.biases[layer][of]);
  for (std::size_t i = 0; i < fed.size(); ++i)
    sum += static_cast<double>(s.weights[layer][i * units + of]) * static_cast<double>((*fed[i])[place(column, row)]);
  readings.sum = sum;
  return readings;
}

}  // namespace vitrine::views::playground
