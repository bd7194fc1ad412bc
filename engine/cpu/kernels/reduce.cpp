// Sums, means, largest and smallest numbers over axes, in one canonical order that every implementation follows: the
// terms, in row-major order of the reduced axes, go to sixteen accumulators by their number modulo 16 (the first
// sixteen begin them, missing ones are what changes nothing); then accumulators 8, 4, 2 and 1 apart are joined. A mean
// is the sum times 1/n, each rounded once. Whole numbers and truths, where order does not matter, are joined one after
// another.
#include <algorithm>
#include <limits>
#include <type_traits>
#include <utility>

#include "engine/core/math_power.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

// Axes merged where one step leads from the end of the inner to the next of the outer; innermost first.
struct Axes {
  int count = 0;
  std::int64_t extents[limits::kRank] = {};
  std::int64_t strides[limits::kRank] = {};

  void add_outer(std::int64_t extent, std::int64_t stride) {
    if (extent == 1) return;
    if (count > 0 && stride == strides[count - 1] * extents[count - 1]) {
      extents[count - 1] *= extent;
      return;
    }
    extents[count] = extent;
    strides[count++] = stride;
  }
  std::int64_t elements() const {
    std::int64_t n = 1;
    for (int i = 0; i < count; ++i) n *= extents[i];
    return n;
  }
  std::int64_t offset(std::int64_t index) const {
    std::int64_t at = 0;
    for (int i = 0; i < count; ++i) {
      at += index % extents[i] * strides[i];
      index /= extents[i];
    }
    return at;
  }
};

// Walks the reduced axes term by term.
class Terms {
 public:
  explicit Terms(const Axes& axes) : axes_(axes) {}
  std::int64_t offset() const { return offset_; }
  void next() {
    for (int i = 0; i < axes_.count; ++i) {
      offset_ += axes_.strides[i];
      if (++at_[i] < axes_.extents[i]) return;
      offset_ -= axes_.strides[i] * axes_.extents[i];
      at_[i] = 0;
    }
  }

 private:
  const Axes& axes_;
  std::int64_t at_[limits::kRank] = {};
  std::int64_t offset_ = 0;
};

constexpr std::int64_t kWide = 64;  // outputs side by side: their accumulators lie in the first cache

struct Reduction {
  Axes kept, reduced;
  std::int64_t terms, outputs;
  std::int64_t groups_per_row, groups, groups_per_chunk;  // a group: outputs computed together
  bool across;                                            // lanes lie across outputs instead of along the terms
  float scale;
};

struct Sum {
  static constexpr float kNothing = 0.0f;
  static constexpr std::int32_t kNoNumber = 0;
  template <class V>
  VITRINE_INLINE static V join(V a, V b) {
    return a + b;
  }
  static std::int32_t join(std::int32_t a, std::int32_t b) {  // wraps around
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
  }
};
struct Mean : Sum {};

// The one that comes first when the sign is 1: the largest; the smallest when it is -1. A NaN goes through and is seen.
template <int sign>
struct Extreme {
  static constexpr float kNothing = -sign * std::numeric_limits<float>::infinity();
  static constexpr std::int32_t kNoNumber = sign > 0 ? std::numeric_limits<std::int32_t>::min()
                                                     : std::numeric_limits<std::int32_t>::max();
  template <class V>
  VITRINE_INLINE static V join(V a, V b) {
    using math::select;
    const V infinity(std::numeric_limits<float>::infinity());
    const V number = sign > 0 ? select(a < b, b, a) : select(b < a, b, a);
    return select(b < infinity, number, select(-infinity < b, number, b));  // neither: b is NaN
  }
  static std::int32_t join(std::int32_t a, std::int32_t b) { return (sign > 0 ? a < b : b < a) ? b : a; }
};

template <class Rule>
constexpr bool kIsMean = std::is_same_v<Rule, Mean>;

template <class Rule>
void prepare(Call& call) noexcept {
  const Array& in = call.inputs[0];
  Reduction r{};
  const std::int64_t* begin = call.attrs[0].integers;
  for (int axis = in.rank - 1; axis >= 0; --axis) {
    const bool reduced = std::find(begin, begin + call.attrs[0].count, axis) != begin + call.attrs[0].count;
    (reduced ? r.reduced : r.kept).add_outer(in.extents[axis], in.strides[axis]);
  }
  r.terms = r.reduced.elements();
  r.outputs = r.kept.elements();
  r.scale = kIsMean<Rule> ? 1.0f / static_cast<float>(r.terms) : 1.0f;
  r.across = r.kept.count > 0 && r.kept.strides[0] == 1 && in.dtype == DType::float32;
  const std::int64_t row = r.across ? r.kept.extents[0] : 1;
  r.groups_per_row = r.across ? (row + kWide - 1) / kWide : 1;
  r.groups = r.outputs == 0 ? 0 : r.outputs / row * r.groups_per_row;
  r.groups_per_chunk = 1 + 4096 / (r.terms + 1);
  call.chunks = (r.groups + r.groups_per_chunk - 1) / r.groups_per_chunk;
  call.nanoseconds = (r.across || r.reduced.strides[0] == 1 ? 0.08 : 0.5) * static_cast<double>(r.terms) *
                         static_cast<double>(r.outputs) +
                     5.0 * static_cast<double>(r.outputs);
  call.found<Reduction>() = r;
}

