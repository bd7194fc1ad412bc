// A SeedRandom is the generator that a text seed names: an ARC4 stream keyed by the characters of the seed, read six
// bytes and more at a time into numbers from 0 up to 1 with 52 and more random bits. A seed such as "0.12345" gives the
// numbers that the seedrandom 2.4 library for JavaScript gives, so data and first weights of published playground
// addresses come out the same.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vitrine::datasets {

class SeedRandom {
 public:
  explicit SeedRandom(std::string_view seed);
  double next();  // 0 <= x < 1
  double uniform(double low, double high) { return next() * (high - low) + low; }

 private:
  std::uint8_t byte();
  std::array<std::uint8_t, 256> box_;
  std::uint8_t i_ = 0, j_ = 0;
};

}  // namespace vitrine::datasets
