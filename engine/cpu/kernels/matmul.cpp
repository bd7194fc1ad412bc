// The matrix product, with any strides, so that a transposed view costs no copy. Every element of the result is one
// chain of fused multiply-adds over k from 0 up, starting at zero; tiles, panels and threads only choose which chains
// run side by side, so the bits never depend on them.
//
// A chunk is a block of rows times one panel of columns. The panel is copied, a few hundred k at a time, into a strip
// that stays in the first cache; a tile of six rows then runs down the strip with its sums in registers.
#include <algorithm>

#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// As many sums as the registers hold: 12 of 32 (or of 16, two registers each under AVX2, where 6 lanes take 12).
constexpr int kTileRows = 6;
constexpr int kTileLanes = lanes::kParts == 1 ? 2 : 1;
constexpr int kWidth = kTileLanes * kLanes;
constexpr std::int64_t kDepth = 128;     // of a strip: 16 kB
constexpr std::int64_t kBlockRows = 96;  // a strip is copied once for so many rows

// out[r, c] = sum over k of p[r, k] * q[k, c]. P and Q are a and b, or, where the result is tall and narrow, b and a
// transposed, so that the lanes lie along the longer side.
struct Product {
  std::int64_t rows, columns, depth;
  std::int64_t p_row, p_k, q_k, q_column, out_row, out_column;
  std::int64_t row_blocks, panels;
  std::int64_t batches, batch_step;  // elements of one result
  int batch_axes;
  bool swapped;
  std::int64_t extents[limits::kRank];
  std::int64_t strides[2][limits::kRank];  // of a and b along the batch axes
};

std::int64_t blocks(std::int64_t n, std::int64_t size) {
  return (n + size - 1) / size;
}

void prepare(Call& call) noexcept {
  const Array& a = call.inputs[0];
  const Array& b = call.inputs[1];
  const Array& out = call.outputs[0];
  Product& p = call.found<Product>();
  const std::int64_t m = out.extents[out.rank - 2], n = out.extents[out.rank - 1];
  p.depth = a.extents[a.rank - 1];
  const std::int64_t a_row = a.strides[a.rank - 2], a_k = a.strides[a.rank - 1];
  const std::int64_t b_k = b.strides[b.rank - 2], b_column = b.strides[b.rank - 1];
  p.swapped = blocks(m, kLanes) * n * 2 < blocks(n, kLanes) * m;
  if (p.swapped) {
    p.rows = n, p.columns = m, p.out_row = 1, p.out_column = n;
    p.p_row = b_column, p.p_k = b_k, p.q_k = a_k, p.q_column = a_row;
  } else {
    p.rows = m, p.columns = n, p.out_row = n, p.out_column = 1;
    p.p_row = a_row, p.p_k = a_k, p.q_k = b_k, p.q_column = b_column;
  }
  p.batch_axes = out.rank - 2;
  p.batches = 1;
  p.batch_step = m * n;
  for (int axis = 0; axis < p.batch_axes; ++axis) {
    p.extents[axis] = out.extents[axis];
    p.batches *= out.extents[axis];
    for (int i = 0; i < 2; ++i) {
      const Array& in = call.inputs[i];
      const int own = axis - (out.rank - in.rank);
      p.strides[i][axis] = own < 0 || in.extents[own] == 1 ? 0 : in.strides[own];
    }
  }
  p.row_blocks = blocks(p.rows, kBlockRows);
  p.panels = blocks(p.columns, kWidth);
  call.chunks = p.batches * p.row_blocks * p.panels;
  call.nanoseconds =
      static_cast<double>(p.batches * p.rows * p.panels * kWidth) * (0.012 * static_cast<double>(p.depth) + 0.1);
}

// The first `width` columns of a row of the result.
VITRINE_INLINE Lane16 load_sums(const float* from, std::int64_t step, int width) {
  return step == 1 ? lanes::load_first(from, width) : lanes::load_strided(from, step, width);
}
VITRINE_INLINE void store_sums(float* to, std::int64_t step, int width, Lane16 sums) {
  if (step == 1) return lanes::store_first(to, sums, width);
  float values[kLanes];
  lanes::store(values, sums);
  for (int i = 0; i < width; ++i) to[i * step] = values[i];
}

struct Tile {
  const float* p;
  const float* strip;
  float* out;
  std::int64_t p_row, p_k, strip_row, depth, out_row, out_column;
  int columns;
  bool first;
};

