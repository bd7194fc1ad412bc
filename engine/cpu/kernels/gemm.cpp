// The tiles of sums, and the packing of strips.
#include "engine/cpu/kernels/gemm.h"

#include "engine/cpu/kernels/cache_sizes.h"

namespace vitrine::cpu::gemm {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// Whole lanes of neighbouring sums.
struct Work {
  Factors factors;
  Strip strip;
  float* sums;
  std::int64_t sums_row;
  std::int64_t depth;
  bool first;
  const Finish* finish;
  const char* ahead;  // asked for while the tile runs, so many bytes further with every k
  std::int64_t ahead_step;
};

template <int rows, int width>
void run_tile(const Work& t) {
  Lane16 sums[rows][width];
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 3
    for (int l = 0; l < width; ++l) sums[r][l] = Lane16(0.0f);
  }
  if (!t.first) {
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 3
      for (int l = 0; l < width; ++l) sums[r][l] = lanes::load(t.sums + r * t.sums_row + l * kLanes);
    }
  }
  const float* q = t.strip.data;
  const float* p = t.factors.data;
  const std::int64_t row = t.factors.row, p_k = t.factors.k, q_k = t.strip.k, ahead_step = t.ahead_step;
  const char* ahead = t.ahead;
#pragma GCC unroll 2
  for (std::int64_t k = 0; k < t.depth; ++k, q += q_k, p += p_k) {
    Lane16 columns[width];
#pragma GCC unroll 3
    for (int l = 0; l < width; ++l) columns[l] = lanes::load(q + l * kLanes);
    __builtin_prefetch(ahead, 0, 2);
    ahead += ahead_step;
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const Lane16 factor(p[r * row]);
#pragma GCC unroll 3
      for (int l = 0; l < width; ++l) sums[r][l] = fma(factor, columns[l], sums[r][l]);
    }
  }
  if (t.finish != nullptr) {
    finish_sums(sums, *t.finish, t.sums_row, kLanes, [](const float* from, int) { return lanes::load(from); });
  }
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 3
    for (int l = 0; l < width; ++l) lanes::store(t.sums + r * t.sums_row + l * kLanes, sums[r][l]);
  }
}

// The heights that any number of rows is made of.
constexpr int kHeights[] = {kTileRows, std::min(kTileRows, 4), 2, 1};

template <int rows>
constexpr auto tile_of(int width) {
  if constexpr (kTileLanes == 3) {
    return width == 3 ? run_tile<rows, 3> : width == 2 ? run_tile<rows, 2> : run_tile<rows, 1>;
  } else {
    return run_tile<rows, 1>;
  }
}

using FourColumns = float __attribute__((vector_size(16)));
using FourAnywhere = float __attribute__((vector_size(16), aligned(4), may_alias));

// Four columns that each lie along k become rows of four.
VITRINE_INLINE void turn_four(float* to, std::int64_t to_step, const float* from, std::int64_t column_step) {
  const auto column = [&](int c) -> FourColumns {
    return *reinterpret_cast<const FourAnywhere*>(from + c * column_step);
  };
  const FourColumns a = column(0), b = column(1), c = column(2), d = column(3);
  const FourColumns low_ab = __builtin_shufflevector(a, b, 0, 4, 1, 5),
                    high_ab = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const FourColumns low_cd = __builtin_shufflevector(c, d, 0, 4, 1, 5),
                    high_cd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  const auto put = [&](int k, FourColumns row) { *reinterpret_cast<FourAnywhere*>(to + k * to_step) = row; };
  put(0, __builtin_shufflevector(low_ab, low_cd, 0, 1, 4, 5));
  put(1, __builtin_shufflevector(low_ab, low_cd, 2, 3, 6, 7));
  put(2, __builtin_shufflevector(high_ab, high_cd, 0, 1, 4, 5));
  put(3, __builtin_shufflevector(high_ab, high_cd, 2, 3, 6, 7));
}

}  // namespace

