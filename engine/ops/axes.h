// Axes as people give them: counted from the front or, when negative, from the back. Public functions turn them into
// plain ones here, before an op sees them.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

// From the front; ShapeError naming the op when there is no such axis. `rank` counts what the axis indexes.
std::int64_t resolved_axis(std::string_view op, int rank, std::int64_t axis);
std::int64_t resolved_axis(std::string_view op, const Tensor& x, std::int64_t axis);
Integers resolved_axes(std::string_view op, const Tensor& x, Integers axes);  // rising, each once
Integers all_axes(const Tensor& x);

Integers extents_of(const Shape& shape);
Shape shape_of(const Integers& extents);
std::int64_t product(const Integers& extents, std::size_t first, std::size_t last);  // of [first, last)

}  // namespace vitrine::ops