// Joins accumulators 8, 4, 2 and 1 apart.
template <class Rule>
float joined(const float* accumulators) {
  float a[kLanes];
  std::copy(accumulators, accumulators + kLanes, a);
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) a[i] = Rule::template join<float>(a[i], a[i + half]);
  }
  return a[0];
}
template <class Rule>
float joined(Lane16 lanes) {
  if constexpr (std::is_base_of_v<Sum, Rule>) return lanes::sum(lanes);
  alignas(64) float a[kLanes];
  lanes::store(a, lanes);
  return joined<Rule>(a);
}

template <class Rule>
float join_along(const float* from, std::int64_t terms) {
  const int begin = static_cast<int>(std::min<std::int64_t>(terms, kLanes));
  const Lane16 nothing(Rule::kNothing);
  Lane16 a = select(lanes::first(begin), lanes::load_first(from, begin), nothing);
  std::int64_t k = kLanes;
  for (; k + kLanes <= terms; k += kLanes) a = Rule::template join<Lane16>(a, lanes::load(from + k));
  if (k < terms) {
    const auto rest = lanes::first(static_cast<int>(terms - k));
    a = select(rest, Rule::template join<Lane16>(a, lanes::load(from + k, rest)), a);
  }
  return joined<Rule>(a);
}

template <class Rule>
float join_strided(const float* from, const Reduction& r) {
  float a[kLanes];
  for (float& accumulator : a) accumulator = Rule::kNothing;
  Terms at(r.reduced);
  for (std::int64_t k = 0; k < r.terms; ++k, at.next()) {
    float& accumulator = a[k % kLanes];
    accumulator = k < kLanes ? from[at.offset()] : Rule::template join<float>(accumulator, from[at.offset()]);
  }
  return joined<Rule>(a);
}

// a[i] joins from[i]. The first `begin` terms of all begin the accumulators.
template <class Rule>
VITRINE_INLINE void join_run(float* a, const float* from, std::int64_t count, bool begin) {
  const auto join = [&](std::int64_t i, int n) __attribute__((always_inline)) {
    const Lane16 term = lanes::load_first(from + i, n);
    lanes::store_first(a + i, begin ? term : Rule::template join<Lane16>(lanes::load_first(a + i, n), term), n);
  };
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) join(i, kLanes);
  if (i < count) join(i, static_cast<int>(count - i));
}

// Neighbouring outputs, at most kWide: accumulator k of output c is a[k · width + c], so that sixteen terms that lie in
// one piece are joined as one.
template <class Rule>
void join_across(const float* from, const Reduction& r, int width, float* to) {
  alignas(64) float a[kLanes * kWide];
  std::fill(a, a + kLanes * width, Rule::kNothing);
  std::int64_t k = 0;
  if (r.reduced.count == 1 && r.reduced.strides[0] == width) {
    for (; k + kLanes <= r.terms; k += kLanes) join_run<Rule>(a, from + k * width, kLanes * width, k == 0);
    for (; k < r.terms; ++k) join_run<Rule>(a + k % kLanes * width, from + k * width, width, k < kLanes);
  }
  if (k < r.terms) {
    for (Terms at(r.reduced); k < r.terms; ++k, at.next()) {
      join_run<Rule>(a + k % kLanes * width, from + at.offset(), width, k < kLanes);
    }
  }
  for (int half = kLanes / 2; half > 0; half /= 2) join_run<Rule>(a, a + half * width, half * width, false);
  std::copy(a, a + width, to);
  if constexpr (kIsMean<Rule>) {
    for (int c = 0; c < width; ++c) to[c] = to[c] * r.scale;
  }
}

// One term after the other in memory.
bool lies_along(const Reduction& r) {
  return r.reduced.count == 0 || (r.reduced.count == 1 && r.reduced.strides[0] == 1);
}

