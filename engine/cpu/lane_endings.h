// An op's ending as a launch of its own: the elementwise body that goes on with the op's result, which is its first
// input.
#pragma once

#include "engine/tensor/backend.h"

namespace vitrine::cpu {

Launch ending_of(const Launch& launch);  // without a body when the launch has none
int first_added(const Launch& ending);   // the input that is added to the result, if only their sum is used; or -1
void drop_first_step(Launch& ending);    // its result becomes the op's

}  // namespace vitrine::cpu
