// The peak of one thread of this machine, measured in the variant of the kernel library that computes: what a
// benchmark's figures are held against.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine::cpu {

inline constexpr std::int64_t kPeakSteps = 12'000;  // lanes of sixteen that one chunk of a peak kernel takes

struct Peak {
  double flops_per_second, bytes_per_second;
};
// The variant is named as load_kernels takes it. About so many bytes of memory are read again and again, so that what
// fits a cache comes from it; never more than is beyond the caches of one core. Takes some tens of milliseconds.
Peak measure_peak(std::string_view variant, std::int64_t bytes);

}  // namespace vitrine::cpu
