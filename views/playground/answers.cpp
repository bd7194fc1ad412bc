// Answers over the plane: all of it for the tiles, and the window that the big field shows.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/number.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

constexpr std::array kFieldEdges{kFieldSize, 50, 34, 24, 16, 10};
constexpr std::int64_t kFieldWork = 100'000'000;  // products of a field: a few milliseconds of one core

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

std::shared_ptr<const std::vector<Field>> Session::features_over(const Net& net, const Window& window) const {
  auto fields = std::make_shared<std::vector<Field>>();
  for (const PlaneFeature& feature : net.features) {
    Field& field = fields->emplace_back();
    each_place(window, kFieldSize,
               [&](double x, double y) { field.push_back(static_cast<float>(feature.value(x, y))); });
  }
  return fields;
}

std::vector<float> Session::inputs_over(const Net& net, const Window& window) const {
  std::vector<float> grid;
  each_place(window, net.field_edge, [&](double x, double y) {
    for (const int f : net.inputs)
      grid.push_back(static_cast<float>(net.features[static_cast<std::size_t>(f)].value(x, y)));
    if (net.inputs.empty()) grid.push_back(0);
  });
  return grid;
}

// As fine as can be answered within a frame.
void Session::build_field(Net& net) const {
  const auto fits = [&](int edge) { return std::int64_t{edge} * edge * net.shape.parameters() <= kFieldWork; };
  const auto* edge = std::ranges::find_if(kFieldEdges, fits);
  net.field_edge = edge == std::end(kFieldEdges) ? kFieldEdges.back() : *edge;
  net.grid = inputs_over(net, {});
  net.field = compile(every_unit(net.shape, *net.slab, net.field_edge * net.field_edge), *backend_);
}

std::shared_ptr<const Fields> Session::answers_over(std::span<const float> grid) {
  Net& n = net();
  const auto points = static_cast<std::size_t>(n.field_edge * n.field_edge);
  n.field->bind(n.field->input("x"), grid);
  n.field->run();
  auto next = std::make_shared<Fields>();
  next->version = version_;
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const auto units = static_cast<std::size_t>(n.shape.units(layer));
    const std::vector<float> rows = n.field->read("layer " + to_text(std::int64_t{layer}));
    auto& fields = next->layers.emplace_back(units, Field(points));
    for (std::size_t i = 0; i < points; ++i) {
      for (std::size_t unit = 0; unit < units; ++unit) fields[unit][i] = rows[i * units + unit];
    }
  }
  for (const auto& layer : next->layers)
    next->still.push_back(static_cast<int>(std::ranges::count_if(layer, is_still)));
  return next;
}

std::shared_ptr<const Fields> Session::fields() {
  Net& n = net();
  if (fields_ && fields_->version == version_) return fields_;
  if (!n.field) build_field(n);
  return fields_ = answers_over(n.grid);
}

// Home is known already; another window is asked anew when it or the weights have changed.
void Session::show_window(Snapshot& s) {
  Net& n = net();
  s.window = window_of(settings_);
  s.window_features = s.features;
  s.window_fields = s.fields;
  if (s.window == Window{}) return;
  if (!n.window_features || n.window != s.window) {
    n.window = s.window;
    n.window_features = features_over(n, s.window);
    n.window_grid = inputs_over(n, s.window);
    window_fields_ = nullptr;
  }
  if (!window_fields_ || window_fields_->version != version_) window_fields_ = answers_over(n.window_grid);
  s.window_features = n.window_features;
  s.window_fields = window_fields_;
}

}  // namespace vitrine::views::playground
