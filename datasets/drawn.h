// What generated sets of pictures share: colour pixels in memory, one random stream an item, places moved by a pose.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "datasets/catalog.h"
#include "engine/core/random.h"

namespace vitrine::datasets {

using Colour = std::array<float, 3>;  // 0 … 1

Colour random_colour(random::Draw& draw);
Colour mixed(const Colour& from, const Colour& to, float share);
float contrast(const Colour& a, const Colour& b);                 // how far their brightness is apart
Colour random_against(const Colour& ground, random::Draw& draw);  // one that can be seen on the ground

// A pose turns a place of the picture (-1 … 1, down and right) into a place of what is drawn.
struct Pose {
  float cos = 1, sin = 0, scale = 1, x = 0, y = 0, shear = 0;
  std::array<float, 2> place(float px, float py) const;
};
Pose random_pose(random::Draw& draw, float turn, float smallest, float largest, float shift);

// One picture: its colour at any place. Every pixel is the mean of nine places inside of it.
using Painter = std::function<Colour(float x, float y)>;
void paint(const Painter& painter, std::size_t edge, std::span<std::uint8_t> pixels);

// Items whose classes take turns; `make` paints the item-th picture of a class.
using MakePainter = std::function<Painter(std::size_t group, random::Draw& draw)>;
Dataset drawn_set(Info info, const Recipe& recipe, const MakePainter& make);

}  // namespace vitrine::datasets