namespace {

// Asks for the sums of the next tile.
void fetch_sums(const Work& next, std::int64_t height, int width) {
  if (next.first) return;
  for (std::int64_t r = 0; r < height; ++r) {
    for (int l = 0; l < width; ++l) __builtin_prefetch(next.sums + r * next.sums_row + l * kLanes, 1);
  }
}

// The tiles of one strip from the top to the bottom; each asks for a share of the next strip.
void run_tiles(Work work, int width, std::int64_t rows) {
  work.ahead = reinterpret_cast<const char*>(work.strip.next == nullptr ? work.strip.data : work.strip.next);
  const std::int64_t row_bytes = width * kLanes * static_cast<std::int64_t>(sizeof(float));
  work.ahead_step = work.strip.next == nullptr ? 0 : row_bytes / std::max<std::int64_t>(rows / kTileRows, 1);
  void (*const tiles[])(const Work&) = {tile_of<kHeights[0]>(width), tile_of<kHeights[1]>(width),
                                        tile_of<kHeights[2]>(width), tile_of<kHeights[3]>(width)};
  Finish ending = work.finish == nullptr ? Finish{} : *work.finish;
  if (work.finish != nullptr) work.finish = &ending;
  for (int i = 0; rows > 0;) {
    const std::int64_t height = kHeights[i];
    if (height > rows) {
      ++i;
      continue;
    }
    Work tile = work;
    work.factors.data += height * work.factors.row;
    work.sums += height * work.sums_row;
    rows -= height;
    work.ahead += work.depth * work.ahead_step;
    if (rows >= height) fetch_sums(work, height, width);
    tiles[i](tile);
    ending = ending.at(0, height * work.sums_row);
  }
}

// A tile's worth of sums and what they are finished with in whole lanes, while they lie in some other way outside.
void run_beside(const Work& work, const Sums& sums, std::int64_t rows, int columns) {
  alignas(64) float room[kTileRows * kTileColumns], scale[kTileColumns] = {}, bias[kTileColumns] = {},
                                                    residual[kTileRows * kTileColumns], gate[kTileRows * kTileColumns];
  const int width = (columns + kLanes - 1) / kLanes;
  Work inside = work;
  inside.sums = room;
  inside.sums_row = kTileColumns;
  Finish finish;
  if (work.finish != nullptr) {
    finish = *work.finish;
    if (finish.scale != nullptr) std::copy(finish.scale, finish.scale + columns, scale), finish.scale = scale;
    if (finish.bias != nullptr) std::copy(finish.bias, finish.bias + columns, bias), finish.bias = bias;
    if (finish.residual != nullptr) finish.residual = residual;
    if (finish.gate != nullptr) finish.gate = gate;
    inside.finish = &finish;
  }
  for (std::int64_t row = 0; row < rows; row += kTileRows) {
    const std::int64_t height = std::min<std::int64_t>(kTileRows, rows - row);
    const auto each = [&](auto act) {
      for (std::int64_t r = 0; r < height; ++r) {
        for (int c = 0; c < columns; ++c) act(r * kTileColumns + c, (row + r) * sums.row + c * sums.column);
      }
    };
    if (!work.first) each([&](std::int64_t in, std::int64_t out) { room[in] = sums.data[out]; });
    if (finish.residual != nullptr)
      each([&](std::int64_t in, std::int64_t out) { residual[in] = work.finish->residual[out]; });
    if (finish.gate != nullptr) each([&](std::int64_t in, std::int64_t out) { gate[in] = work.finish->gate[out]; });
    inside.factors.data = work.factors.data + row * work.factors.row;
    run_tiles(inside, width, height);
    each([&](std::int64_t in, std::int64_t out) { sums.data[out] = room[in]; });
  }
}

}  // namespace

void multiply(const Factors& factors, const Strip& strip, const Sums& sums, std::int64_t rows, int columns,
              std::int64_t depth, bool first, const Finish* finish) noexcept {
  const Work work{factors, strip, sums.data, sums.row, depth, first, finish, nullptr, 0};
  if (sums.column == 1 && columns % kLanes == 0) {
    run_tiles(work, columns / kLanes, rows);
  } else {
    run_beside(work, sums, rows, columns);
  }
}

void pack_strip(float* to, const float* from, std::int64_t k_step, std::int64_t column_step, std::int64_t depth,
                int lanes, int columns) noexcept {
  const int width = lanes * kLanes;
  if (column_step == 1) {
    for (std::int64_t k = 0; k < depth; ++k) {
      for (int l = 0; l < lanes; ++l) {
        const int filled = std::clamp(columns - l * kLanes, 0, kLanes);
        lanes::store(to + k * width + l * kLanes, lanes::load_first(from + k * k_step + l * kLanes, filled));
      }
    }
    return;
  }
  const int fours = k_step == 1 ? columns / 4 * 4 : 0;
  const std::int64_t deep = depth / 4 * 4;
  for (std::int64_t k = 0; k < deep; k += 4) {
    for (int c = 0; c < fours; c += 4) turn_four(to + k * width + c, width, from + k + c * column_step, column_step);
  }
  for (std::int64_t k = 0; k < depth; ++k) {
    for (int c = k < deep ? fours : 0; c < width; ++c) {
      to[k * width + c] = c < columns ? from[k * k_step + c * column_step] : 0.0f;
    }
  }
}

std::int64_t block_depth(std::int64_t depth) noexcept {
  // Two strips, this one and the next, in three eighths of the second cache; half of it is for the factors.
  constexpr std::int64_t kBytesOfOneK = 2 * kTileColumns * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t most = std::clamp<std::int64_t>(cache_sizes().second * 3 / 8 / kBytesOfOneK, 64, kMostDepth);
  const std::int64_t blocks = std::max<std::int64_t>((depth + most - 1) / most, 1);
  return std::max<std::int64_t>((depth + blocks - 1) / blocks, 1);
}

}  // namespace vitrine::cpu::gemm
