// A body of elementwise steps over broadcast inputs. The body is made of specialisation constants, so the driver sees
// straight code: a single op is a body of one step.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"
#include "micro.glsl"

layout(local_size_x = 64) in;

INPUT(1, 3)
INPUT(2, 4)
INPUT(3, 5)
INPUT(4, 6)
INPUT(5, 7)

layout(constant_id = 0) const uint kInputs = 1;
layout(constant_id = 1) const uint kBooleans = 0;  // bit i: input i is boolean; bit 31: the output is
layout(constant_id = 2) const uint kSteps = 1;
// One step each: micro, then three signed bytes as in MicroStep.
#define EACH_STEP(X)                                                                      \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)   \
  X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23)
#define DECLARE_STEP(n) layout(constant_id = n + 3) const uint kStep##n = 0;
EACH_STEP(DECLARE_STEP)

// Parameters: elements, rank, offset of the output, extents[6], then for each input offset, strides[6].
const uint kExtents = 3, kFirstInput = kExtents + kRank, kInputSize = 1 + kRank;

#define LOAD(n) \
  case n: return boolean ? float(uint(bytes##n[at])) : uintBitsToFloat(words##n[at]);

float load(uint i, uint at) {
  bool boolean = (kBooleans >> i & 1u) != 0;
  switch (i) {
    LOAD(0) LOAD(1) LOAD(2) LOAD(3) LOAD(4) LOAD(5)
  }
  return 0.0;
}

float x[6];   // inputs
float y[24];  // results of the steps

float slot(uint step, int which) {
  int from = bitfieldExtract(int(step), 8 + 8 * which, 8);
  return from < 0 ? x[-1 - from] : y[from];
}

#define RUN_STEP(n) \
  if (n < kSteps) y[n] = micro_of(kStep##n & 255u, slot(kStep##n, 0), slot(kStep##n, 1), slot(kStep##n, 2));

void main() {
  for (uint element = gl_GlobalInvocationID.x; element < p(0); element += gl_NumWorkGroups.x * gl_WorkGroupSize.x) {
    uint at[6];
    for (uint i = 0; i < kInputs; ++i) at[i] = p(kFirstInput + i * kInputSize);
    uint rest = element;
    for (uint axis = p(1); axis-- > 0;) {
      uint extent = p(kExtents + axis);
      uint index = rest % extent;
      rest /= extent;
      for (uint i = 0; i < kInputs; ++i) at[i] += index * p(kFirstInput + i * kInputSize + 1 + axis);
    }
    for (uint i = 0; i < kInputs; ++i) x[i] = load(i, at[i]);
    EACH_STEP(RUN_STEP)
    float result = y[kSteps - 1];
    if ((kBooleans >> 31) != 0) {
      output_bytes[p(2) + element] = uint8_t(result != 0.0 ? 1u : 0u);
    } else {
      output_words[p(2) + element] = floatBitsToUint(result);
    }
  }
}
