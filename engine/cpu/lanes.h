// The lowering of tiny networks: when a schedule is dense layers over a small batch, it is laid out as a lane program
// (see lane_program.h) and runs straight through on one core. Not a second engine: the same launches, the same sums in
// the same order, so the same bits; tests compare them.
#pragma once

#include <memory>

#include "engine/cpu/kernel_abi.h"
#include "engine/tensor/backend.h"

namespace vitrine::cpu {

// Null when the schedule is not of that kind; it then runs as launches.
std::unique_ptr<Program> lower_to_lanes(const Schedule& schedule, Backend& backend, const Kernel& lanes_kernel);

}  // namespace vitrine::cpu
