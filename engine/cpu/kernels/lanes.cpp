// Runs lane programs: each step a short loop over columns, no pool, no allocation.
#include "engine/cpu/kernels/micro.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/lane_program.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

VITRINE_INLINE float chained(float a, float b, float sum) {
#if VITRINE_ISA_V3 || VITRINE_ISA_V4
  return math::fma(a, b, sum);
#else
  return a * b + sum;  // as Lane16's fma without the instruction
#endif
}

std::int64_t width_of(const LaneStep& step) {
  return std::int64_t{step.blocks} * kLanes;
}

// The samples that a program works on at a time.
struct Tile {
  std::int64_t first;
  int samples;
};

void load_rows(const LaneStep& step, Tile tile) {
  for (std::int64_t c = 0; c < step.columns; ++c) {
    const float* from = step.x + tile.first * step.row_step + c * step.column_step;
    float* to = step.out + c * width_of(step);
    for (std::int64_t s = 0; s < tile.samples; ++s) to[s] = from[s * step.row_step];
  }
}

void store_rows(const LaneStep& step, Tile tile) {
  float* to = step.out + tile.first * step.columns;
  for (std::int64_t c = 0; c < step.columns; ++c) {
    const float* from = step.x + c * width_of(step);
    for (std::int64_t s = 0; s < tile.samples; ++s) to[s * step.columns + c] = from[s];
  }
}

// Several outputs at a time keep as many chains of sums in flight as the latency of an FMA asks for.
template <int kTogether>
VITRINE_INLINE void dense_columns(const LaneStep& step, std::int64_t j, std::int64_t b) {
  const float* w = step.w + j * step.column_step;
  Lane16 sums[kTogether];
  const Lane16 first = lanes::load(step.x + b * kLanes);
  for (int t = 0; t < kTogether; ++t) sums[t] = fma(first, Lane16(w[t * step.column_step]), Lane16(0.0f));
  for (std::int64_t i = 1; i < step.inner; ++i) {
    const Lane16 x = lanes::load(step.x + i * width_of(step) + b * kLanes);
    w += step.row_step;
    for (int t = 0; t < kTogether; ++t) sums[t] = fma(x, Lane16(w[t * step.column_step]), sums[t]);
  }
  for (int t = 0; t < kTogether; ++t) lanes::store(step.out + (j + t) * width_of(step) + b * kLanes, sums[t]);
}

void dense(const LaneStep& step) {
  for (std::int64_t b = 0; b < step.blocks; ++b) {
    std::int64_t j = 0;
    for (; j + 4 <= step.columns; j += 4) dense_columns<4>(step, j, b);
    for (; j + 2 <= step.columns; j += 2) dense_columns<2>(step, j, b);
    for (; j < step.columns; ++j) dense_columns<1>(step, j, b);
  }
}

// Sums over the samples for kI times kJ weights, each in a register of its own.
template <int kI, int kJ>
VITRINE_INLINE void outer_singles(const LaneStep& step, int samples, std::int64_t i, std::int64_t j) {
  const std::int64_t width = width_of(step);
  const float* x = step.x + i * width;
  const float* y = step.w + j * width;
  float sums[kI][kJ] = {};
  for (std::int64_t s = 0; s < samples; ++s) {
    for (int a = 0; a < kI; ++a) {
      for (int b = 0; b < kJ; ++b) sums[a][b] = chained(x[a * width + s], y[b * width + s], sums[a][b]);
    }
  }
  for (int a = 0; a < kI; ++a) {
    for (int b = 0; b < kJ; ++b) step.out[(i + a) * step.columns + j + b] = sums[a][b];
  }
}

template <int kI>
VITRINE_INLINE void outer_singles(const LaneStep& step, int samples, std::int64_t i) {
  std::int64_t j = 0;
  for (; j + 2 <= step.columns; j += 2) outer_singles<kI, 2>(step, samples, i, j);
  if (j < step.columns) outer_singles<kI, 1>(step, samples, i, j);
}

// The same for sixteen weights at a time; `y` are the samples of the second factor as rows.
template <int kI>
VITRINE_INLINE void outer_rows(const LaneStep& step, int samples, const float* y, std::int64_t pitch, std::int64_t i,
                               float* out, int n) {
  const float* x = step.x + i * width_of(step);
  Lane16 sums[kI];
  for (Lane16& sum : sums) sum = Lane16(0.0f);
  for (std::int64_t s = 0; s < samples; ++s) {
    const Lane16 row = lanes::load(y + s * pitch);
    for (int a = 0; a < kI; ++a) sums[a] = fma(Lane16(x[a * width_of(step) + s]), row, sums[a]);
  }
  for (int a = 0; a < kI; ++a) lanes::store_first(out + (i + a) * step.columns, sums[a], n);
}

