// Random numbers: each element has its own stream, so chunks may run anywhere in any order.
#include <algorithm>

#include "engine/core/random.h"
#include "engine/cpu/kernels/exact.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

constexpr std::int64_t kChunk = 1024;

std::int64_t elements_of(const Array& array) {
  std::int64_t n = 1;
  for (int axis = 0; axis < array.rank; ++axis) n *= array.extents[axis];
  return n;
}

void prepare(Call& call) noexcept {
  const std::int64_t n = elements_of(call.outputs[0]);
  call.chunks = (n + kChunk - 1) / kChunk;
  call.nanoseconds = 30.0 * static_cast<double>(n);
}

std::uint32_t step_of(const Array& array) {
  if (array.dtype == DType::int32) return *reinterpret_cast<const std::uint32_t*>(array.data);
  const float step = *reinterpret_cast<const float*>(array.data);
  return 0.0f <= step && step < 4294967296.0f ? static_cast<std::uint32_t>(step) : 0;
}

// Attributes: key, shape, and the two numbers of the distribution.
template <float (*draw)(random::Draw&, float, float)>
void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto key = static_cast<std::uint64_t>(call.attrs[0].integer);
  const auto a = static_cast<float>(call.attrs[2].real), b = static_cast<float>(call.attrs[3].real);
  const std::uint32_t step = step_of(call.inputs[0]);
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  const std::int64_t end = std::min(last * kChunk, elements_of(call.outputs[0]));
  for (std::int64_t i = first * kChunk; i < end; ++i) {
    random::Draw stream(key, step, static_cast<std::uint64_t>(i));
    out[i] = draw(stream, a, b);
  }
}

// The winner of logit + Gumbel noise is a class drawn with the probabilities that softmax gives.
void run_multinomial(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const auto key = static_cast<std::uint64_t>(call.attrs[0].integer);
  const std::uint32_t step = step_of(call.inputs[0]);
  const Array& logits = call.inputs[1];
  const std::int64_t draws = call.outputs[0].extents[1];
  auto* out = reinterpret_cast<std::int32_t*>(call.outputs[0].data);
  const std::int64_t end = std::min(last * kChunk, elements_of(call.outputs[0]));
  for (std::int64_t i = first * kChunk; i < end; ++i) {
    random::Draw stream(key, step, static_cast<std::uint64_t>(i));
    const float* row = reinterpret_cast<const float*>(logits.data) + i / draws * logits.strides[0];
    float best = -math::kInfinite;
    out[i] = 0;
    for (std::int64_t k = 0; k < logits.extents[1]; ++k) {
      const float noise = -math::log_of(math::kSmallestNormal - math::log_of(stream.above_zero()));
      const float score = row[k * logits.strides[1]] + noise;
      if (best < score) best = score, out[i] = static_cast<std::int32_t>(k);
    }
  }
}

float uniform(random::Draw& draw, float low, float high) {
  return math::fma(draw.uniform(), high - low, low);
}
float normal(random::Draw& draw, float mean, float deviation) {
  return math::fma(draw.normal(), deviation, mean);
}
float truncated_normal(random::Draw& draw, float mean, float deviation) {
  return math::fma(draw.truncated_normal(), deviation, mean);
}
float gamma(random::Draw& draw, float shape, float scale) {
  return draw.gamma(shape) * scale;
}

const Registration kRandom[] = {
    {"random_uniform", prepare, run<uniform>},
    {"random_normal", prepare, run<normal>},
    {"random_truncated_normal", prepare, run<truncated_normal>},
    {"random_gamma", prepare, run<gamma>},
    {"random_multinomial", prepare, run_multinomial},
};

}  // namespace
}  // namespace vitrine::cpu
