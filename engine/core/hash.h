// A Hash is 128 bits that name a run of bytes. It is for equality and tables, not for secrets: state hashes, kernel
// library ABI, plan keys. Words are mixed in the order given, so callers serialise canonically first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

struct Hash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend bool operator==(const Hash&, const Hash&) = default;
  std::string hex() const;  // 32 lower-case digits
};

class Hasher {
 public:
  Hasher& bytes(std::span<const std::byte> data);
  Hasher& text(std::string_view data);  // length first, so that "ab","c" differs from "a","bc"
  Hasher& word(std::uint64_t value);
  Hasher& real(double value);  // -0 as 0, every NaN as one NaN
  Hasher& reals(std::span<const float> values);
  Hash finish() const;

 private:
  std::uint64_t a_ = 0x9E3779B97F4A7C15ull;
  std::uint64_t b_ = 0xC2B2AE3D27D4EB4Full;
  std::uint64_t count_ = 0;
};

Hash hash_of(std::span<const std::byte> data);

}  // namespace vitrine
