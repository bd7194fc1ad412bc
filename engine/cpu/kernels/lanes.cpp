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

void load_rows(const LaneStep& step) {
  for (std::int64_t c = 0; c < step.columns; ++c) {
    const float* from = step.x + c * step.column_step;
    float* to = step.out + c * width_of(step);
    for (std::int64_t s = 0; s < step.samples; ++s) to[s] = from[s * step.row_step];
  }
}

void store_rows(const LaneStep& step) {
  for (std::int64_t c = 0; c < step.columns; ++c) {
    const float* from = step.x + c * width_of(step);
    for (std::int64_t s = 0; s < step.samples; ++s) step.out[s * step.columns + c] = from[s];
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

// One sum over the samples for each weight. A handful is cheapest one by one; for more, the second factor is turned so
// that its columns lie in lanes.
void outer(const LaneStep& step, float* workspace) {
  const std::int64_t width = width_of(step);
  const std::int64_t columns = step.columns;
  if (step.inner * columns <= kLanes) {
    float sums[kLanes];
    for (std::int64_t s = 0; s < step.samples; ++s) {
      float* sum = sums;
      for (std::int64_t i = 0; i < step.inner; ++i) {
        const float x = step.x[i * width + s];
        for (std::int64_t j = 0; j < columns; ++j, ++sum)
          *sum = chained(x, step.w[j * width + s], s == 0 ? 0.0f : *sum);
      }
    }
    for (std::int64_t k = 0; k < step.inner * columns; ++k) step.out[k] = sums[k];
    return;
  }
  const std::int64_t pitch = (columns + kLanes - 1) / kLanes * kLanes;
  for (std::int64_t j = 0; j < columns; ++j) {
    for (std::int64_t s = 0; s < step.samples; ++s) workspace[s * pitch + j] = step.w[j * width + s];
  }
  for (std::int64_t j = 0; j < columns; j += kLanes) {
    const int n = static_cast<int>(columns - j < kLanes ? columns - j : kLanes);
    for (std::int64_t i = 0; i < step.inner; i += 4) {
      const std::int64_t together = step.inner - i < 4 ? step.inner - i : 4;
      Lane16 sums[4];
      for (Lane16& sum : sums) sum = Lane16(0.0f);
      for (std::int64_t s = 0; s < step.samples; ++s) {
        const Lane16 y = lanes::load(workspace + s * pitch + j);
        for (std::int64_t t = 0; t < together; ++t) sums[t] = fma(Lane16(step.x[(i + t) * width + s]), y, sums[t]);
      }
      for (std::int64_t t = 0; t < together; ++t) lanes::store_first(step.out + (i + t) * columns + j, sums[t], n);
    }
  }
}

// The general reductions' order: sixteen sums, sample k in sum k mod 16, then the fixed tree.
void fold(const LaneStep& step) {
  const int tail = step.samples - (step.blocks - 1) * kLanes;
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

void body(const LaneStep& step, float* workspace) {
  const std::int64_t width = width_of(step);
  const std::int64_t result = step.columns * width;
  for (int s = 0; s < step.body_length; ++s) {
    const MicroStep micro = step.body[s];
    const auto operand = [&](int index) {
      if (index < 0) return step.operands[-1 - index];
      return LaneOperand{workspace + index * result, static_cast<std::int32_t>(width), kLanes, 0};
    };
    const int count = inputs_of(micro.micro);
    const LaneOperand a = operand(micro.a);
    const LaneOperand b = count > 1 ? operand(micro.b) : a;
    const LaneOperand c = count > 2 ? operand(micro.c) : a;
    float* to = s == step.body_length - 1 ? step.out : workspace + s * result;
    with_micro(micro.micro, [&]<Micro kMicro>() {
      for (std::int64_t column = 0; column < step.columns; ++column) {
        for (std::int64_t block = 0; block < step.blocks; ++block) {
          const Lane16 x = fetch(a, column, block);
          Lane16 y = x, z = x;
          if constexpr (inputs_of(kMicro) > 1) y = fetch(b, column, block);
          if constexpr (inputs_of(kMicro) > 2) z = fetch(c, column, block);
          lanes::store(to + column * width + block * kLanes, micro_of<kMicro>(x, y, z));
        }
      }
    });
  }
}

// Weights in a row: `columns` of them; an operand is a row of as many or one number.
void flat(const LaneStep& step, float* workspace) {
  for (std::int64_t at = 0; at < step.columns; at += kLanes) {
    const int n = static_cast<int>(step.columns - at < kLanes ? step.columns - at : kLanes);
    for (int s = 0; s < step.body_length; ++s) {
      const MicroStep micro = step.body[s];
      const auto value = [&](int index) {
        if (index >= 0) return lanes::load(workspace + index * kLanes);
        const LaneOperand& from = step.operands[-1 - index];
        return from.scalar != 0 ? Lane16(*from.data) : lanes::load_first(from.data + at, n);
      };
      const int count = inputs_of(micro.micro);
      const Lane16 a = value(micro.a);
      const Lane16 b = count > 1 ? value(micro.b) : a;
      const Lane16 c = count > 2 ? value(micro.c) : a;
      with_micro(micro.micro, [&]<Micro kMicro>() {
        const Lane16 y = micro_of<kMicro>(a, b, c);
        if (s == step.body_length - 1) {
          lanes::store_first(step.out + at, y, n);
        } else {
          lanes::store(workspace + s * kLanes, y);
        }
      });
    }
  }
}

void prepare_lanes(Call&) noexcept {}

void run_lanes(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto& program = call.found<LaneProgram>();
  for (const LaneStep* step = program.steps + first; step != program.steps + last; ++step) {
    switch (step->kind) {
      case LaneStep::Kind::load:
        load_rows(*step);
        break;
      case LaneStep::Kind::dense:
        dense(*step);
        break;
      case LaneStep::Kind::outer:
        outer(*step, program.workspace);
        break;
      case LaneStep::Kind::fold:
        fold(*step);
        break;
      case LaneStep::Kind::body:
        body(*step, program.workspace);
        break;
      case LaneStep::Kind::flat:
        flat(*step, program.workspace);
        break;
      case LaneStep::Kind::store:
        store_rows(*step);
        break;
    }
  }
}

const Registration kLanesKernel("lanes", prepare_lanes, run_lanes);

}  // namespace
}  // namespace vitrine::cpu
