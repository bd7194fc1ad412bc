// FarmHash's fingerprint by length: up to 16 bytes, 32, 64, and blocks of 64.
#include "engine/core/fingerprint.h"

#include <bit>
#include <cstring>
#include <utility>

namespace vitrine {
namespace {

using Word = std::uint64_t;

constexpr Word k0 = 0xc3a5c85c97cb3127, k1 = 0xb492b66fbe98f273, k2 = 0x9ae16a3b2f90404f;

Word word(const char* s) {
  Word value;
  std::memcpy(&value, s, sizeof value);
  return value;
}
Word half_word(const char* s) {
  std::uint32_t value;
  std::memcpy(&value, s, sizeof value);
  return value;
}
Word byte(char c) {
  return static_cast<unsigned char>(c);
}
Word turned(Word value, int bits) {
  return std::rotr(value, bits);
}
Word mixed(Word value) {
  return value ^ (value >> 47);
}
Word joined(Word u, Word v, Word factor) {
  return mixed((v ^ mixed((u ^ v) * factor)) * factor) * factor;
}

Word up_to_16(const char* s, std::size_t n) {
  const Word factor = k2 + n * 2;
  if (n >= 8) {
    const Word a = word(s) + k2, b = word(s + n - 8);
    return joined(turned(b, 37) * factor + a, (turned(a, 25) + b) * factor, factor);
  }
  if (n >= 4) return joined(n + (half_word(s) << 3), half_word(s + n - 4), factor);
  if (n == 0) return k2;
  const Word y = byte(s[0]) + (byte(s[n >> 1]) << 8), z = n + (byte(s[n - 1]) << 2);
  return mixed((y * k2) ^ (z * k0)) * k2;
}

Word up_to_32(const char* s, std::size_t n) {
  const Word factor = k2 + n * 2;
  const Word a = word(s) * k1, b = word(s + 8), c = word(s + n - 8) * factor, d = word(s + n - 16) * k2;
  return joined(turned(a + b, 43) + turned(c, 30) + d, a + turned(b + k2, 18) + c, factor);
}

Word up_to_64(const char* s, std::size_t n) {
  const Word factor = k2 + n * 2;
  const Word a = word(s) * k2, b = word(s + 8), c = word(s + n - 8) * factor, d = word(s + n - 16) * k2;
  const Word y = turned(a + b, 43) + turned(c, 30) + d;
  const Word z = joined(y, a + turned(b + k2, 18) + c, factor);
  const Word e = word(s + 16) * factor, f = word(s + 24);
  const Word g = (y + word(s + n - 32)) * factor, h = (z + word(s + n - 24)) * factor;
  return joined(turned(e + f, 43) + turned(g, 30) + h, e + turned(f + a, 18) + g, factor);
}

struct Pair {
  Word first = 0, second = 0;
};

Pair stirred(const char* s, Word a, Word b) {
  a += word(s);
  b = turned(b + a + word(s + 24), 21);
  const Word before = a;
  a += word(s + 8) + word(s + 16);
  return {a + word(s + 24), b + turned(a, 44) + before};
}

Word in_blocks(const char* s, std::size_t n) {
  constexpr Word kSeed = 81;
  Word x = kSeed * k2 + word(s), y = kSeed * k1 + 113, z = mixed(y * k2 + 113) * k2;
  Pair v, w;
  const auto block = [&](const char* at, Word factor, Word weight) {
    x = turned(x + y + v.first + word(at + 8), 37) * factor;
    y = turned(y + v.second + word(at + 48), 42) * factor;
    x ^= w.second * weight;
    y += v.first * weight + word(at + 40);
    z = turned(z + w.first, 33) * factor;
    v = stirred(at, v.second * factor, x + w.first);
    w = stirred(at + 32, z + w.second, y + word(at + 16));
    std::swap(z, x);
  };
  const std::size_t whole = (n - 1) / 64 * 64, rest = (n - 1) % 64;
  for (std::size_t at = 0; at < whole; at += 64) block(s + at, k1, 1);
  const Word factor = k1 + ((z & 0xff) << 1);
  w.first += rest;
  v.first += w.first;
  w.first += v.first;
  block(s + n - 64, factor, 9);
  return joined(joined(v.first, w.first, factor) + mixed(y) * k0 + z, joined(v.second, w.second, factor) + x, factor);
}

}  // namespace

std::uint64_t fingerprint(std::string_view text) {
  const std::size_t n = text.size();
  if (n <= 16) return up_to_16(text.data(), n);
  if (n <= 32) return up_to_32(text.data(), n);
  return n <= 64 ? up_to_64(text.data(), n) : in_blocks(text.data(), n);
}

}  // namespace vitrine
