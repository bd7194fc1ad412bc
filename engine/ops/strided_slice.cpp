// Slices with steps, masks and dots, as one slice, one reversal and one change of shape.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::ops {
namespace {

[[noreturn]] void refuse_slice(std::string_view argument, std::string fact, std::string expected, std::string got,
                               std::string remedy) {
  throw ShapeError({"[strided_slice] " + std::string(argument), std::move(fact), std::move(expected), std::move(got),
                    std::move(remedy)});
}

void expect_entries(std::string_view argument, const Integers& list, std::size_t count) {
  if (list.size() == count) return;
  refuse_slice(argument, "has the wrong length", to_text(static_cast<std::int64_t>(count)),
               to_text(static_cast<std::int64_t>(list.size())), "Give one number for each axis.");
}

bool has_bit(std::int64_t mask, std::size_t i) {
  return i < 63 && ((mask >> i) & 1) != 0;
}

// How many axes of the tensor the entries speak of, one by one.
std::int64_t axes_named(const StridedSlice& what) {
  std::int64_t named = 0;
  bool dots = false;
  for (std::size_t i = 0; i < what.begin.size(); ++i) {
    const bool is_dots = has_bit(what.ellipsis_mask, i);
    if (is_dots && dots) refuse_slice("ellipsis_mask", "names two entries", "one", "two", "Use one.");
    dots = dots || is_dots;
    if (!is_dots && !has_bit(what.new_axis_mask, i)) ++named;
  }
  return named;
}

// What a strided slice takes of each axis: steps forward, which are turned round afterwards where they go back.
class SliceSteps {
 public:
  explicit SliceSteps(const Shape& shape) : from_(extents_of(shape)) {}

  void take_whole() {
    extents.push_back(extent());
    take(0, extent(), 1);
  }

  void take_one(std::int64_t place, std::int64_t stride) {
    expect_stride(stride);
    const std::int64_t n = extent(), at = place < 0 ? place + n : place;
    if (at < 0 || at >= n) refuse_slice("begin", "is outside", "below " + to_text(n), to_text(place), "Check it.");
    take(at, 1, 1);
  }

  void take_range(const StridedSlice& what, std::size_t i) {
    const std::int64_t n = extent(), stride = what.strides[i];
    expect_stride(stride);
    const bool forward = stride > 0;
    // Bounds count from the back when negative, and stop one step outside of the axis.
    const auto bound = [&](std::int64_t at) {
      if (at < 0) at += n;
      return forward ? std::clamp<std::int64_t>(at, 0, n) : std::clamp<std::int64_t>(at, -1, n - 1);
    };
    const std::int64_t first = has_bit(what.begin_mask, i) ? (forward ? 0 : n - 1) : bound(what.begin[i]);
    const std::int64_t last = has_bit(what.end_mask, i) ? (forward ? n : -1) : bound(what.end[i]);
    const std::int64_t count = std::max<std::int64_t>(0, (last - first + stride - (forward ? 1 : -1)) / stride);
    take(first, count, stride);
    extents.push_back(count);
  }

  Integers begin, size, step;  // of each axis
  Integers turned;             // the axes that go back
  Integers extents;            // of the result

 private:
  std::int64_t extent() const { return from_[begin.size()]; }

  static void expect_stride(std::int64_t stride) {
    if (stride == 0 || stride < -limits::kElements || stride > limits::kElements)
      refuse_slice("strides", "are out of range", "any step but 0", to_text(stride), "Use 1 or -1.");
  }

  void take(std::int64_t first, std::int64_t count, std::int64_t stride) {
    if (stride < 0) turned.push_back(static_cast<std::int64_t>(begin.size()));
    begin.push_back(count == 0 ? 0 : stride > 0 ? first : first + (count - 1) * stride);
    size.push_back(count);
    step.push_back(stride > 0 ? stride : -stride);
  }

  Integers from_;
};

}  // namespace

Tensor strided_slice(const Tensor& x, const StridedSlice& what) {
  const std::size_t entries = what.begin.size();
  expect_entries("end", what.end, entries);
  expect_entries("strides", what.strides, entries);
  const std::int64_t rank = x.shape().rank(), named = axes_named(what);
  if (named > rank) refuse_slice("begin", "names too many axes", to_text(rank), to_text(named), "Name fewer.");
  SliceSteps steps(x.shape());
  for (std::size_t i = 0; i < entries; ++i) {
    if (has_bit(what.ellipsis_mask, i)) {
      for (std::int64_t skipped = rank - named; skipped > 0; --skipped) steps.take_whole();
    } else if (has_bit(what.new_axis_mask, i)) {
      steps.extents.push_back(1);
    } else if (has_bit(what.shrink_axis_mask, i)) {
      steps.take_one(what.begin[i], what.strides[i]);
    } else {
      steps.take_range(what, i);
    }
  }
  while (steps.begin.size() < static_cast<std::size_t>(rank)) steps.take_whole();
  Tensor y = slice(x, steps.begin, steps.size, steps.step);
  if (!steps.turned.empty()) y = reverse(y, steps.turned);
  return reshape(y, shape_of(steps.extents));
}

}  // namespace vitrine::ops
