// Shape arithmetic: strides, broadcasting, text.
#include "engine/tensor/shape.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine {

std::string_view name_of(DType dtype) {
  switch (dtype) {
    case DType::float32:
      return "float32";
    case DType::int32:
      return "int32";
    case DType::boolean:
      return "bool";
    case DType::complex64:
      return "complex64";
    case DType::string:
      return "string";
  }
  return "";
}

Shape::Shape(std::initializer_list<std::int64_t> extents)
    : Shape(std::span<const std::int64_t>(extents.begin(), extents.size())) {}

Shape::Shape(std::span<const std::int64_t> extents) {
  const auto rank = static_cast<std::int64_t>(extents.size());
  if (rank > limits::kRank) {
    throw ShapeError({"shape", "has too many axes", "at most " + to_text(std::int64_t{limits::kRank}), to_text(rank),
                      "Merge axes that belong together."});
  }
  std::int64_t elements = 1;  // an extent of 0 counts as 1 here, so that strides stay in range as well
  for (const std::int64_t extent : extents) {
    if (extent < 0)
      throw ShapeError({"shape", "has a negative extent", "0 or more", to_text(extent), "Check the sizes."});
    if (elements > limits::kElements / std::max<std::int64_t>(extent, 1)) {
      throw ShapeError({"shape", "has too many elements", "at most " + to_text(limits::kElements), "more",
                        "Use a smaller batch or picture."});
    }
    elements *= std::max<std::int64_t>(extent, 1);
    extents_[static_cast<std::size_t>(rank_++)] = extent;
  }
}

std::int64_t Shape::elements() const {
  std::int64_t count = 1;
  for (int axis = 0; axis < rank_; ++axis) count *= (*this)[axis];
  return count;
}

std::string text_of(const Shape& shape) {
  std::string text = "[";
  for (int axis = 0; axis < shape.rank(); ++axis) text += (axis != 0 ? ", " : "") + to_text(shape[axis]);
  return text + "]";
}

std::string text_of(const Spec& spec) {
  return std::string(name_of(spec.dtype)) + text_of(spec.shape);
}

Strides dense_strides(const Shape& shape) {
  Strides strides{};
  std::int64_t step = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    strides[static_cast<std::size_t>(axis)] = step;
    step *= shape[axis];
  }
  return strides;
}

bool is_dense(const Shape& shape, const Strides& strides) {
  const Strides dense = dense_strides(shape);
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    if (shape[axis] != 1 && strides[i] != dense[i]) return false;  // the step along a single element is never taken
  }
  return true;
}

Shape broadcast_shapes(std::string_view op, const Shape& a, const Shape& b) {
  std::array<std::int64_t, limits::kRank> extents{};
  const int rank = std::max(a.rank(), b.rank());
  for (int axis = 0; axis < rank; ++axis) {
    const int in_a = axis - (rank - a.rank());
    const int in_b = axis - (rank - b.rank());
    const std::int64_t left = in_a >= 0 ? a[in_a] : 1;
    const std::int64_t right = in_b >= 0 ? b[in_b] : 1;
    if (left != right && left != 1 && right != 1) {
      throw ShapeError({"[" + std::string(op) + "]", "the shapes do not broadcast", "equal extents or 1 on every axis",
                        text_of(a) + " and " + text_of(b), "Reshape or transpose one of them."});
    }
    extents[static_cast<std::size_t>(axis)] = left == 1 ? right : left;
  }
  return Shape(std::span<const std::int64_t>(extents.data(), static_cast<std::size_t>(rank)));
}

Strides broadcast_strides(const Shape& from, const Strides& strides, const Shape& to) {
  VITRINE_ASSERT(from.rank() <= to.rank());
  Strides result{};
  const int lead = to.rank() - from.rank();
  for (int axis = 0; axis < from.rank(); ++axis) {
    if (from[axis] == to[axis + lead]) {
      result[static_cast<std::size_t>(axis + lead)] = strides[static_cast<std::size_t>(axis)];
    }
  }
  return result;
}

}  // namespace vitrine
