// A kernel joins the library by standing in one of these files: a Registration at namespace scope names it.
#pragma once

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

struct Registration {
  Registration(const char* name, void (*prepare)(Call&) noexcept,
               void (*run)(const Call&, std::int64_t, std::int64_t) noexcept) noexcept;
  explicit Registration(const Kernel& kernel) noexcept;
};

// For kernels that only move elements: calls f with an unsigned type of the element's size.
template <class F>
void by_size(DType dtype, F f) {
  switch (bytes_of(dtype)) {
    case 1:
      return f.template operator()<std::uint8_t>();
    case 8:
      return f.template operator()<std::uint64_t>();
    default:
      return f.template operator()<std::uint32_t>();
  }
}

}  // namespace vitrine::cpu
