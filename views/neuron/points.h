// The points that the polynomial is fitted to: a formula over x from −1 to 1, and a little seeded noise.
#pragma once

#include <vector>

#include "views/neuron/settings.h"

namespace vitrine::views::neuron {

struct Points {
  std::vector<float> x, y;  // with two decimals, so that the texts of the code view are the same numbers
};
Points draw_points(PointSet set, double noise, std::int64_t seed, int count);

}  // namespace vitrine::views::neuron
