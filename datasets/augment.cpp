// One pass that moves and mirrors, one that lights and adds noise.
#include "datasets/augment.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/random.h"

namespace vitrine::datasets {
namespace {

constexpr std::uint64_t kAugmentKey = 0x4175676D656E74ull;  // keeps these numbers apart from other uses of a seed

int shift_of(random::Draw& draw, int most) {
  const auto choices = static_cast<std::uint64_t>(2 * most + 1);
  return static_cast<int>(std::uint64_t{draw.word()} * choices >> 32) - most;
}

std::size_t held(std::size_t place, int shift, std::size_t count) {
  const auto moved = static_cast<std::int64_t>(place) + shift;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(moved, 0, static_cast<std::int64_t>(count) - 1));
}

}  // namespace

void augment(const Augment& how, const ItemShape& shape, std::uint64_t seed, std::uint32_t round, ItemId item,
             std::span<float> values, std::span<float> scratch) {
  if (!how.any()) return;
  VITRINE_ASSERT(values.size() == shape.size() && scratch.size() >= values.size());
  random::Draw draw(seed ^ kAugmentKey, round, item);
  const int across = shift_of(draw, how.shift), down = shape.rows > 1 ? shift_of(draw, how.shift) : 0;
  const bool mirrored = how.mirror && (draw.word() & 1u) != 0;
  const float light = how.brightness > 0 ? 1 + how.brightness * draw.normal() : 1.0f;
  std::ranges::copy(values, scratch.begin());
  std::size_t out = 0;
  for (std::size_t row = 0; row < shape.rows; ++row) {
    const std::size_t from_row = held(row, down, shape.rows);
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t moved = held(column, across, shape.columns);
      const std::size_t from = mirrored ? shape.columns - 1 - moved : moved;
      for (std::size_t channel = 0; channel < shape.channels; ++channel) {
        const float value = scratch[(from_row * shape.columns + from) * shape.channels + channel];
        values[out++] = value * light + (how.noise > 0 ? how.noise * draw.normal() : 0.0f);
      }
    }
  }
}

}  // namespace vitrine::datasets