// One sum over the samples for each weight. A handful is cheapest one by one; for more, the second factor is turned so
// that its columns lie in lanes.
void outer(const LaneStep& step, int samples, float* workspace) {
  const std::int64_t columns = step.columns;
  std::int64_t i = 0;
  if (step.inner * columns <= kLanes) {
    for (; i + 4 <= step.inner; i += 4) outer_singles<4>(step, samples, i);
    for (; i + 2 <= step.inner; i += 2) outer_singles<2>(step, samples, i);
    if (i < step.inner) outer_singles<1>(step, samples, i);
    return;
  }
  const std::int64_t pitch = (columns + kLanes - 1) / kLanes * kLanes;
  for (std::int64_t s = 0; s < samples; ++s) {
    for (std::int64_t j = 0; j < columns; ++j) workspace[s * pitch + j] = step.w[j * width_of(step) + s];
  }
  for (std::int64_t j = 0; j < columns; j += kLanes) {
    const int n = static_cast<int>(columns - j < kLanes ? columns - j : kLanes);
    for (i = 0; i + 8 <= step.inner; i += 8) outer_rows<8>(step, samples, workspace + j, pitch, i, step.out + j, n);
    for (; i + 4 <= step.inner; i += 4) outer_rows<4>(step, samples, workspace + j, pitch, i, step.out + j, n);
    for (; i < step.inner; ++i) outer_rows<1>(step, samples, workspace + j, pitch, i, step.out + j, n);
  }
}

// The general reductions' order: sixteen sums, sample k in sum k mod 16, then the fixed tree.
void fold(const LaneStep& step, int samples) {
  const int tail = samples - (step.blocks - 1) * kLanes;
  for (std::int64_t c = 0; c < step.columns; ++c) {
    const float* x = step.x + c * width_of(step);
    Lane16 sums = lanes::load_first(x, step.blocks == 1 ? tail : kLanes);
    for (std::int64_t b = 1; b < step.blocks; ++b) {
      const Lane16 more = sums + lanes::load(x + b * kLanes);
      sums = b == step.blocks - 1 ? select(lanes::first(tail), more, sums) : more;
    }
    step.out[c] = lanes::sum(sums) * step.scale;
  }
}

VITRINE_INLINE Lane16 fetch(const LaneOperand& from, std::int64_t column, std::int64_t block) {
  const float* at = from.data + column * from.column_step + block * from.block_step;
  return from.scalar != 0 ? Lane16(*at) : lanes::load(at);
}

// A function of its own for each micro keeps what its loop needs in registers.
template <Micro kMicro>
__attribute__((noinline)) void body_micro(const LaneMicro& micro, std::int64_t columns, std::int64_t blocks) {
  const LaneOperand a = micro.operands[0], b = micro.operands[1], c = micro.operands[2];
  float* to = micro.out;
  for (std::int64_t column = 0; column < columns; ++column) {
    for (std::int64_t block = 0; block < blocks; ++block, to += kLanes) {
      const Lane16 x = fetch(a, column, block);
      Lane16 y = x, z = x;
      if constexpr (inputs_of(kMicro) > 1) y = fetch(b, column, block);
      if constexpr (inputs_of(kMicro) > 2) z = fetch(c, column, block);
      lanes::store(to, micro_of<kMicro>(x, y, z));
    }
  }
}

void body(const LaneStep& step) {
  for (int s = 0; s < step.body_length; ++s) {
    const LaneMicro& micro = step.micros[s];
    with_micro(micro.micro, [&]<Micro kMicro>() { body_micro<kMicro>(micro, step.columns, step.blocks); });
  }
}

// Updates of weights: a step of the body over all rows, then the next, so that rows wait for each other nowhere.
void flat(const LaneStep& step, float* workspace) {
  const std::int64_t rows = step.row_count;
  for (int s = 0; s < step.body_length; ++s) {
    const MicroStep micro = step.body[s];
    const bool last = s == step.body_length - 1;
    const auto value = [&](int index, std::int64_t r) __attribute__((always_inline)) {
      if (index >= 0) return lanes::load(workspace + (index * rows + r) * kLanes);
      const int i = -1 - index;
      if (step.operands[i].scalar != 0) return Lane16(*step.operands[i].data);
      return lanes::load_first(step.rows[r].operands[i], step.rows[r].count);
    };
    with_micro(micro.micro, [&]<Micro kMicro>() {
      for (std::int64_t r = 0; r < rows; ++r) {
        const Lane16 x = value(micro.a, r);
        Lane16 y = x, z = x;
        if constexpr (inputs_of(kMicro) > 1) y = value(micro.b, r);
        if constexpr (inputs_of(kMicro) > 2) z = value(micro.c, r);
        const Lane16 result = micro_of<kMicro>(x, y, z);
        if (last) {
          lanes::store_first(step.rows[r].out, result, step.rows[r].count);
        } else {
          lanes::store(workspace + (s * rows + r) * kLanes, result);
        }
      }
    });
  }
}

void prepare_lanes(Call&) noexcept {}

void run_step(const LaneStep& step, Tile tile, float* workspace) {
  switch (step.kind) {
    case LaneStep::Kind::load:
      return load_rows(step, tile);
    case LaneStep::Kind::dense:
      return dense(step);
    case LaneStep::Kind::outer:
      return outer(step, tile.samples, workspace);
    case LaneStep::Kind::fold:
      return fold(step, tile.samples);
    case LaneStep::Kind::body:
      return body(step);
    case LaneStep::Kind::flat:
      return flat(step, workspace);
    case LaneStep::Kind::store:
      return store_rows(step, tile);
  }
}

void run_lanes(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto& program = call.found<LaneProgram>();
  for (std::int64_t sample = 0; sample < program.samples; sample += program.tile) {
    const std::int64_t left = program.samples - sample;
    const Tile tile{sample, static_cast<int>(left < program.tile ? left : program.tile)};
    for (std::int64_t step = first; step < last; ++step) run_step(program.steps[step], tile, program.workspace);
  }
}

const Registration kLanesKernel("lanes", prepare_lanes, run_lanes);

}  // namespace
}  // namespace vitrine::cpu
