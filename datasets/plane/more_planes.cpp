// The generators. Those that lie on a curve are moved off it by noise; those that fill the plane have noisy labels.
#include <cmath>

#include "datasets/plane/plane.h"

#include "engine/core/math_double.h"

namespace vitrine::datasets {
namespace {

constexpr double kHalfTurn = 3.14159265358979323846;
constexpr double kReach = 6;
constexpr double kBlur = 2;  // largest way a point is moved at noise 1, per axis

PlanePoint moved(double x, double y, double label, double noise, SeedRandom& random) {
  const double dx = random.uniform(-kBlur, kBlur) * noise;
  const double dy = random.uniform(-kBlur, kBlur) * noise;
  return {x + dx, y + dy, label};
}

template <class Judge>
std::vector<PlanePoint> judged(int count, double noise, SeedRandom& random, Judge above) {
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const double x = random.uniform(-kReach, kReach), y = random.uniform(-kReach, kReach);
    const double dx = random.uniform(-kReach, kReach) * noise, dy = random.uniform(-kReach, kReach) * noise;
    points.push_back({x, y, above(x + dx, y + dy) ? 1.0 : -1.0});
  }
  return points;
}

}  // namespace

std::vector<PlanePoint> moons(int count, double noise, SeedRandom& random) {
  constexpr double kRadius = 3;
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const bool upper = i < count / 2;
    const double turn = random.uniform(0, kHalfTurn);
    const double x = kRadius * math::cos(turn), y = kRadius * math::sin(turn);
    // The lower one is the upper one turned half round, and hooks into it.
    points.push_back(upper ? moved(x - kRadius / 2, y - kRadius / 4, 1, noise, random)
                           : moved(kRadius / 2 - x, kRadius / 4 - y, -1, noise, random));
  }
  return points;
}

std::vector<PlanePoint> rings(int count, double noise, SeedRandom& random) {
  constexpr int kRings = 4;
  constexpr double kInner = 1, kApart = 1.3;
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const int ring = i % kRings;
    const double r = kInner + kApart * ring, turn = random.uniform(0, 2 * kHalfTurn);
    points.push_back(moved(r * math::sin(turn), r * math::cos(turn), ring % 2 == 0 ? 1 : -1, noise, random));
  }
  return points;
}

std::vector<PlanePoint> checkerboard(int count, double noise, SeedRandom& random) {
  constexpr double kSquare = 3;
  const auto square = [](double v) { return static_cast<int>(std::floor(v / kSquare)); };
  return judged(count, noise, random, [&](double x, double y) { return (square(x) + square(y)) % 2 == 0; });
}

std::vector<PlanePoint> spiral_arms(int count, double noise, SeedRandom& random) {
  constexpr double kArm = 5, kTurns = 0.75;
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const int arm = i % kSpiralArms;
    const double along = (i / kSpiralArms + 1.0) / (count / kSpiralArms + 1.0);
    const double turn = 2 * kHalfTurn * (kTurns * along + static_cast<double>(arm) / kSpiralArms);
    points.push_back(moved(kArm * along * math::sin(turn), kArm * along * math::cos(turn), arm, noise, random));
  }
  return points;
}

std::vector<PlanePoint> above_curve(int count, double noise, SeedRandom& random, double (*f)(double x)) {
  return judged(count, noise, random, [&](double x, double y) { return y > f(x); });
}

std::vector<PlanePoint> above_line(int count, double noise, SeedRandom& random) {
  return above_curve(count, noise, random, [](double x) { return x / 2; });
}

std::vector<PlanePoint> above_parabola(int count, double noise, SeedRandom& random) {
  return above_curve(count, noise, random, [](double x) { return x * x / 4 - 3; });
}

std::vector<PlanePoint> above_cubic(int count, double noise, SeedRandom& random) {
  return above_curve(count, noise, random, [](double x) { return x * (x * x - 16) / 12; });
}

std::vector<PlanePoint> above_sine(int count, double noise, SeedRandom& random) {
  return above_curve(count, noise, random, [](double x) { return 3 * math::sin(x); });
}

}  // namespace vitrine::datasets
