// The larger of two errors. std::max keeps what it has when the other is no number, and so hides the worst answer there
// is.
#pragma once

#include <algorithm>
#include <limits>

namespace vitrine::test {

inline double worse(double error, double other) {
  return other == other ? std::max(error, other) : std::numeric_limits<double>::infinity();
}

}  // namespace vitrine::test
