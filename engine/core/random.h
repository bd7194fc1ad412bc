// Randomness by counting: Philox 4x32-10 turns a counter and a key into four words that look like noise, so any number
// can be had by its place, in any order, on any thread, and nothing is consumed. A Draw is the stream of one element:
// the key says which use of randomness this is, the step which round of it, the element which number.
//
// Philox is by Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/math_angle.h"

namespace vitrine::random {

using Block = std::array<std::uint32_t, 4>;

inline constexpr int kRounds = 10;

struct RoundKey {
  explicit constexpr RoundKey(std::uint64_t key)
      : low(static_cast<std::uint32_t>(key)), high(static_cast<std::uint32_t>(key >> 32)) {}
  constexpr void next() { low += 0x9E3779B9u, high += 0xBB67AE85u; }
  std::uint32_t low, high;
};

constexpr void mix(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d, const RoundKey& key) {
  const std::uint64_t first = std::uint64_t{0xD2511F53u} * a, second = std::uint64_t{0xCD9E8D57u} * c;
  a = static_cast<std::uint32_t>(second >> 32) ^ b ^ key.low;
  b = static_cast<std::uint32_t>(second);
  c = static_cast<std::uint32_t>(first >> 32) ^ d ^ key.high;
  d = static_cast<std::uint32_t>(first);
}

constexpr Block philox(Block counter, std::uint64_t key) {
  RoundKey round(key);
  for (int i = 0; i < kRounds; ++i, round.next()) mix(counter[0], counter[1], counter[2], counter[3], round);
  return counter;
}

// The first words of the draws of `n` elements from `first` on, word beside word, so that a processor mixes several at
// a time.
template <std::size_t n>
constexpr std::array<std::uint32_t, n> first_words(std::uint64_t key, std::uint32_t step, std::uint64_t first) {
  std::array<std::uint32_t, n> a{}, b{}, c{}, d{};
  for (std::size_t i = 0; i < n; ++i) {
    a[i] = static_cast<std::uint32_t>(first + i);
    b[i] = static_cast<std::uint32_t>((first + i) >> 32);
    c[i] = step;
  }
  RoundKey round(key);
  for (int r = 0; r < kRounds; ++r, round.next()) {
    for (std::size_t i = 0; i < n; ++i) mix(a[i], b[i], c[i], d[i], round);
  }
  return a;
}

class Draw {
 public:
  Draw(std::uint64_t key, std::uint32_t step, std::uint64_t element)
      : key_(key), counter_{static_cast<std::uint32_t>(element), static_cast<std::uint32_t>(element >> 32), step, 0} {}

  std::uint32_t word() {
    if (left_ == 0) {
      block_ = philox(counter_, key_);
      ++counter_[3];
      left_ = 4;
    }
    return block_[static_cast<std::size_t>(4 - left_--)];
  }
  // From 0 to below 1, in steps of 2^-24.
  float uniform() { return static_cast<float>(word() >> 8) * 0x1p-24f; }
  float above_zero() { return static_cast<float>((word() >> 8) + 1) * 0x1p-24f; }  // above 0, to 1

  // Mean 0, deviation 1, by the method of Box and Muller.
  float normal() {
    const float size = math::square_root(-2.0f * math::log_of(above_zero()));
    return size * math::cos_of(6.28318531f * uniform());
  }
  // The same, drawn anew while it is more than two deviations away.
  float truncated_normal() {
    float x = normal();
    while (!(math::absolute(x) <= 2.0f)) x = normal();
    return x;
  }
  // With scale 1, by the method of Marsaglia and Tsang; shapes below 1 through the one above.
  float gamma(float shape) {
    const float boost = shape < 1.0f ? math::pow_of(above_zero(), 1.0f / shape) : 1.0f;
    const float d = (shape < 1.0f ? shape + 1.0f : shape) - 1.0f / 3.0f;
    const float c = 1.0f / math::square_root(9.0f * d);
    for (;;) {
      const float x = normal();
      const float root = 1.0f + c * x;
      if (!(0.0f < root)) continue;
      const float v = root * root * root;
      if (math::log_of(above_zero()) < 0.5f * x * x + d * (1.0f - v + math::log_of(v))) return boost * d * v;
    }
  }

 private:
  std::uint64_t key_;
  Block counter_;
  Block block_{};
  int left_ = 0;
};

}  // namespace vitrine::random
