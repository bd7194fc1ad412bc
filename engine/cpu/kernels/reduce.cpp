// Sums and means over axes, in one canonical order that every implementation follows: the terms, in row-major order
// of the reduced axes, go to sixteen accumulators by their number modulo 16 (the first sixteen begin them, missing ones
// are 0); then accumulators 8, 4, 2 and 1 apart are added. A mean is that sum times 1/n, each rounded once.
#include <algorithm>

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

struct Reduction {
  Axes kept, reduced;
  std::int64_t terms, outputs;
  std::int64_t groups_per_row, groups, groups_per_chunk;  // a group: outputs computed together
  bool across;                                            // lanes lie across outputs instead of along the terms
  float scale;
};

template <bool mean>
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
  r.scale = mean ? 1.0f / static_cast<float>(r.terms) : 1.0f;
  r.across = r.kept.count > 0 && r.kept.strides[0] == 1;
  const std::int64_t row = r.across ? r.kept.extents[0] : 1;
  r.groups_per_row = r.across ? (row + kLanes - 1) / kLanes : 1;
  r.groups = r.outputs == 0 ? 0 : r.outputs / row * r.groups_per_row;
  r.groups_per_chunk = 1 + 4096 / (r.terms + 1);
  call.chunks = (r.groups + r.groups_per_chunk - 1) / r.groups_per_chunk;
  call.nanoseconds = (r.across || r.reduced.strides[0] == 1 ? 0.08 : 0.5) * static_cast<double>(r.terms) *
                         static_cast<double>(r.outputs) +
                     5.0 * static_cast<double>(r.outputs);
  call.found<Reduction>() = r;
}

float sum_along(const float* from, std::int64_t terms) {
  Lane16 sums = lanes::load_first(from, static_cast<int>(std::min<std::int64_t>(terms, kLanes)));
  std::int64_t k = kLanes;
  for (; k + kLanes <= terms; k += kLanes) sums = sums + lanes::load(from + k);
  if (k < terms) {
    const auto rest = lanes::first(static_cast<int>(terms - k));
    sums = select(rest, sums + lanes::load(from + k, rest), sums);
  }
  return lanes::sum(sums);
}

float sum_strided(const float* from, const Reduction& r) {
  float sums[kLanes] = {};
  Terms at(r.reduced);
  for (std::int64_t k = 0; k < r.terms; ++k, at.next()) {
    float& sum = sums[k % kLanes];
    sum = k < kLanes ? from[at.offset()] : sum + from[at.offset()];
  }
  return lanes::sum(lanes::load(sums));
}

Lane16 sum_across(const float* from, const Reduction& r, int width) {
  Lane16 sums[kLanes];
  for (Lane16& sum : sums) sum = Lane16(0.0f);
  Terms at(r.reduced);
  for (std::int64_t k = 0; k < r.terms; ++k, at.next()) {
    Lane16& sum = sums[k % kLanes];
    const Lane16 term = lanes::load_first(from + at.offset(), width);
    sum = k < kLanes ? term : sum + term;
  }
  for (int half = kLanes / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) sums[i] = sums[i] + sums[i + half];
  }
  return sums[0];
}

template <bool mean>
void run(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Reduction& r = call.found<Reduction>();
  const auto* from = reinterpret_cast<const float*>(call.inputs[0].data);
  auto* to = reinterpret_cast<float*>(call.outputs[0].data);
  const bool along = r.reduced.count <= 1 && (r.reduced.count == 0 || r.reduced.strides[0] == 1);
  const std::int64_t end = std::min(last * r.groups_per_chunk, r.groups);
  for (std::int64_t group = first * r.groups_per_chunk; group < end; ++group) {
    if (r.across) {
      const std::int64_t column = group % r.groups_per_row * kLanes;
      const std::int64_t output = group / r.groups_per_row * r.kept.extents[0] + column;
      const int width = static_cast<int>(std::min<std::int64_t>(kLanes, r.kept.extents[0] - column));
      Lane16 sums = sum_across(from + r.kept.offset(output), r, width);
      if constexpr (mean) sums = sums * Lane16(r.scale);
      lanes::store_first(to + output, sums, width);
    } else {
      const float* start = from + r.kept.offset(group);
      const float sum = along ? sum_along(start, r.terms) : sum_strided(start, r);
      to[group] = mean ? sum * r.scale : sum;
    }
  }
}

const Registration kSum("sum", prepare<false>, run<false>);
const Registration kMean("mean", prepare<true>, run<true>);

}  // namespace
}  // namespace vitrine::cpu
