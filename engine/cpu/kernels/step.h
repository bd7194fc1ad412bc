// One step of a body over n values that lie side by side. It may write over what it reads, place by place.
#pragma once

#include "engine/tensor/micro.h"

namespace vitrine::cpu {

void run_step(Micro micro, float* to, const float* a, const float* b, const float* c, int n) noexcept;

}  // namespace vitrine::cpu
