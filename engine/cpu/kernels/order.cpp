// Kernels that compare the numbers of a line: where the largest or smallest is, the k largest, where a value belongs in
// a sorted list. A NaN comes first wherever one is looked for, so that it is seen; of equals the first comes first.
#include <utility>

#include "engine/cpu/kernels/lines.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

template <class T>
bool is_nan(T x) {
  return !(x == x);
}

template <bool largest>
void prepare_arg(Call& call) noexcept {
  prepare_lines(call, call.inputs[0], static_cast<int>(call.attrs[0].integer), 0.8);
}

template <class T, bool largest>
void arg_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array& in = call.inputs[0];
  const auto axis = static_cast<int>(call.attrs[0].integer);
  each_line(call, first, last, [&](std::int64_t line) {
    const T* from = elements<T>(in) + line_offset(in, axis, line);
    T best = from[0];
    std::int64_t found = 0;
    for (std::int64_t i = 1; i < in.extents[axis] && !is_nan(best); ++i) {
      const T x = from[i * in.strides[axis]];
      if ((largest ? best < x : x < best) || is_nan(x)) {
        best = x;
        found = i;
      }
    }
    results<std::int32_t>(call.outputs[0])[line] = static_cast<std::int32_t>(found);
  });
}

template <bool largest>
void run_arg(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  switch (call.inputs[0].dtype) {
    case DType::int32:
      return arg_lines<std::int32_t, largest>(call, first, last);
    case DType::boolean:
      return arg_lines<std::uint8_t, largest>(call, first, last);
    default:
      return arg_lines<float, largest>(call, first, last);
  }
}

void prepare_top(Call& call) noexcept {
  prepare_lines(call, call.inputs[0], call.inputs[0].rank - 1, 3);
}

// The k best so far as a heap with the worst on top, kept in the outputs themselves; sorted in place at the end.
template <class T>
class Top {
 public:
  Top(T* values, std::int32_t* places) : values_(values), places_(places) {}

  void offer(T x, std::int32_t place, std::int64_t k) {
    if (size_ < k) {
      values_[size_] = x;
      places_[size_] = place;
      for (std::int64_t at = size_++; at > 0 && worse(at, (at - 1) / 2); at = (at - 1) / 2) swap(at, (at - 1) / 2);
    } else if (better(x, place, 0)) {
      values_[0] = x;
      places_[0] = place;
      sink(size_);
    }
  }
  void sort() {
    for (std::int64_t end = size_ - 1; end > 0; --end) {
      swap(0, end);
      sink(end);
    }
  }

 private:
  bool better(T x, std::int32_t place, std::int64_t than) const {
    const T y = values_[than];
    if (is_nan(x) != is_nan(y)) return is_nan(x);
    return y < x || (!(x < y) && place < places_[than]);
  }
  bool worse(std::int64_t a, std::int64_t b) const { return better(values_[b], places_[b], a); }
  void swap(std::int64_t a, std::int64_t b) {
    std::swap(values_[a], values_[b]);
    std::swap(places_[a], places_[b]);
  }
  void sink(std::int64_t size) {
    for (std::int64_t at = 0;;) {
      std::int64_t worst = at;
      for (const std::int64_t child : {2 * at + 1, 2 * at + 2}) {
        if (child < size && worse(child, worst)) worst = child;
      }
      if (worst == at) return;
      swap(at, worst);
      at = worst;
    }
  }

  T* values_;
  std::int32_t* places_;
  std::int64_t size_ = 0;
};

template <class T>
void top_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array& in = call.inputs[0];
  const int axis = in.rank - 1;
  const std::int64_t k = call.attrs[0].integer;
  if (k == 0) return;
  each_line(call, first, last, [&](std::int64_t line) {
    const T* from = elements<T>(in) + line_offset(in, axis, line);
    Top<T> top(results<T>(call.outputs[0]) + line * k, results<std::int32_t>(call.outputs[1]) + line * k);
    for (std::int64_t i = 0; i < in.extents[axis]; ++i) {
      top.offer(from[i * in.strides[axis]], static_cast<std::int32_t>(i), k);
    }
    top.sort();
  });
}

void run_top(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  if (call.inputs[0].dtype == DType::int32) return top_lines<std::int32_t>(call, first, last);
  top_lines<float>(call, first, last);
}

void prepare_search(Call& call) noexcept {
  prepare_lines(call, call.outputs[0], 1, 20);
}

// Rows of sorted numbers [b, n], values [b, m]: how many of the row come before each value.
template <class T>
void search_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array &sorted = call.inputs[0], &values = call.inputs[1], &out = call.outputs[0];
  const bool right = call.attrs[0].integer != 0;
  each_line(call, first, last, [&](std::int64_t line) {
    const T* row = elements<T>(sorted) + line * sorted.strides[0];
    const T* value = elements<T>(values) + line * values.strides[0];
    for (std::int64_t i = 0; i < out.extents[1]; ++i) {
      const T x = value[i * values.strides[1]];
      std::int64_t low = 0, high = sorted.extents[1];
      while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const T y = row[middle * sorted.strides[1]];
        if (right ? !(x < y) : y < x) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      results<std::int32_t>(out)[line * out.extents[1] + i] = static_cast<std::int32_t>(low);
    }
  });
}

void run_search(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  if (call.inputs[0].dtype == DType::int32) return search_lines<std::int32_t>(call, first, last);
  search_lines<float>(call, first, last);
}

// Running sums along an axis, one after another.
void prepare_cumsum(Call& call) noexcept {
  prepare_lines(call, call.outputs[0], static_cast<int>(call.attrs[0].integer), 1);
}

template <class T, class Sum>
void cumsum_lines(const Call& call, std::int64_t first, std::int64_t last) {
  const Array &in = call.inputs[0], &out = call.outputs[0];
  const auto axis = static_cast<int>(call.attrs[0].integer);
  const bool exclusive = call.attrs[1].integer != 0, reverse = call.attrs[2].integer != 0;
  const std::int64_t n = out.extents[axis];
  each_line(call, first, last, [&](std::int64_t line) {
    const T* from = elements<T>(in) + line_offset(in, axis, line);
    T* to = results<T>(out) + line_offset(out, axis, line);
    Sum sum{};
    for (std::int64_t k = 0; k < n; ++k) {
      const std::int64_t i = reverse ? n - 1 - k : k;
      const Sum next = sum + static_cast<Sum>(from[i * in.strides[axis]]);
      to[i * out.strides[axis]] = static_cast<T>(exclusive ? sum : next);
      sum = next;
    }
  });
}

void run_cumsum(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  if (call.outputs[0].dtype == DType::int32) return cumsum_lines<std::int32_t, std::uint32_t>(call, first, last);
  cumsum_lines<float, float>(call, first, last);
}

const Registration kArgMax("arg_max", prepare_arg<true>, run_arg<true>);
const Registration kArgMin("arg_min", prepare_arg<false>, run_arg<false>);
const Registration kTopK("top_k", prepare_top, run_top);
const Registration kSearchSorted("search_sorted", prepare_search, run_search);
const Registration kCumsum("cumsum", prepare_cumsum, run_cumsum);

}  // namespace
}  // namespace vitrine::cpu
