// A Profile is where the time of a plan goes: each launch with its time, the bytes it reads and writes, and how many
// floating-point operations it does. It runs a copy of the plan, launch by launch, on copies of the slabs, so profiling
// a training changes nothing of it. Chrome's trace viewer and Perfetto open what chrome_trace writes.
#pragma once

#include <string>
#include <vector>

#include "engine/graph/plan.h"

namespace vitrine::learn {

struct LaunchProfile {
  std::string name;         // "matmul", or "mul + add + tanh" where launches were fused
  std::string segment;      // "forward"
  std::string shape;        // of the first result
  double microseconds = 0;  // the shortest of the runs, which is the least disturbed
  std::int64_t bytes = 0, flops = 0;
};

struct Profile {
  std::vector<LaunchProfile> launches;  // in order
  std::string lowering;                 // of the copy that was timed
  double microseconds() const;
  std::int64_t bytes() const;
  std::int64_t flops() const;
};

// Inputs are zeros unless the plan's own are given, in its order.
Profile profile(const Plan& plan, Backend& backend, int runs = 5, std::span<const std::vector<float>> inputs = {});
std::string chrome_trace(const Profile& profile);  // JSON

}  // namespace vitrine::learn