template <class Rule>
void run_floats(const Call& call, std::int64_t first, std::int64_t last) {
  const Reduction& r = call.found<Reduction>();
  const auto* from = reinterpret_cast<const float*>(call.inputs[0].data);
  auto* to = reinterpret_cast<float*>(call.outputs[0].data);
  const bool along = lies_along(r);
  const std::int64_t end = std::min(last * r.groups_per_chunk, r.groups);
  for (std::int64_t group = first * r.groups_per_chunk; group < end; ++group) {
    if (r.across) {
      const std::int64_t column = group % r.groups_per_row * kWide;
      const std::int64_t output = group / r.groups_per_row * r.kept.extents[0] + column;
      const int width = static_cast<int>(std::min<std::int64_t>(kWide, r.kept.extents[0] - column));
      join_across<Rule>(from + r.kept.offset(output), r, width, to + output);
    } else {
      const float* start = from + r.kept.offset(group);
      const float result = along ? join_along<Rule>(start, r.terms) : join_strided<Rule>(start, r);
      to[group] = kIsMean<Rule> ? result * r.scale : result;
    }
  }
}

template <class Rule, class T>
void run_exact(const Call& call, std::int64_t first, std::int64_t last) {
  const Reduction& r = call.found<Reduction>();
  const auto* from = reinterpret_cast<const T*>(call.inputs[0].data);
  auto* to = reinterpret_cast<T*>(call.outputs[0].data);
  const std::int64_t end = std::min(last * r.groups_per_chunk, r.groups);
  for (std::int64_t output = first * r.groups_per_chunk; output < end; ++output) {
    const T* start = from + r.kept.offset(output);
    std::int32_t result = Rule::kNoNumber;
    if constexpr (sizeof(T) == 1) result = result > 0 ? 1 : 0;
    Terms at(r.reduced);
    for (std::int64_t k = 0; k < r.terms; ++k, at.next()) {
      result = Rule::join(result, static_cast<std::int32_t>(start[at.offset()]));
    }
    to[output] = static_cast<T>(result);
  }
}

template <class Rule>
void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  switch (call.inputs[0].dtype) {
    case DType::int32:
      return run_exact<Rule, std::int32_t>(call, first, last);
    case DType::boolean:
      return run_exact<Rule, std::uint8_t>(call, first, last);
    default:
      return run_floats<Rule>(call, first, last);
  }
}

VITRINE_INLINE Lane16 next_lane(Terms& at, const float* start, int n) {
  alignas(64) float terms[kLanes] = {};
  for (int i = 0; i < n; ++i, at.next()) terms[i] = start[at.offset()];
  return lanes::load(terms);
}

// ln Σ eˣ, from the largest x up, so that nothing overflows.
void run_log_sum_exp(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Reduction& r = call.found<Reduction>();
  const auto* from = reinterpret_cast<const float*>(call.inputs[0].data);
  auto* to = reinterpret_cast<float*>(call.outputs[0].data);
  const float infinity = std::numeric_limits<float>::infinity();
  const bool along = lies_along(r);
  const std::int64_t end = std::min(last * r.groups_per_chunk, r.groups);
  for (std::int64_t group = first * r.groups_per_chunk; group < end; ++group) {
    const float* start = from + r.kept.offset(group);
    const float largest = along ? join_along<Extreme<1>>(start, r.terms) : join_strided<Extreme<1>>(start, r);
    if (!(-infinity < largest && largest < infinity)) {  // infinite or NaN: so is the result
      to[group] = largest;
      continue;
    }
    Lane16 sums(0.0f);
    Terms at(r.reduced);
    for (std::int64_t k = 0; k < r.terms; k += kLanes) {
      const int n = static_cast<int>(std::min<std::int64_t>(kLanes, r.terms - k));
      const Lane16 terms = along ? lanes::load_first(start + k, n) : next_lane(at, start, n);
      const Lane16 below = select(lanes::first(n), terms - Lane16(largest), Lane16(-infinity));  // e to that is 0
      sums = sums + math::exp_of(below);
    }
    to[group] = largest + math::log_of(lanes::sum(sums));
  }
}

void prepare_log_sum_exp(Call& call) noexcept {
  prepare<Sum>(call);
  Reduction r = std::as_const(call).found<Reduction>();  // the other one would begin it anew
  r.across = false;
  r.groups_per_row = 1;
  r.groups = r.outputs;
  r.groups_per_chunk = 1 + 1024 / (r.terms + 1);
  call.chunks = (r.groups + r.groups_per_chunk - 1) / r.groups_per_chunk;
  call.nanoseconds = ((lies_along(r) ? 0.3 : 1.5) * static_cast<double>(r.terms) + 20) * static_cast<double>(r.outputs);
  call.found<Reduction>() = r;
}

const Registration kSum("sum", prepare<Sum>, run<Sum>);
const Registration kMean("mean", prepare<Mean>, run<Mean>);
const Registration kMax("max", prepare<Extreme<1>>, run<Extreme<1>>);
const Registration kMin("min", prepare<Extreme<-1>>, run<Extreme<-1>>);
const Registration kLogSumExp("log_sum_exp", prepare_log_sum_exp, run_log_sum_exp);

}  // namespace
}  // namespace vitrine::cpu
