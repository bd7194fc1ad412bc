// Caps on what a file may say of a run. A cap has a reason, as in limits.h.
#pragma once

#include <cstdint>

namespace vitrine::limits {

// Years at a million a second. Times the batches of an epoch, and with one more, it still is a whole number of 64 bits.
inline constexpr std::int64_t kSteps = std::int64_t{1} << 40;

}  // namespace vitrine::limits
