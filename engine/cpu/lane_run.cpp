// One call into the kernel library for a whole step.
#include "engine/cpu/lane_run.h"

#include <algorithm>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/cpu/pool.h"

namespace vitrine::cpu {

void LaneRun::start(const LaneProgram& program) {
  call_.found<LaneProgram>() = program;
}

void LaneRun::bind(int input, const std::byte* data) {
  for (const Address& address : addresses[static_cast<std::size_t>(input)]) {
    *address.of = reinterpret_cast<const float*>(data) + address.offset;
  }
}

void LaneRun::run(int first_segment, int last_segment) {
  const FlushToZero flush;
  const auto from = begins[static_cast<std::size_t>(first_segment)];
  const auto to = begins[static_cast<std::size_t>(last_segment) + 1];
  if (from != to) kernel_(call_, from, to);
  for (Buffer* slab : written) slab->written();
}

void LaneRun::read(int value, std::span<std::byte> out) {
  const auto found = std::ranges::find(kept, value, &Kept::value);
  VITRINE_ASSERT(found != kept.end());
  std::memcpy(out.data(), arena->host() + found->offset, out.size());
}

}  // namespace vitrine::cpu
