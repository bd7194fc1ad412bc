// The six generators, each drawing in a fixed order; noise moves the point that is judged, or the point itself where
// the place is all there is to judge.
#include "datasets/plane/plane.h"

#include <array>
#include <cmath>
#include <utility>

#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/math_double.h"

namespace vitrine::datasets {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kRadius = 5;  // of the classification sets
constexpr double kExtent = 6;  // of the regression sets

double distance(double x, double y) {
  return std::sqrt(x * x + y * y);  // rounded correctly everywhere, unlike hypot
}

double normal(double mean, double variance, SeedRandom& random) {
  double a = 0, square = 0;
  do {
    a = 2 * random.next() - 1;
    const double b = 2 * random.next() - 1;
    square = a * a + b * b;
  } while (square > 1);
  return mean + std::sqrt(variance) * std::sqrt(-2 * math::log(square) / square) * a;
}

template <class Label>
std::vector<PlanePoint> scattered(int count, double noise, SeedRandom& random, Label label) {
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const double x = random.uniform(-kExtent, kExtent);
    const double y = random.uniform(-kExtent, kExtent);
    const double dx = random.uniform(-kExtent, kExtent) * noise;
    const double dy = random.uniform(-kExtent, kExtent) * noise;
    points.push_back({x, y, label(x + dx, y + dy)});
  }
  return points;
}

}  // namespace

std::vector<PlanePoint> circle(int count, double noise, SeedRandom& random) {
  std::vector<PlanePoint> points;
  const auto ring = [&](double inner, double outer) {
    for (int i = 0; i < count / 2; ++i) {
      const double r = random.uniform(inner, outer);
      const double angle = random.uniform(0, 2 * kPi);
      const double x = r * math::sin(angle), y = r * math::cos(angle);
      const double dx = random.uniform(-kRadius, kRadius) * noise;
      const double dy = random.uniform(-kRadius, kRadius) * noise;
      points.push_back({x, y, distance(x + dx, y + dy) < kRadius * 0.5 ? 1.0 : -1.0});
    }
  };
  ring(0, kRadius * 0.5);
  ring(kRadius * 0.7, kRadius);
  return points;
}

std::vector<PlanePoint> exclusive_or(int count, double noise, SeedRandom& random) {
  constexpr double kPadding = 0.3;  // keeps points off the axes, where the label changes
  std::vector<PlanePoint> points;
  const auto coordinate = [&] {
    const double v = random.uniform(-kRadius, kRadius);
    return v > 0 ? v + kPadding : v - kPadding;
  };
  for (int i = 0; i < count; ++i) {
    const double x = coordinate(), y = coordinate();
    const double dx = random.uniform(-kRadius, kRadius) * noise;
    const double dy = random.uniform(-kRadius, kRadius) * noise;
    points.push_back({x, y, (x + dx) * (y + dy) >= 0 ? 1.0 : -1.0});
  }
  return points;
}

std::vector<PlanePoint> two_gaussians(int count, double noise, SeedRandom& random) {
  const double variance = 0.5 + noise * 7;  // 0.5 without noise, 4 at one half
  std::vector<PlanePoint> points;
  for (const double centre : {2.0, -2.0}) {
    for (int i = 0; i < count / 2; ++i) {
      const double x = normal(centre, variance, random);
      const double y = normal(centre, variance, random);
      points.push_back({x, y, centre > 0 ? 1.0 : -1.0});
    }
  }
  return points;
}

std::vector<PlanePoint> spiral(int count, double noise, SeedRandom& random) {
  const int arm = count / 2;
  std::vector<PlanePoint> points;
  for (const double label : {1.0, -1.0}) {
    for (int i = 0; i < arm; ++i) {
      const double r = static_cast<double>(i) / arm * kRadius;
      const double t = 1.75 * i / arm * 2 * kPi + (label > 0 ? 0 : kPi);
      const double x = r * math::sin(t) + random.uniform(-1, 1) * noise;
      const double y = r * math::cos(t) + random.uniform(-1, 1) * noise;
      points.push_back({x, y, label});
    }
  }
  return points;
}

std::vector<PlanePoint> sloping_plane(int count, double noise, SeedRandom& random) {
  return scattered(count, noise, random, [](double x, double y) { return (x + y) / 10; });
}

std::vector<PlanePoint> many_gaussians(int count, double noise, SeedRandom& random) {
  constexpr std::array<PlanePoint, 6> kBumps{
      {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}}};
  return scattered(count, noise, random, [&](double x, double y) {
    double label = 0;
    for (const PlanePoint& bump : kBumps) {
      const double height = std::fmax(0, 1 - distance(x - bump.x, y - bump.y) / 2) * bump.label;
      if (std::fabs(height) > std::fabs(label)) label = height;
    }
    return label;
  });
}

std::vector<PlanePoint> shuffled(std::vector<PlanePoint> points, SeedRandom& random) {
  for (std::size_t left = points.size(); left > 0; --left) {
    const auto chosen = static_cast<std::size_t>(random.next() * static_cast<double>(left));
    std::swap(points[left - 1], points[chosen]);
  }
  return points;
}

PlaneSample make_plane(const PlaneRecipe& recipe, SeedRandom& random) {
  const DataSet* set = find_plane_set(recipe.set);
  if (set == nullptr) {
    throw UsageError({"data.set", "there is no such set of points", "circle", recipe.set, "Choose one of the list."});
  }
  const int count = recipe.count > 0 ? recipe.count : set->count;
  PlaneSample sample{shuffled(set->generate(count, recipe.noise, random), random), 0};
  sample.train = sample.points.size() * static_cast<std::size_t>(recipe.train_percent) / 100;
  return sample;
}

}  // namespace vitrine::datasets
