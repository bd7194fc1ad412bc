// One unit read out at one place, with what the engine's own gradients say of it there.
#include <algorithm>

#include "views/playground/session.h"

namespace vitrine::views::playground {

// A place without a point has no label, and no loss that would be asked for.
Session::Rows Session::row_at(const ReadPlace& place) const {
  const Net& n = net();
  if (place.point != ReadPlace::kNoPoint) return rows_of(n, static_cast<std::size_t>(place.point), 1);
  Rows row;
  row.count = 1;
  add_inputs(row.x, n.inputs, n.features, place.x, place.y);
  row.y.resize(static_cast<std::size_t>(n.shape.outputs));
  return row;
}

std::optional<UnitReading> Session::read_unit() {
  if (!look_.place) return std::nullopt;
  Net& n = net();
  UnitReading reading;
  reading.unit = looked_at(), reading.place = *look_.place;
  ReadPlace& place = reading.place;
  if (place.point < 0 || place.point >= std::ssize(n.points->all)) place.point = ReadPlace::kNoPoint;
  const bool on_point = place.point != ReadPlace::kNoPoint;
  if (on_point) {
    const datasets::PlanePoint& p = n.points->all[static_cast<std::size_t>(place.point)];
    place.x = p.x, place.y = p.y;
  }
  const Rows row = row_at(place);
  if (!n.probe) n.probe = compile(probe(n.shape, *n.slab, n.recipe.loss), *backend_);
  n.probe->bind(n.probe->input("x"), row.x);
  n.probe->bind(n.probe->input("y"), row.y);
  n.probe->run();
  const auto read = [&](const std::string& name, std::ptrdiff_t at) {
    return static_cast<double>(n.probe->read(name)[static_cast<std::size_t>(at)]);
  };
  const auto [layer, unit] = reading.unit;
  if (layer == 0) {
    reading.answer = n.features[static_cast<std::size_t>(unit)].value(place.x, place.y);
    const auto input = std::ranges::find(n.inputs, unit);
    if (on_point && input != n.inputs.end()) reading.gradient_here = read(gradients_of(0), input - n.inputs.begin());
    return reading;
  }
  reading.answer = read(answers_of(layer), unit);
  reading.sum = read(sums_of(layer), unit);
  if (on_point) reading.gradient_here = read(gradients_of(layer), unit);
  // A bias is added to the sum of every row: what the loss on all of them says of it, it says of the sum.
  const auto bias = static_cast<std::size_t>(layer - 1) * 2 + 1;
  reading.gradient = static_cast<double>(evaluate().gradients[bias][static_cast<std::size_t>(unit)]);
  return reading;
}

}  // namespace vitrine::views::playground
