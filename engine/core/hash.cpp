// Two multiply-rotate lanes that cross-feed, with the 64-bit finaliser of the splitmix family at the end.
#include "engine/core/hash.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace vitrine {
namespace {

std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

}  // namespace

Hasher& Hasher::word(std::uint64_t value) {
  a_ = std::rotl(a_ ^ scramble(value + 0x9E3779B97F4A7C15ull * ++count_), 27) * 0x9FB21C651E98DF25ull + b_;
  b_ = std::rotl(b_ + scramble(value ^ a_), 31) * 0xD6E8FEB86659FD93ull ^ a_;
  return *this;
}

Hasher& Hasher::bytes(std::span<const std::byte> data) {
  word(data.size());
  std::size_t i = 0;
  for (; i + 8 <= data.size(); i += 8) {
    std::uint64_t value;
    std::memcpy(&value, data.data() + i, 8);
    word(value);
  }
  if (i < data.size()) {
    std::uint64_t tail = 0;
    std::memcpy(&tail, data.data() + i, data.size() - i);
    word(tail);
  }
  return *this;
}

Hasher& Hasher::text(std::string_view data) {
  return bytes(std::as_bytes(std::span(data.data(), data.size())));
}

Hasher& Hasher::real(double value) {
  if (value == 0) value = 0;
  return word(std::isnan(value) ? 0x7FF8000000000000ull : std::bit_cast<std::uint64_t>(value));
}

Hasher& Hasher::reals(std::span<const float> values) {
  word(values.size());
  for (float value : values) real(static_cast<double>(value));
  return *this;
}

Hash Hasher::finish() const {
  return {scramble(a_ ^ count_), scramble(b_ + std::rotl(a_, 17))};
}

std::string Hash::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(32, '0');
  for (int i = 0; i < 32; ++i) {
    const std::uint64_t half = i < 16 ? high : low;
    text[static_cast<std::size_t>(i)] = kDigits[(half >> (60 - 4 * (i % 16))) & 15];
  }
  return text;
}

Hash hash_of(std::span<const std::byte> data) {
  return Hasher().bytes(data).finish();
}

}  // namespace vitrine
