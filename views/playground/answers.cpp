// Answers over the whole plane, for the tiles.
#include <algorithm>
#include <array>
#include <cmath>

#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

constexpr std::array kFieldEdges{kFieldSize, 50, 34, 24, 16, 10};
constexpr std::int64_t kFieldWork = 50'000'000;  // products of a field: a few milliseconds of one core

constexpr std::size_t kBlock = 16;  // places turned from rows to columns at a time, so that both stay in the cache

// Where it answers the same all over the plane it tells no points apart, and mostly learns nothing more.
bool is_still(const Field& field) {
  constexpr float kStill = 1e-6f;  // of answers, whose scale is 1
  const auto [low, high] = std::ranges::minmax(field);
  return high - low <= kStill;
}

}  // namespace

int edge_of(const Field& field) {
  return static_cast<int>(std::lround(std::sqrt(static_cast<double>(field.size()))));
}

// As fine as can be answered within a frame.
void Session::build_field(Net& net) const {
  const auto fits = [&](int edge) { return std::int64_t{edge} * edge * net.shape.parameters() <= kFieldWork; };
  const auto* edge = std::ranges::find_if(kFieldEdges, fits);
  net.field_edge = edge == std::end(kFieldEdges) ? kFieldEdges.back() : *edge;
  each_place({}, net.field_edge, [&](double x, double y) { add_inputs(net.grid, net.inputs, net.features, x, y); });
  net.field = compile(every_unit(net.shape, *net.slab, net.field_edge * net.field_edge), *backend_);
}

std::shared_ptr<const Fields> Session::fields() {
  Net& n = net();
  if (fields_ && fields_->version == version_) return fields_;
  if (!n.field) build_field(n);
  const auto points = static_cast<std::size_t>(n.field_edge * n.field_edge);
  n.field->bind(n.field->input("x"), n.grid);
  n.field->run();
  auto next = std::make_shared<Fields>();
  next->version = version_;
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const auto units = static_cast<std::size_t>(n.shape.units(layer));
    const std::vector<float> rows = n.field->read(answers_of(layer));
    auto& fields = next->layers.emplace_back(units, Field(points));
    for (std::size_t first = 0; first < points; first += kBlock) {
      const std::size_t end = std::min(first + kBlock, points);
      for (std::size_t unit = 0; unit < units; ++unit)
        for (std::size_t i = first; i < end; ++i) fields[unit][i] = rows[i * units + unit];
    }
  }
  for (const auto& layer : next->layers)
    next->still.push_back(static_cast<int>(std::ranges::count_if(layer, is_still)));
  return fields_ = std::move(next);
}

}  // namespace vitrine::views::playground
