// The Launches of a schedule, one after another: the CPU's general Program. Views are folded into strides and addresses
// are absolute, so a run is a walk along a list.
#pragma once

#include <memory>

#include "engine/cpu/library.h"
#include "engine/cpu/pool.h"

namespace vitrine::cpu {

std::unique_ptr<Program> prepare_launches(Backend& backend, std::shared_ptr<const LoadedKernels> kernels, Pool& pool,
                                          const Schedule& schedule);

}  // namespace vitrine::cpu
