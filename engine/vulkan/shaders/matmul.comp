// Matrix products with any strides: a workgroup makes a tile of 16 by 16, reading both factors through shared memory.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "common.glsl"

const uint kTile = 16;
layout(local_size_x = 16, local_size_y = 16) in;

INPUT(1, 3)

// Parameters: rows, columns, inner, offsets of output, a and b, strides of a's row and inner axis, of b's inner and
// column axis, number of matrices, then the leading axes: extents[4], strides of a[4] and of b[4].
const uint kLeading = 4, kExtents = 11, kStridesA = kExtents + kLeading, kStridesB = kStridesA + kLeading;

// One column more, so that a column's elements lie in different banks.
shared float tile_a[kTile][kTile + 1];
shared float tile_b[kTile][kTile + 1];

void main() {
  uint rows = p(0), columns = p(1), inner = p(2);
  uint row = gl_GlobalInvocationID.y, column = gl_GlobalInvocationID.x;
  uvec2 local = gl_LocalInvocationID.xy;
  for (uint matrix = gl_WorkGroupID.z; matrix < p(10); matrix += gl_NumWorkGroups.z) {
    uint a = p(4), b = p(5), rest = matrix;
    for (uint axis = kLeading; axis-- > 0;) {
      uint extent = p(kExtents + axis);
      a += rest % extent * p(kStridesA + axis);
      b += rest % extent * p(kStridesB + axis);
      rest /= extent;
    }
    float total = 0.0;
    for (uint first = 0; first < inner; first += kTile) {
      uint k = first + local.x;
      tile_a[local.y][local.x] = row < rows && k < inner ? uintBitsToFloat(words0[a + row * p(6) + k * p(7)]) : 0.0;
      k = first + local.y;
      tile_b[local.y][local.x] =
          column < columns && k < inner ? uintBitsToFloat(words1[b + k * p(8) + column * p(9)]) : 0.0;
      barrier();
      for (uint i = 0; i < kTile; ++i) total = fma(tile_a[local.y][i], tile_b[i][local.x], total);
      barrier();
    }
    if (row < rows && column < columns) {
      output_words[p(3) + (matrix * rows + row) * columns + column] = floatBitsToUint(total);
    }
  }
}
