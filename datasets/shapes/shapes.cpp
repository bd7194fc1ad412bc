// Each figure is a test whether a place is inside of it.
#include "datasets/shapes/shapes.h"

#include <array>
#include <cmath>

#include "datasets/drawn.h"

namespace vitrine::datasets {
namespace {

struct Figure {
  std::string_view name;
  bool (*inside)(float x, float y);
};

float length(float x, float y) {
  return math::square_root(x * x + y * y);
}

// Inside of a figure whose edge runs from `outer` at its points to `inner` between them.
bool in_star(float x, float y, float points, float inner) {
  const float turn = 6.28318531f / points;
  const float angle = math::atan2_of(x, -y) + 6.28318531f;
  const float part = math::absolute(angle - turn * math::round_of(angle / turn));  // 0 at a point, turn / 2 between
  // On the straight line from (1, 0) to inner at half a turn.
  const float ex = inner * math::cos_of(turn / 2) - 1, ey = inner * math::sin_of(turn / 2);
  const float r = length(x, y), px = r * math::cos_of(part) - 1, py = r * math::sin_of(part);
  return ex * py - ey * px > 0;
}

constexpr float kHalf = 0.75f;  // half the side of a square as large as a circle of radius 1 looks

constexpr std::array<Figure, 8> kFigures{{
    {"circle", [](float x, float y) { return length(x, y) < 0.9f; }},
    {"square", [](float x, float y) { return std::fmax(std::fabs(x), std::fabs(y)) < kHalf; }},
    {"triangle", [](float x, float y) { return in_star(x, y, 3, 0.5f); }},
    {"star", [](float x, float y) { return in_star(x, y, 5, 0.4f); }},
    {"hexagon", [](float x, float y) { return in_star(x, y, 6, 0.8660254f); }},
    {"cross",
     [](float x, float y) {
       const float a = std::fabs(x), b = std::fabs(y);
       return std::fmax(a, b) < 0.95f && std::fmin(a, b) < 0.3f;
     }},
    {"ring", [](float x, float y) { return std::fabs(length(x, y) - 0.7f) < 0.22f; }},
    {"moon", [](float x, float y) { return length(x, y) < 0.95f && length(x - 0.45f, y) > 0.8f; }},
}};

Painter figure(std::size_t group, random::Draw& draw) {
  const Pose pose = random_pose(draw, 3.14159265f, 0.4f, 0.75f, 0.25f);
  const Colour ground = random_colour(draw), colour = random_against(ground, draw);
  return [pose, ground, colour, inside = kFigures[group].inside](float x, float y) {
    const auto [fx, fy] = pose.place(x, y);
    return inside(fx, fy) ? colour : ground;
  };
}

}  // namespace

Dataset shapes(const Recipe& recipe) {
  Info info;
  info.id = "shapes", info.label = "Shapes";
  info.what = "Eight plain figures of any colour, size and turn.";
  info.source = "Generated.";
  for (const Figure& each : kFigures) info.classes.emplace_back(each.name);
  return drawn_set(std::move(info), recipe, figure);
}

}  // namespace vitrine::datasets
