// Prints what was assumed and stops.
#include "engine/core/assert.h"

#include <cstdio>
#include <cstdlib>

namespace vitrine {

void assertion_failed(const char* what, const char* file, int line) noexcept {
  std::fprintf(stderr, "vitrine: assertion failed: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace vitrine
