// Shared by the tests of the CPU backend: reproducible numbers, bit comparison, and the variants this machine can run.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/hash.h"
#include "engine/cpu/backend.h"
#include "engine/cpu/library.h"

namespace vitrine::test {

inline std::uint32_t bits(float x) {
  return std::bit_cast<std::uint32_t>(x);
}
inline bool same_bits(float a, float b) {
  return bits(a) == bits(b) || (a != a && b != b);
}

// Numbers from -2 to 2, the same on every machine.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
  std::uint32_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::uint32_t>(state_ >> 32);
  }
  float real() { return static_cast<float>(static_cast<std::int32_t>(next())) * 0x1p-30f; }
  std::vector<float> reals(std::size_t n) {
    std::vector<float> list(n);
    for (float& x : list) x = real();
    return list;
  }

 private:
  std::uint64_t state_;
};

// The variants that this machine can run; says which are left out.
inline std::vector<std::string> variants() {
  std::vector<std::string> list;
  for (const char* name : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    if (cpu::machine_runs(name)) {
      list.push_back(name);
    } else {
      MESSAGE("this machine cannot run the kernels for ", name, ": skipped");
    }
  }
  return list;
}
inline std::vector<std::string> fma_variants() {
  std::vector<std::string> list = variants();
  std::erase(list, "x86-64");
  return list;
}

// A tensor in the middle of a buffer whose margins hold a pattern that nobody may touch.
class Guarded {
 public:
  static constexpr std::size_t kMargin = 1024;
  Guarded(Backend& backend, const Spec& spec)
      : spec_(spec), buffer_(backend.allocate(spec.bytes() + 2 * kMargin, "test")) {
    std::memset(buffer_->host(), 0xA5, buffer_->bytes());
  }
  Operand operand() const {
    return {
        buffer_.get(), spec_, {dense_strides(spec_.shape), static_cast<std::int64_t>(kMargin / bytes_of(spec_.dtype))}};
  }
  bool margins_untouched() const {
    const std::span<const std::byte> all(buffer_->host(), buffer_->bytes());
    const auto untouched = [](std::span<const std::byte> margin) {
      return std::ranges::all_of(margin, [](std::byte byte) { return byte == std::byte{0xA5}; });
    };
    return untouched(all.first(kMargin)) && untouched(all.subspan(kMargin + spec_.bytes()));
  }
  const float* floats() const { return reinterpret_cast<const float*>(buffer_->host() + kMargin); }
  const std::int32_t* integers() const { return reinterpret_cast<const std::int32_t*>(buffer_->host() + kMargin); }
  const std::uint8_t* bytes() const { return reinterpret_cast<const std::uint8_t*>(buffer_->host() + kMargin); }
  std::span<const std::byte> memory() const { return {buffer_->host() + kMargin, spec_.bytes()}; }

 private:
  Spec spec_;
  std::shared_ptr<Buffer> buffer_;
};

}  // namespace vitrine::test
