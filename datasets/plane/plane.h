// A PlaneSet is a kind of labelled points on a plane from -6 to 6: two classes (labels +1 and -1) or a value to
// predict. A recipe (set, noise, share for training, seed) names one sample of it exactly; the order of its points is
// drawn once and stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/plane/seed_random.h"

namespace vitrine::datasets {

struct PlanePoint {
  double x = 0, y = 0, label = 0;
};

using PlaneGenerator = std::vector<PlanePoint> (*)(int count, double noise, SeedRandom& random);

std::vector<PlanePoint> circle(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> exclusive_or(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> two_gaussians(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> spiral(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> sloping_plane(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> many_gaussians(int count, double noise, SeedRandom& random);

struct PlaneRecipe {
  std::string set = "circle";  // id in the catalog
  double noise = 0;            // 0 … 0.5
  int train_percent = 50;
  std::string seed;
};

struct PlaneSample {
  std::vector<PlanePoint> points;  // shuffled; the first `train` are for training
  std::size_t train = 0;
};

// Draws from `random`, which a caller may go on drawing from (first weights come out of the same stream).
PlaneSample make_plane(const PlaneRecipe& recipe, SeedRandom& random);

}  // namespace vitrine::datasets
