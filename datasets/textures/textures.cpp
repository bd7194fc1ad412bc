// Each texture is a share of its second colour at a place; one repeat is one unit.
#include "datasets/textures/textures.h"

#include <array>
#include <cmath>

#include "datasets/drawn.h"

namespace vitrine::datasets {
namespace {

struct Texture {
  std::string_view name;
  float (*share)(float x, float y, std::uint64_t seed);
};

float fraction(float v) {
  return v - math::floor_of(v);
}

float wave(float v) {
  return 0.5f + 0.5f * math::sin_of(6.28318531f * v);
}

float hard(bool second) {
  return second ? 1.0f : 0.0f;
}

// A number of a whole place that looks like noise.
float noise_at(float x, float y, std::uint64_t seed) {
  const auto whole = [](float v) { return static_cast<std::uint32_t>(static_cast<std::int32_t>(v)); };
  return static_cast<float>(random::philox({whole(x), whole(y), 0, 0}, seed)[0] >> 8) * 0x1p-24f;
}

float smooth_noise(float x, float y, std::uint64_t seed) {
  const float x0 = math::floor_of(x), y0 = math::floor_of(y), fx = x - x0, fy = y - y0;
  const float sx = fx * fx * (3 - 2 * fx), sy = fy * fy * (3 - 2 * fy);
  const float top = noise_at(x0, y0, seed) * (1 - sx) + noise_at(x0 + 1, y0, seed) * sx;
  const float low = noise_at(x0, y0 + 1, seed) * (1 - sx) + noise_at(x0 + 1, y0 + 1, seed) * sx;
  return top * (1 - sy) + low * sy;
}

float bricks(float x, float y, std::uint64_t) {
  const float shifted = x / 2 + 0.5f * fraction(math::floor_of(y) / 2);
  return hard(fraction(shifted) < 0.08f || fraction(y) < 0.16f);
}

constexpr std::array<Texture, 8> kTextures{{
    {"stripes", [](float x, float, std::uint64_t) { return hard(fraction(x) < 0.5f); }},
    {"waves", [](float x, float y, std::uint64_t) { return wave(x + 0.35f * math::sin_of(3.5f * y)); }},
    {"checks", [](float x, float y, std::uint64_t) { return hard((fraction(x) < 0.5f) != (fraction(y) < 0.5f)); }},
    {"dots",
     [](float x, float y, std::uint64_t) {
       const float a = fraction(x) - 0.5f, b = fraction(y) - 0.5f;
       return hard(a * a + b * b < 0.09f);
     }},
    {"bricks", bricks},
    {"rings", [](float x, float y, std::uint64_t) { return wave(math::square_root(x * x + y * y)); }},
    {"clouds",
     [](float x, float y, std::uint64_t seed) {
       return 0.65f * smooth_noise(x, y, seed) + 0.35f * smooth_noise(2 * x, 2 * y, seed + 1);
     }},
    {"grain",
     [](float x, float y, std::uint64_t seed) { return noise_at(math::floor_of(5 * x), math::floor_of(5 * y), seed); }},
}};

Painter texture(std::size_t group, random::Draw& draw) {
  const Pose pose = random_pose(draw, 3.14159265f, 0.3f, 0.6f, 1);
  const Colour ground = random_colour(draw), colour = random_against(ground, draw);
  const std::uint64_t seed = std::uint64_t{draw.word()} << 32 | draw.word();
  return [pose, ground, colour, seed, share = kTextures[group].share](float x, float y) {
    const auto [tx, ty] = pose.place(x, y);
    return mixed(ground, colour, share(tx, ty, seed));
  };
}

}  // namespace

Dataset textures(const Recipe& recipe) {
  Info info;
  info.id = "textures", info.label = "Textures";
  info.what = "Eight ways to fill a plane with two colours.";
  info.source = "Generated.";
  for (const Texture& each : kTextures) info.classes.emplace_back(each.name);
  return drawn_set(std::move(info), recipe, texture);
}

}  // namespace vitrine::datasets
