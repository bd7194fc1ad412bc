// Times the two peak kernels; the best of a few tries counts, because others can only slow it down.
#include "engine/cpu/peak.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "engine/core/assert.h"
#include "engine/cpu/library.h"

namespace vitrine::cpu {
namespace {

constexpr int kTries = 7;
constexpr std::int64_t kArithmeticChunks = 200;
constexpr std::int64_t kMostStreamChunks = 96;  // 74 MB, beyond the caches of one core
constexpr std::int64_t kLaneBytes = 16 * sizeof(float), kChunkBytes = kPeakSteps * kLaneBytes;

double least_seconds(const Kernel* kernel, const Call& call, std::int64_t chunks) {
  VITRINE_ASSERT(kernel != nullptr);
  using Clock = std::chrono::steady_clock;
  double least = 1e9;
  for (int i = 0; i < kTries; ++i) {
    const auto began = Clock::now();
    kernel->run(call, 0, chunks);
    least = std::min(least, std::chrono::duration<double>(Clock::now() - began).count());
  }
  return least;
}

}  // namespace

Peak measure_peak(std::string_view variant, std::int64_t bytes) {
  const auto kernels = load_kernels(variant);
  const std::int64_t chunks = std::clamp<std::int64_t>(bytes / kChunkBytes, 1, kMostStreamChunks);
  std::vector<float> memory(static_cast<std::size_t>(chunks * kChunkBytes) / sizeof(float), 1.0f);
  std::vector<float> sums(16);
  Array in{}, out{};
  in.data = reinterpret_cast<std::byte*>(memory.data());
  out.data = reinterpret_cast<std::byte*>(sums.data());
  Call call{};
  call.inputs = &in;
  call.outputs = &out;
  const double arithmetic = least_seconds(kernels->find("peak arithmetic"), call, kArithmeticChunks);
  const double stream = least_seconds(kernels->find("peak stream"), call, chunks);
  return {2.0 * 16 * static_cast<double>(kArithmeticChunks * kPeakSteps) / arithmetic,
          static_cast<double>(chunks * kChunkBytes) / stream};
}

}  // namespace vitrine::cpu
