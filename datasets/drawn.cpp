// Colours, poses, pixels.
#include "datasets/drawn.h"

#include <algorithm>
#include <utility>

#include "datasets/array.h"
#include "engine/core/math_angle.h"

namespace vitrine::datasets {
namespace {

constexpr std::uint64_t kDrawnKey = 0x447261776Eull;  // keeps these numbers apart from other uses of a seed

float brightness(const Colour& c) {
  return 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2];
}

}  // namespace

Colour random_colour(random::Draw& draw) {
  return {draw.uniform(), draw.uniform(), draw.uniform()};
}

Colour mixed(const Colour& from, const Colour& to, float share) {
  Colour colour;
  for (std::size_t i = 0; i < 3; ++i) colour[i] = from[i] + (to[i] - from[i]) * share;
  return colour;
}

float contrast(const Colour& a, const Colour& b) {
  return math::absolute(brightness(a) - brightness(b));
}

Colour random_against(const Colour& ground, random::Draw& draw) {
  constexpr float kSeen = 0.35f;
  Colour colour = random_colour(draw);
  while (contrast(colour, ground) < kSeen) colour = random_colour(draw);
  return colour;
}

std::array<float, 2> Pose::place(float px, float py) const {
  const float dx = (px - x) / scale, dy = (py - y) / scale;
  const float turned_x = cos * dx + sin * dy, turned_y = cos * dy - sin * dx;
  return {turned_x + shear * turned_y, turned_y};
}

Pose random_pose(random::Draw& draw, float turn, float smallest, float largest, float shift) {
  const float angle = turn * (2 * draw.uniform() - 1);
  Pose pose{math::cos_of(angle), math::sin_of(angle), smallest + (largest - smallest) * draw.uniform(), 0, 0, 0};
  pose.x = shift * (2 * draw.uniform() - 1);
  pose.y = shift * (2 * draw.uniform() - 1);
  return pose;
}

void paint(const Painter& painter, std::size_t edge, std::span<std::uint8_t> pixels) {
  constexpr int kSide = 3;  // places of a pixel, across and down
  const float step = 2.0f / static_cast<float>(edge * kSide);
  const auto place = [&](std::size_t pixel, int part) {
    return (static_cast<float>(pixel * kSide + static_cast<std::size_t>(part)) + 0.5f) * step - 1;
  };
  std::size_t out = 0;
  for (std::size_t row = 0; row < edge; ++row) {
    for (std::size_t column = 0; column < edge; ++column) {
      Colour sum{};
      for (int part = 0; part < kSide * kSide; ++part) {
        const Colour colour = painter(place(column, part % kSide), place(row, part / kSide));
        for (std::size_t i = 0; i < 3; ++i) sum[i] += colour[i];
      }
      for (const float value : sum) {
        pixels[out++] = static_cast<std::uint8_t>(std::clamp(value * 255 / (kSide * kSide) + 0.5f, 0.0f, 255.0f));
      }
    }
  }
}

Dataset drawn_set(Info info, const Recipe& recipe, const MakePainter& make) {
  info.task = Task::classify, info.kind = ItemKind::picture;
  info.licence = info.licence.empty() ? "Made by Vitrine; free to use." : info.licence;
  info.shape = {recipe.edge, recipe.edge, 3};
  info.value_unit = "brightness, 0 to 1", info.step_unit = "pixel";
  const std::size_t each = info.shape.size();
  std::string bytes(recipe.count * each, '\0');
  std::vector<float> labels;
  for (std::size_t item = 0; item < recipe.count; ++item) {
    const std::size_t group = item % info.classes.size();
    random::Draw draw(recipe.seed ^ kDrawnKey, static_cast<std::uint32_t>(group), item);
    paint(make(group, draw), recipe.edge, {reinterpret_cast<std::uint8_t*>(bytes.data()) + item * each, each});
    labels.push_back(static_cast<float>(group));
  }
  Array array = packed_array(std::move(bytes), 0, Element::u8, recipe.count, info.shape);
  array.scale = 1.0f / 255;
  return in_memory(std::move(info), std::move(array), std::move(labels));
}

}  // namespace vitrine::datasets
