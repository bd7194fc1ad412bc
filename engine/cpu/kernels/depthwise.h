// Convolutions whose groups are single channels, and their ways back: there is nothing to sum over but the taps, so the
// lanes lie along the channels and every number is used once a tap.
#pragma once

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

inline bool is_depthwise(const Call& call) {  // of a convolution or the way back to its input
  const Array &in = call.inputs[0], &out = call.outputs[0];
  const std::int64_t groups = call.attrs[4].integer;
  return groups > 1 && groups == in.extents[in.rank - 1] && groups == out.extents[out.rank - 1];
}
void prepare_depthwise(Call& call, bool back);
void run_depthwise(const Call& call, std::int64_t first, std::int64_t last);

inline bool is_depthwise_filter(const Call& call) {
  const Array &x = call.inputs[0], &dy = call.inputs[1];
  const std::int64_t groups = call.attrs[4].integer;
  return groups > 1 && groups == x.extents[x.rank - 1] && groups == dy.extents[dy.rank - 1];
}
void prepare_depthwise_filter(Call& call);
void run_depthwise_filter(const Call& call, std::int64_t first, std::int64_t last);

}  // namespace vitrine::cpu
