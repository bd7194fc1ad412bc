// Sums and means: one workgroup for each output, its invocations stride along the terms and meet in a tree.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

const uint kWidth = 64;
layout(local_size_x = 64) in;

layout(constant_id = 0) const bool kMean = false;

// Parameters: outputs, terms, offsets of output and input, then kept and reduced axes: extents[6] and strides[6] each,
// extent 1 where there is none.
const uint kKept = 4, kReduced = kKept + 2 * kRank;

shared float sums[kWidth];

uint offset_of(uint index, uint axes) {
  uint at = 0;
  for (uint axis = kRank; axis-- > 0;) {
    uint extent = p(axes + axis);
    at += index % extent * p(axes + kRank + axis);
    index /= extent;
  }
  return at;
}

void main() {
  uint local = gl_LocalInvocationID.x;
  for (uint result = gl_WorkGroupID.x; result < p(0); result += gl_NumWorkGroups.x) {
    uint start = p(3) + offset_of(result, kKept);
    float sum = 0.0;
    for (uint term = local; term < p(1); term += kWidth) {
      sum += uintBitsToFloat(words0[start + offset_of(term, kReduced)]);
    }
    sums[local] = sum;
    barrier();
    for (uint half_width = kWidth / 2; half_width > 0; half_width /= 2) {
      if (local < half_width) sums[local] += sums[local + half_width];
      barrier();
    }
    if (local == 0) {
      output_words[p(2) + result] = floatBitsToUint(kMean ? sums[0] / float(p(1)) : sums[0]);
    }
    barrier();
  }
}
