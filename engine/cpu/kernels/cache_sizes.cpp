// Asks the system for the sizes of the caches.
#include "engine/cpu/kernels/cache_sizes.h"

#include <unistd.h>

namespace vitrine::cpu {
namespace {

// A machine that does not tell (some virtual ones) is taken for a modest one; nonsense is not believed.
std::int64_t believed(long told, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  return told >= least && told <= most ? told : otherwise;
}

}  // namespace

const CacheSizes& cache_sizes() noexcept {
#if defined(_SC_LEVEL1_DCACHE_SIZE) && defined(_SC_LEVEL2_CACHE_SIZE)
  static const CacheSizes sizes{believed(sysconf(_SC_LEVEL1_DCACHE_SIZE), 8 << 10, 1 << 20, 32 << 10),
                                believed(sysconf(_SC_LEVEL2_CACHE_SIZE), 64 << 10, 64 << 20, 512 << 10)};
#else
  static const CacheSizes sizes{32 << 10, 512 << 10};
#endif
  return sizes;
}

}  // namespace vitrine::cpu