template <int rows>
void run_tile(const Tile& t) {
  Lane16 sums[rows][kTileLanes];
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
    for (int l = 0; l < kTileLanes; ++l) {
      const int width = std::clamp(t.columns - l * kLanes, 0, kLanes);
      sums[r][l] =
          t.first ? Lane16(0.0f) : load_sums(t.out + r * t.out_row + l * kLanes * t.out_column, t.out_column, width);
    }
  }
  const float* q = t.strip;
  const float* p = t.p;
  for (std::int64_t k = 0; k < t.depth; ++k, q += t.strip_row, p += t.p_k) {
    Lane16 row[kTileLanes];
#pragma GCC unroll 2
    for (int l = 0; l < kTileLanes; ++l) row[l] = lanes::load(q + l * kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const Lane16 factor(p[r * t.p_row]);
#pragma GCC unroll 2
      for (int l = 0; l < kTileLanes; ++l) sums[r][l] = fma(factor, row[l], sums[r][l]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 2
    for (int l = 0; l < kTileLanes; ++l) {
      const int width = std::clamp(t.columns - l * kLanes, 0, kLanes);
      store_sums(t.out + r * t.out_row + l * kLanes * t.out_column, t.out_column, width, sums[r][l]);
    }
  }
}

void run_tile(const Tile& t, std::int64_t rows) {
  switch (rows) {
    case 1:
      return run_tile<1>(t);
    case 2:
      return run_tile<2>(t);
    case 3:
      return run_tile<3>(t);
    case 4:
      return run_tile<4>(t);
    case 5:
      return run_tile<5>(t);
    default:
      return run_tile<kTileRows>(t);
  }
}

void copy_strip(float* strip, const float* q, const Product& p, std::int64_t depth, int columns) {
  if (p.q_column == 1) {
    for (std::int64_t k = 0; k < depth; ++k) {
      for (int l = 0; l < kTileLanes; ++l) {
        const int width = std::clamp(columns - l * kLanes, 0, kLanes);
        lanes::store(strip + k * kWidth + l * kLanes, lanes::load_first(q + k * p.q_k + l * kLanes, width));
      }
    }
    return;
  }
  for (int c = 0; c < kWidth; ++c) {
    for (std::int64_t k = 0; k < depth; ++k) {
      strip[k * kWidth + c] = c < columns ? q[k * p.q_k + c * p.q_column] : 0.0f;
    }
  }
}

void run_chunk(const Call& call, const Product& p, std::int64_t chunk) {
  std::int64_t batch = chunk / (p.row_blocks * p.panels);
  const std::int64_t row = chunk / p.panels % p.row_blocks * kBlockRows;
  const std::int64_t column = chunk % p.panels * kWidth;
  float* out = reinterpret_cast<float*>(call.outputs[0].data) + batch * p.batch_step;
  std::int64_t offsets[2] = {0, 0};
  for (int axis = p.batch_axes - 1; axis >= 0; --axis) {
    for (int i = 0; i < 2; ++i) offsets[i] += batch % p.extents[axis] * p.strides[i][axis];
    batch /= p.extents[axis];
  }
  const auto* a = reinterpret_cast<const float*>(call.inputs[0].data) + offsets[0];
  const auto* b = reinterpret_cast<const float*>(call.inputs[1].data) + offsets[1];
  const float* p_rows = (p.swapped ? b : a) + row * p.p_row;
  const float* q = (p.swapped ? a : b) + column * p.q_column;
  out += row * p.out_row + column * p.out_column;

  const std::int64_t rows = std::min(kBlockRows, p.rows - row);
  const int columns = static_cast<int>(std::min<std::int64_t>(kWidth, p.columns - column));
  // A few rows do not pay for a copy of what can be read in place.
  const bool in_place = p.q_column == 1 && columns == kWidth && rows <= 2 * kTileRows;
  alignas(64) float strip[static_cast<std::size_t>(kDepth) * kWidth];
  for (std::int64_t k = 0; k == 0 || k < p.depth; k += kDepth) {
    const std::int64_t depth = std::min(kDepth, p.depth - k);
    if (!in_place) copy_strip(strip, q + k * p.q_k, p, depth, columns);
    for (std::int64_t r = 0; r < rows; r += kTileRows) {
      run_tile({p_rows + r * p.p_row + k * p.p_k, in_place ? q + k * p.q_k : strip, out + r * p.out_row, p.p_row, p.p_k,
                in_place ? p.q_k : kWidth, depth, p.out_row, p.out_column, columns, k == 0},
               rows - r);
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Product& p = call.found<Product>();
  for (std::int64_t chunk = first; chunk < last; ++chunk) run_chunk(call, p, chunk);
}

const Registration kMatmul("matmul", prepare, run);

}  // namespace
}  // namespace vitrine::cpu
