// A Pixel is four bytes, red lowest and alpha highest, as Dear ImGui packs colours and as images keep them. Arithmetic
// on all four at once: they are spread over lanes of sixteen bits, where products of two bytes have room.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace vitrine::ui {

using Pixel = std::uint32_t;

namespace pixel {

static_assert(std::endian::native == std::endian::little, "the first byte of an image's pixel is the lowest");

inline constexpr Pixel kWhite = 0xFFFFFFFF, kOpaque = 0xFF000000;
inline constexpr std::uint64_t kLanes = 0x00FF00FF00FF00FF, kHalves = 0x0080008000800080;

inline Pixel load(const std::uint8_t* bytes) {
  Pixel p;
  std::memcpy(&p, bytes, sizeof p);
  return p;
}
inline void store(std::uint8_t* bytes, Pixel p) {
  std::memcpy(bytes, &p, sizeof p);
}

inline std::uint64_t spread(Pixel p) {
  return (p & 0x00FF00FF) | std::uint64_t{p & 0xFF00FF00} << 24;
}
inline Pixel join(std::uint64_t lanes) {
  return static_cast<Pixel>(lanes & 0x00FF00FF) | static_cast<Pixel>(lanes >> 24 & 0xFF00FF00);
}
// Each lane by 255, to the nearest; lanes hold products of two bytes.
inline std::uint64_t by_255(std::uint64_t lanes) {
  lanes += kHalves;
  return (lanes + (lanes >> 8 & kLanes)) >> 8 & kLanes;
}
// From a (share 0) to b (share 256).
inline std::uint64_t between(std::uint64_t a, std::uint64_t b, unsigned share) {
  return (a * (256 - share) + b * share + kHalves) >> 8 & kLanes;
}

// Channel by channel, white leaving the other as it is.
inline Pixel times(Pixel a, Pixel b) {
  if (b == kWhite) return a;
  if (a == kWhite) return b;
  const auto channel = [&](int shift) {
    const Pixel product = (a >> shift & 255) * (b >> shift & 255) + 128;
    return (product + (product >> 8)) >> 8 << shift;
  };
  return channel(0) | channel(8) | channel(16) | channel(24);
}

// Over what is there, by source alpha; what is there grows as opaque as both together.
inline void blend(std::uint8_t* there, Pixel c) {
  const std::uint64_t alpha = c >> 24;
  if (alpha == 255) return store(there, c);
  if (alpha == 0) return;
  store(there, join(by_255(spread(c | kOpaque) * alpha + spread(load(there)) * (255 - alpha))));
}

inline void fill(std::uint8_t* first, int count, Pixel c) {
  if (count <= 0) return;
  if (c >> 24 == 255) {
    store(first, c);
    for (int done = 1; done < count; done *= 2)  // what is filled is copied behind itself
      std::memcpy(first + 4 * done, first, static_cast<std::size_t>(4 * std::min(done, count - done)));
    return;
  }
  for (int i = 0; i < count; ++i) blend(first + 4 * i, c);
}

}  // namespace pixel
}  // namespace vitrine::ui
