// The sizes of this machine's caches, asked once. Blocks are cut by them; bits never depend on them.
#pragma once

#include <cstdint>

namespace vitrine::cpu {

struct CacheSizes {
  std::int64_t first, second;  // bytes, of one core
};
const CacheSizes& cache_sizes() noexcept;

}  // namespace vitrine::cpu
