// What the loops of the reference are made of: indices of a dense array, and the call of one op.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tests/support/reference.h"

namespace vitrine::reference {

using Index = std::vector<std::int64_t>;

template <class F>
void each_index(const Shape& shape, F f) {
  Index index(static_cast<std::size_t>(shape.rank()), 0);
  for (std::int64_t count = shape.elements(); count > 0; --count) {
    f(index);
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      if (++index[static_cast<std::size_t>(axis)] < shape[axis]) break;
      index[static_cast<std::size_t>(axis)] = 0;
    }
  }
}

inline std::size_t flat(const Shape& shape, const Index& index) {
  std::int64_t at = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) at = at * shape[axis] + index[static_cast<std::size_t>(axis)];
  return static_cast<std::size_t>(at);
}

// The element that broadcasting pairs with an index of the result.
template <class T>
T stretched(const Dense<T>& from, const Index& index) {
  Index own;
  const int lead = static_cast<int>(index.size()) - from.spec.shape.rank();
  for (int axis = 0; axis < from.spec.shape.rank(); ++axis) {
    own.push_back(from.spec.shape[axis] == 1 ? 0 : index[static_cast<std::size_t>(axis + lead)]);
  }
  return from.data[flat(from.spec.shape, own)];
}

template <class T>
struct Call {
  const Attrs& attrs;
  std::span<const Dense<T>> in;
  Dense<T>& out;
  std::span<Dense<T>> outs;  // all of them; `out` is the first
};

template <class T>
using Loop = std::function<void(const Call<T>&)>;

}  // namespace vitrine::reference
