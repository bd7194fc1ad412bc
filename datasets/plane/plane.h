// A PlaneSet is a kind of labelled points on a plane from -6 to 6: two classes (labels +1 and -1) or a value to
// predict. A recipe (set, noise, share for training, seed) names one sample of it exactly; the order of its points is
// drawn once and stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"
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

// Ours, each with what the published ones lack: two hooks, rings inside rings, a board that needs many corners, arms of
// several classes, and classes parted by a curve y = f(x).
inline constexpr int kSpiralArms = 3;

std::vector<PlanePoint> moons(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> rings(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> checkerboard(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> spiral_arms(int count, double noise, SeedRandom& random);  // labels 0, 1, 2

// Label +1 above y = f(x), -1 below; noise moves the point that is judged.
std::vector<PlanePoint> above_curve(int count, double noise, SeedRandom& random, double (*f)(double x));
std::vector<PlanePoint> above_line(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> above_parabola(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> above_cubic(int count, double noise, SeedRandom& random);
std::vector<PlanePoint> above_sine(int count, double noise, SeedRandom& random);

std::vector<PlanePoint> shuffled(std::vector<PlanePoint> points, SeedRandom& random);

struct PlaneRecipe {
  std::string set = "circle";  // id in the catalog
  double noise = 0;            // 0 … 0.5
  int train_percent = 50;
  std::string seed;
  int count = 0;  // of points; 0: as many as the set has
};

struct PlaneSample {
  std::vector<PlanePoint> points;  // shuffled; the first `train` are for training
  std::size_t train = 0;
};

// Draws from `random`, which a caller may go on drawing from (first weights come out of the same stream).
PlaneSample make_plane(const PlaneRecipe& recipe, SeedRandom& random);

// The same as a Dataset, for exhibits that take any set.
struct DataSet;
struct Recipe;
Dataset plane_dataset(const DataSet& set, const Recipe& recipe);

}  // namespace vitrine::datasets
