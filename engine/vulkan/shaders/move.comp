// Moves elements unchanged into a dense output: a copy, a reshape that strides cannot say, or padding with a value before,
// after and between the elements of the input.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

layout(local_size_x = 64) in;

layout(constant_id = 0) const uint kWords = 1;  // of an element; 0: it is a byte

// Parameters: elements, rank, offsets of output and input, the value's bits, then for each of 6 axes: extents of the
// output, values before, extents of the input, strides of the input, steps in the output from element to element.
const uint kExtents = 5, kBefore = kExtents + kRank, kInside = kBefore + kRank, kStrides = kInside + kRank,
           kSteps = kStrides + kRank;

void main() {
  for (uint element = gl_GlobalInvocationID.x; element < p(0); element += gl_NumWorkGroups.x * gl_WorkGroupSize.x) {
    uint from = p(3), rest = element;
    bool inside = true;
    for (uint axis = p(1); axis-- > 0;) {
      uint extent = p(kExtents + axis);
      uint index = rest % extent - p(kBefore + axis);  // wraps around below zero, so one comparison serves both ends
      rest /= extent;
      uint step = p(kSteps + axis);
      inside = inside && index % step == 0 && index / step < p(kInside + axis);
      from += index / step * p(kStrides + axis);
    }
    uint to = p(2) + element;
    if (kWords == 0) {
      output_bytes[to] = uint8_t(inside ? uint(bytes0[from]) : p(4));
    } else {
      for (uint word = 0; word < kWords; ++word) {
        output_words[to * kWords + word] = inside ? words0[from * kWords + word] : word == 0 ? p(4) : 0;
      }
    }
  }
}
