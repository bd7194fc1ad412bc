// Turning axes and extents into their plain forms.
#include "engine/ops/axes.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::ops {

std::int64_t resolved_axis(std::string_view op, int rank, std::int64_t axis) {
  if (axis < -rank || axis >= rank) {
    throw ShapeError(
        {"[" + std::string(op) + "] axis", "is no axis of the tensor",
         rank == 0 ? "a tensor with axes" : to_text(std::int64_t{-rank}) + " to " + to_text(std::int64_t{rank - 1}),
         to_text(axis), "Count from 0 at the front or from -1 at the back."});
  }
  return axis < 0 ? axis + rank : axis;
}

std::int64_t resolved_axis(std::string_view op, const Tensor& x, std::int64_t axis) {
  return resolved_axis(op, x.shape().rank(), axis);
}

Integers resolved_axes(std::string_view op, const Tensor& x, Integers axes) {
  for (std::int64_t& axis : axes) axis = resolved_axis(op, x, axis);
  std::ranges::sort(axes);
  const auto twice = std::ranges::adjacent_find(axes);
  if (twice != axes.end()) {
    throw ShapeError({"[" + std::string(op) + "] axes", "name one axis twice", "each once", to_text(*twice),
                      "Remember that negative axes count from the back."});
  }
  return axes;
}

Integers all_axes(const Tensor& x) {
  Integers axes;
  for (int axis = 0; axis < x.shape().rank(); ++axis) axes.push_back(axis);
  return axes;
}

Integers extents_of(const Shape& shape) {
  return {shape.extents().begin(), shape.extents().end()};
}

Shape shape_of(const Integers& extents) {
  return Shape(std::span<const std::int64_t>(extents));
}

std::int64_t product(const Integers& extents, std::size_t first, std::size_t last) {
  std::int64_t total = 1;
  for (std::size_t i = first; i < last; ++i) total *= extents[i];
  return total;
}

}  // namespace vitrine::ops
