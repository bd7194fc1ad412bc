// The matrix product, with any strides, so that a transposed view costs no copy of its own. Every element of the result
// is one chain of fused multiply-adds over k from 0 up, starting at zero; tiles, blocks and threads only choose which
// chains run side by side, so the bits never depend on them.
//
// The columns' operand is packed into strips once for all rows; where there are only a few rows it is read where it
// lies. A chunk is a block of the result: k block after k block it lays the rows' operand side by side in the second
// cache and runs it down one strip after the other, each of which stays in the first cache meanwhile.
#include "engine/cpu/kernels/cache_sizes.h"
#include "engine/cpu/kernels/finish.h"
#include "engine/cpu/kernels/gemm.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

using gemm::kMostDepth;
using gemm::kTileColumns;
using gemm::kTileRows;
using gemm::Strips;
using lanes::kLanes;

constexpr std::int64_t kMostRows = 128 / kTileRows * kTileRows;  // of a block: with its k, 512 kB of stack
constexpr std::int64_t kRoomDepth = kMostDepth + kLanes;
constexpr std::int64_t kFewRows = 2 * kTileRows;  // do not pay for packing
constexpr std::int64_t kLeastStrips = 3;          // that pay for laying a block of factors side by side
constexpr std::int64_t kEnoughChunks = 8;         // for threads to share
constexpr std::int64_t kPackedAtOnce = 16 << 10;  // floats of one chunk of packing

// out[r, c] = sum over k of p[r, k] * q[k, c]. P and Q are a and b, or, where the result is tall and narrow, b and a
// transposed, so that the lanes lie along the longer side.
struct Product {
  std::int64_t rows, columns, depth;
  std::int64_t p_row, p_k, q_k, q_column, out_row, out_column;
  std::int64_t block_rows, block_strips, block_depth;
  std::int64_t row_blocks, strip_blocks;
  std::int64_t batches, batch_step;  // elements of one result
  std::int64_t packs, pack_depth;    // matrices that are packed, and how much of their depth at once
  int batch_axes;
  bool swapped;
  std::int64_t extents[limits::kRank];
  std::int64_t strides[2][limits::kRank];  // of a and b along the batch axes
  FinishPlan finish;

  int q_input() const { return swapped ? 0 : 1; }
  std::int64_t pack_blocks() const { return std::max<std::int64_t>((depth + pack_depth - 1) / pack_depth, 1); }
};

std::int64_t blocks(std::int64_t n, std::int64_t size) {
  return (n + size - 1) / size;
}

// Stacked rows times one matrix are more rows.
void join_batches(Product& p, std::int64_t& m, std::int64_t a_row) {
  std::int64_t step = m * a_row;
  for (int axis = p.batch_axes - 1; axis >= 0; --axis) {
    if (p.strides[1][axis] != 0 || (p.extents[axis] != 1 && p.strides[0][axis] != step)) return;
    step *= p.extents[axis];
  }
  m *= p.batches;
  p.batches = 1;
  p.batch_axes = 0;
}

// A block of factors takes half of the second cache, fewer rows where threads would go without.
void cut_blocks(Product& p) {
  p.block_depth = gemm::block_depth(p.depth);
  const std::int64_t floats = cache_sizes().second / 2 / static_cast<std::int64_t>(sizeof(float));
  std::int64_t rows = std::clamp(floats / p.block_depth, std::int64_t{kTileRows}, kMostRows);
  while (rows > 4 * kTileRows && p.batches * blocks(p.rows, rows) < kEnoughChunks) rows /= 2;
  p.row_blocks = blocks(p.rows, rows);
  p.block_rows = p.row_blocks == 0 ? 0 : blocks(blocks(p.rows, p.row_blocks), kTileRows) * kTileRows;
  p.row_blocks = p.block_rows == 0 ? 0 : blocks(p.rows, p.block_rows);
  // Wide and low results are shared out by strips as well.
  const std::int64_t strips = Strips(p.columns).count();
  const std::int64_t parts =
      std::clamp<std::int64_t>(kEnoughChunks / std::max<std::int64_t>(p.batches * p.row_blocks, 1), 1,
                               std::max<std::int64_t>(strips / kLeastStrips, 1));
  p.block_strips = std::max<std::int64_t>(blocks(strips, parts), 1);
  p.strip_blocks = blocks(strips, p.block_strips);
}

