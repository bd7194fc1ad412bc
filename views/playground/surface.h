// A Surface is answers over the plane as heights: a mesh projected onto the screen and put into the order in which a
// painter lays it down, farthest first, so that what is nearer hides what is behind it. It knows numbers only.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "app/ui/layout.h"

namespace vitrine::views::playground {

// How it is looked at: from a side and a height, in degrees; without perspective, so that lengths compare.
class Camera {
 public:
  Camera(double turn, double tilt, const ui::Rect& area);
  // The plane is -1 … 1 across and up, heights are -1 … 1.
  ui::Point at(double x, double y, double height) const;
  double depth(double x, double y) const { return x * sine_ + y * cosine_; }  // larger is farther

 private:
  double sine_, cosine_, tilt_sine_, tilt_cosine_, scale_;
  ui::Point middle_;
};

struct Facet {
  std::array<ui::Point, 4> corners;
  int column = 0, row = 0;  // of the mesh, from the left and from the top
  float value = 0;          // mean of its corners
  // Where the zero level crosses it, when it does.
  std::vector<ui::Point> zero;
};

inline constexpr int kMesh = 44;        // facets along each edge, at most
inline constexpr double kRelief = 0.9;  // height of an answer at the end of the map, of half the plane's edge

// Heights are the values over reach, cut at 1. The values are of edge × edge places, row after row from the top.
std::vector<Facet> facets(std::span<const float> values, int edge, float reach, const Camera& camera);
// How high the values stand there: -1 … 1 across and up, between the places.
double height_at(std::span<const float> values, int edge, float reach, double x, double y);

}  // namespace vitrine::views::playground
