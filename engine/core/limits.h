// Every cap on what a file, an argument or a person may ask of us, in one place. A cap has a reason; whoever meets one
// is told which and what to do.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::limits {

inline constexpr std::size_t kStateFileBytes = std::size_t{256} << 20;  // a .vitrine file, weights and history included
inline constexpr std::size_t kTextBytes = std::size_t{1} << 20;         // one control's text, a pasted permalink
inline constexpr std::size_t kListLength = 4096;                        // records in one control list
inline constexpr int kNestingDepth = 32;                                // brackets in a control value or a JSON file
inline constexpr std::int64_t kElements = std::int64_t{1} << 33;        // elements of one tensor
inline constexpr int kRank = 6;                                         // dimensions of one tensor (TF.js: 6)
inline constexpr std::size_t kHistoryBytes = std::size_t{64} << 20;     // keyframes of one exhibit

}  // namespace vitrine::limits
