// IEEE half precision, as files store it: sixteen bits, of which ten are the fraction.
#pragma once

#include <bit>
#include <cstdint>

namespace vitrine {

inline float float_of_half(std::uint16_t bits) {
  const std::uint32_t sign = (bits & 0x8000u) << 16, exponent = (bits >> 10) & 31u, mantissa = bits & 0x3FFu;
  if (exponent == 0) {  // subnormals are whole multiples of 2^-24
    const float size = static_cast<float>(mantissa) * 0x1p-24f;
    return sign != 0 ? -size : size;
  }
  const std::uint32_t wide = exponent == 31 ? 255 : exponent + 112;
  return std::bit_cast<float>(sign | wide << 23 | mantissa << 13);
}

// To nearest, ties to even; what is too large is infinite.
inline std::uint16_t half_of_float(float value) {
  constexpr std::uint32_t kInfinity = 0x7c00, kQuiet = 0x7e00;
  constexpr std::uint32_t kTooLarge = 0x477ff000;  // 65520: halfway between the greatest half and what would follow
  constexpr std::uint32_t kLeastNormal = 0x38800000;
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000, size = bits & 0x7fffffff;
  if (size > 0x7f800000) return static_cast<std::uint16_t>(sign | kQuiet);
  if (size >= kTooLarge) return static_cast<std::uint16_t>(sign | kInfinity);
  if (size < kLeastNormal) {  // adding 2^-1 leaves multiples of 2^-24 in the last bits, rounded as asked
    const float shifted = std::bit_cast<float>(size) + 0.5f;
    return static_cast<std::uint16_t>(sign |
                                      (std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(0.5f)));
  }
  const std::uint32_t odd = size >> 13 & 1;
  return static_cast<std::uint16_t>(sign | ((size - (112u << 23) + 0xfff + odd) >> 13));
}

}  // namespace vitrine