void plan_packing(Call& call, Product& p) {
  const bool lies_well = p.q_column == 1 && (call.fixed >> p.q_input() & 1) == 0;
  if ((p.rows <= kFewRows && lies_well) || p.rows * p.batches == 0) return;
  bool one_for_all = true;
  for (int axis = 0; axis < p.batch_axes; ++axis) {
    one_for_all = one_for_all && (p.strides[p.q_input()][axis] == 0 || p.extents[axis] == 1);
  }
  p.packs = one_for_all ? 1 : p.batches;
  call.packed_input = p.q_input();
  call.packed_floats = p.packs * Strips(p.columns).floats(p.depth);
  p.pack_depth = std::max<std::int64_t>(kPackedAtOnce / kTileColumns, 1);
  call.pack_chunks = p.packs * Strips(p.columns).count() * p.pack_blocks();
}

void prepare(Call& call) noexcept {
  const Array& a = call.inputs[0];
  const Array& b = call.inputs[1];
  const Array& out = call.outputs[0];
  Product& p = call.found<Product>();
  p = {};
  std::int64_t m = out.extents[out.rank - 2];
  const std::int64_t n = out.extents[out.rank - 1];
  p.depth = a.extents[a.rank - 1];
  const std::int64_t a_row = a.strides[a.rank - 2], a_k = a.strides[a.rank - 1];
  const std::int64_t b_k = b.strides[b.rank - 2], b_column = b.strides[b.rank - 1];
  p.batch_axes = out.rank - 2;
  p.batches = 1;
  for (int axis = 0; axis < p.batch_axes; ++axis) {
    p.extents[axis] = out.extents[axis];
    p.batches *= out.extents[axis];
    for (int i = 0; i < 2; ++i) {
      const Array& in = call.inputs[i];
      const int own = axis - (out.rank - in.rank);
      p.strides[i][axis] = own < 0 || in.extents[own] == 1 ? 0 : in.strides[own];
    }
  }
  join_batches(p, m, a_row);
  p.batch_step = m * n;
  p.swapped = blocks(m, kLanes) * n * 2 < blocks(n, kLanes) * m;
  if (p.swapped) {
    p.rows = n, p.columns = m, p.out_row = 1, p.out_column = n;
    p.p_row = b_column, p.p_k = b_k, p.q_k = a_k, p.q_column = a_row;
  } else {
    p.rows = m, p.columns = n, p.out_row = n, p.out_column = 1;
    p.p_row = a_row, p.p_k = a_k, p.q_k = b_k, p.q_column = b_column;
  }
  p.finish = plan_finish(call, !p.swapped);
  cut_blocks(p);
  plan_packing(call, p);
  call.chunks = p.batches * p.row_blocks * p.strip_blocks;
  const auto sums = static_cast<double>(p.batches * p.rows * blocks(p.columns, kLanes) * kLanes);
  call.nanoseconds = sums * (0.012 * static_cast<double>(p.depth) + 0.1 + 0.1 * call.body_length);
}

// Where a batch begins in one of the inputs.
const float* matrix_of(const Call& call, const Product& p, int input, std::int64_t batch) {
  const auto* data = reinterpret_cast<const float*>(call.inputs[input].data);
  for (int axis = p.batch_axes - 1; axis >= 0; --axis) {
    data += batch % p.extents[axis] * p.strides[input][axis];
    batch /= p.extents[axis];
  }
  return data;
}

void pack(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Product& p = call.found<Product>();
  const Strips strips(p.columns);
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t batch = chunk / p.pack_blocks() / strips.count();
    const std::int64_t strip = chunk / p.pack_blocks() % strips.count();
    const std::int64_t k = chunk % p.pack_blocks() * p.pack_depth;
    const float* from = matrix_of(call, p, p.q_input(), batch) + k * p.q_k + strips.column(strip) * p.q_column;
    float* to =
        call.packed + batch * strips.floats(p.depth) + strips.place(strip, p.depth) + k * strips.lanes(strip) * kLanes;
    gemm::pack_strip(to, from, p.q_k, p.q_column, std::min(p.pack_depth, p.depth - k), strips.lanes(strip),
                     strips.columns(strip));
  }
}

// One chunk's part of the result, and where it finds its operands.
struct Block {
  const float* p;
  const float* q;          // where the strips are packed, or the matrix itself
  float* out;              // of the batch
  std::int64_t batch_row;  // of the whole result, where this batch begins
  std::int64_t row, rows, first_strip, last_strip;
};

