// Channels where convolutions want them: last. A layer told "channels_first" has its inputs and answers turned.
#pragma once

#include "engine/nn/call.h"

namespace vitrine::nn {

bool channels_first(const Arguments& arguments);
Tensor channels_last(const Call& call);                      // its first input, turned where it must be
void answer(Call& call, const Tensor& channels_last_value);  // turned back

}  // namespace vitrine::nn
