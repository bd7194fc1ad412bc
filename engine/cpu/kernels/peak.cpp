// What this machine can do at most, under the very instructions of this variant: multiply-adds that never leave the
// registers, and memory read from one end to the other. The host times them.
#include "engine/cpu/peak.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// More chains than latency times units, and few enough to stay in registers.
constexpr int kChains = lanes::kParts == 1 ? 12 : lanes::kParts == 2 ? 6 : 3;
static_assert(kPeakSteps % kChains == 0);

void prepare_nothing(Call&) noexcept {}

void run_arithmetic(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  Lane16 sums[kChains];
  for (int i = 0; i < kChains; ++i) sums[i] = Lane16(static_cast<float>(i));
  const Lane16 factor(0.75f), term(out[0]);
  for (std::int64_t step = first * kPeakSteps; step < last * kPeakSteps; step += kChains) {
    for (Lane16& sum : sums) sum = fma(sum, factor, term);
  }
  for (int i = 1; i < kChains; ++i) sums[0] = sums[0] + sums[i];
  lanes::store(out, sums[0]);
}

void run_stream(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto* in = reinterpret_cast<const float*>(call.inputs[0].data);
  Lane16 sums[kChains];
  for (Lane16& sum : sums) sum = Lane16(0.0f);
  for (std::int64_t at = first * kPeakSteps; at < last * kPeakSteps; at += kChains) {
    for (int i = 0; i < kChains; ++i) sums[i] = sums[i] + lanes::load(in + (at + i) * kLanes);
  }
  for (int i = 1; i < kChains; ++i) sums[0] = sums[0] + sums[i];
  lanes::store(reinterpret_cast<float*>(call.outputs[0].data), sums[0]);
}

const Registration kArithmetic("peak arithmetic", prepare_nothing, run_arithmetic);
const Registration kStream("peak stream", prepare_nothing, run_stream);

}  // namespace
}  // namespace vitrine::cpu
