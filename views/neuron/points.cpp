// Three formulas, displaced.
#include "views/neuron/points.h"

#include <cmath>

#include "datasets/plane/seed_random.h"
#include "engine/core/math_double.h"
#include "engine/core/number.h"

namespace vitrine::views::neuron {
namespace {

double formula(PointSet set, double x) {
  switch (set) {
    case PointSet::quadratic:
      return (1.2 * x + 0.5) * x - 0.4;
    case PointSet::cubic:
      return ((-1.3 * x - 0.3) * x + 0.9) * x + 0.3;
    case PointSet::wave:
      return 0.7 * math::sin(4 * x);
  }
  return 0;
}

float with_two_decimals(double value) {
  return static_cast<float>(std::round(value * 100) / 100);
}

}  // namespace

Points draw_points(PointSet set, double noise, std::int64_t seed, int count) {
  datasets::SeedRandom random(to_text(seed));
  Points points;
  for (int i = 0; i < count; ++i) {
    const float x = with_two_decimals(2.0 * i / (count - 1) - 1);
    points.x.push_back(x);
    points.y.push_back(with_two_decimals(formula(set, static_cast<double>(x)) + random.uniform(-noise, noise)));
  }
  return points;
}

}  // namespace vitrine::views::neuron
