// The caps of files with models; the other caps are in limits.h.
#pragma once

#include "engine/core/limits.h"

namespace vitrine::limits {

inline constexpr std::size_t kModelWeights = 65536;                     // of one model, the optimiser's included
inline constexpr std::size_t kModelShards = 65536;                      // files with them: 4 GiB in pieces of 64 KiB
inline constexpr std::size_t kModelWeightBytes = std::size_t{4} << 30;  // as floats
inline constexpr std::int64_t kModelStates = std::int64_t{1} << 26;     // numbers that stateful layers remember

}  // namespace vitrine::limits
