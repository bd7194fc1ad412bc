// Channels where convolutions want them: last. A layer told "channels_first" has its inputs and answers turned.
#pragma once

#include "engine/nn/call.h"

namespace vitrine::nn {

bool channels_first(const Arguments& arguments);
Tensor channels_last(const Arguments& arguments, const Tensor& x);  // turned where it must be
Tensor turned_back(const Arguments& arguments, const Tensor& channels_last_value);
Tensor channels_last(const Call& call);  // its first input
void answer(Call& call, const Tensor& channels_last_value);

}  // namespace vitrine::nn