// Rows of factors laid side by side, so that neither their stride nor the pages they come from count.
gemm::Factors lay_side_by_side(float* room, const gemm::Factors& from, std::int64_t rows, std::int64_t depth) {
  if (from.row == 1) {
    for (std::int64_t k = 0; k < depth; ++k) {
      for (std::int64_t r = 0; r < rows; r += kLanes) {
        const int n = static_cast<int>(std::min<std::int64_t>(kLanes, rows - r));
        lanes::store_first(room + k * kMostRows + r, lanes::load_first(from.data + k * from.k + r, n), n);
      }
    }
    return {room, 1, kMostRows};
  }
  const std::int64_t step = (depth / kLanes + 1) * kLanes;  // at most kRoomDepth, and seldom a power of two
  for (std::int64_t r = 0; r < rows; ++r) {
    const float* row = from.data + r * from.row;
    float* to = room + r * step;
    std::int64_t k = 0;
    for (; from.k == 1 && k + kLanes <= depth; k += kLanes) lanes::store(to + k, lanes::load(row + k));
    for (; k < depth; ++k) to[k] = row[k * from.k];
  }
  return {room, step, 1};
}

void multiply_strip(const Call& call, const Product& p, const Block& block, std::int64_t strip,
                    const gemm::Factors& factors, std::int64_t k, std::int64_t depth) {
  const Strips strips(p.columns);
  const std::int64_t column = strips.column(strip);
  const int columns = strips.columns(strip), width = strips.lanes(strip) * kLanes;
  const gemm::Sums sums{block.out + block.row * p.out_row + column * p.out_column, p.out_row, p.out_column};
  const bool last = k + depth == p.depth;
  const gemm::Finish finish = finish_of(call, p.finish, block.batch_row + block.row, column);
  const gemm::Finish* ending = last && p.finish.in_registers() ? &finish : nullptr;
  if (p.packs > 0) {
    const float* data = block.q + strips.place(strip, p.depth) + k * width;
    const float* next = strip + 1 < block.last_strip
                            ? block.q + strips.place(strip + 1, p.depth) + k * strips.lanes(strip + 1) * kLanes
                            : nullptr;
    const gemm::Strip packed{data, width, next};
    gemm::multiply(factors, packed, sums, block.rows, columns, depth, k == 0, ending);
  } else if (columns == width) {
    gemm::multiply(factors, {block.q + k * p.q_k + column, p.q_k}, sums, block.rows, columns, depth, k == 0, ending);
  } else {
    alignas(64) float room[static_cast<std::size_t>(kMostDepth) * kTileColumns];
    gemm::pack_strip(room, block.q + k * p.q_k + column, p.q_k, 1, depth, strips.lanes(strip), columns);
    gemm::multiply(factors, {room, width}, sums, block.rows, columns, depth, k == 0, ending);
  }
  if (!last) return;
  if (p.swapped) {
    finish_block(call, p.finish, block.batch_row + column, columns, block.row, block.rows);
  } else {
    finish_block(call, p.finish, block.batch_row + block.row, block.rows, column, columns);
  }
}

void run_block(const Call& call, const Product& p, const Block& block) {
  alignas(64) float room[static_cast<std::size_t>(kMostRows * kRoomDepth)];
  // Short rows that lie together are near enough as they are.
  const bool near = p.p_k == 1 && p.p_row <= kMostDepth;
  const bool move = block.last_strip - block.first_strip >= kLeastStrips && !near;
  for (std::int64_t k = 0; k == 0 || k < p.depth; k += p.block_depth) {
    const std::int64_t depth = std::min(p.block_depth, p.depth - k);
    gemm::Factors factors{block.p + block.row * p.p_row + k * p.p_k, p.p_row, p.p_k};
    if (move) factors = lay_side_by_side(room, factors, block.rows, depth);
    for (std::int64_t strip = block.first_strip; strip < block.last_strip; ++strip) {
      multiply_strip(call, p, block, strip, factors, k, depth);
    }
  }
}

void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Product& p = call.found<Product>();
  const Strips strips(p.columns);
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    const std::int64_t batch = chunk / (p.row_blocks * p.strip_blocks);
    const std::int64_t row = chunk / p.strip_blocks % p.row_blocks * p.block_rows;
    const std::int64_t strip = chunk % p.strip_blocks * p.block_strips;
    Block block{};
    block.p = matrix_of(call, p, 1 - p.q_input(), batch);
    block.q = p.packs == 0 ? matrix_of(call, p, p.q_input(), batch)
                           : call.packed + (p.packs == 1 ? 0 : batch * strips.floats(p.depth));
    block.out = reinterpret_cast<float*>(call.outputs[0].data) + batch * p.batch_step;
    block.batch_row = batch * (p.swapped ? p.columns : p.rows);
    block.row = row;
    block.rows = std::min(p.block_rows, p.rows - row);
    block.first_strip = strip;
    block.last_strip = std::min(strip + p.block_strips, strips.count());
    run_block(call, p, block);
  }
}

const Registration kMatmul(Kernel{"matmul", prepare, run, pack, true});

}  // namespace
}  // namespace vitrine::cpu
