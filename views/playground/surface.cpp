// On a grid the order from far to near needs no sorting: rows and columns are walked away from the far corner.
#include "views/playground/surface.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "engine/core/math_double.h"

namespace vitrine::views::playground {
namespace {

constexpr double kRoom = 1.2;  // for what is written round the plane

double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

double height_of(float value, float reach) {
  if (!std::isfinite(value)) return 0;
  return static_cast<double>(std::clamp(value / reach, -1.0f, 1.0f));
}

struct Corner {
  double x, y, height;
};

// Where between two corners the height is zero.
std::optional<ui::Point> crossing(const Corner& a, const Corner& b, const Camera& camera) {
  if ((a.height >= 0) == (b.height >= 0)) return std::nullopt;
  const double t = a.height / (a.height - b.height);
  return camera.at(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, 0);
}

}  // namespace

Camera::Camera(double turn, double tilt, const ui::Rect& area)
    : sine_(math::sin(radians(turn))),
      cosine_(math::cos(radians(turn))),
      tilt_sine_(math::sin(radians(tilt))),
      tilt_cosine_(math::cos(radians(tilt))),
      middle_(area.centre()) {
  const double across = 2 * std::numbers::sqrt2 * kRoom, down = across * tilt_sine_ + 2 * kRelief * tilt_cosine_;
  scale_ = std::min(static_cast<double>(area.w) / across, static_cast<double>(area.h) / down);
}

ui::Point Camera::at(double x, double y, double height) const {
  const double up = depth(x, y) * tilt_sine_ + height * kRelief * tilt_cosine_;
  return {middle_.x + static_cast<float>((x * cosine_ - y * sine_) * scale_),
          middle_.y - static_cast<float>(up * scale_)};
}

std::vector<Facet> facets(std::span<const float> values, int edge, float reach, const Camera& camera) {
  const int mesh = std::min(kMesh, edge - 1);
  const auto corner = [&](int column, int row) {
    const int c = column * (edge - 1) / mesh, r = row * (edge - 1) / mesh;
    const float value = values[static_cast<std::size_t>(r * edge + c)];
    return Corner{2.0 * c / (edge - 1) - 1, 1 - 2.0 * r / (edge - 1), height_of(value, reach)};
  };
  const bool right_first = camera.depth(1, 0) > 0, top_first = camera.depth(0, 1) > 0;
  std::vector<Facet> all;
  all.reserve(static_cast<std::size_t>(mesh * mesh));
  for (int i = 0; i < mesh; ++i) {
    for (int k = 0; k < mesh; ++k) {
      Facet facet{
          .corners = {}, .column = right_first ? mesh - 1 - k : k, .row = top_first ? i : mesh - 1 - i, .zero = {}};
      const int c = facet.column, r = facet.row;
      const std::array<Corner, 4> corners{corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)};
      double sum = 0;
      for (std::size_t n = 0; n < corners.size(); ++n) {
        const Corner& here = corners[n];
        facet.corners[n] = camera.at(here.x, here.y, here.height);
        sum += here.height;
        if (const auto zero = crossing(here, corners[(n + 1) % corners.size()], camera)) facet.zero.push_back(*zero);
      }
      facet.value = static_cast<float>(sum / static_cast<double>(corners.size())) * reach;
      all.push_back(std::move(facet));
    }
  }
  return all;
}

double height_at(std::span<const float> values, int edge, float reach, double x, double y) {
  const double across = std::clamp((x + 1) / 2 * (edge - 1), 0.0, edge - 1.0);
  const double down = std::clamp((1 - y) / 2 * (edge - 1), 0.0, edge - 1.0);
  const int c = std::min(static_cast<int>(across), edge - 2), r = std::min(static_cast<int>(down), edge - 2);
  const double t = across - c, u = down - r;
  const auto height = [&](int column, int row) {
    return height_of(values[static_cast<std::size_t>(row * edge + column)], reach);
  };
  return (1 - u) * ((1 - t) * height(c, r) + t * height(c + 1, r)) +
         u * ((1 - t) * height(c, r + 1) + t * height(c + 1, r + 1));
}

}  // namespace vitrine::views::playground
