// Dilation, tap by tap.
#include "engine/ops/morphology.h"

#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::ops {
namespace {

// More would grow a graph of thousands of nodes.
constexpr std::int64_t kMostTaps = 1024;

void check(const Tensor& x, const Tensor& filter) {
  if (filter.shape().rank() != 3 || filter.shape()[2] != x.shape()[3]) {
    throw ShapeError({"[dilate] filter", "does not fit x", "[height, width, channels of x]", text_of(filter.shape()),
                      "Give one landscape for each channel."});
  }
  if (filter.shape()[0] > kMostTaps || filter.shape()[1] > kMostTaps ||
      filter.shape()[0] * filter.shape()[1] > kMostTaps) {
    throw ShapeError({"[dilate] filter", "is too large", "at most " + to_text(kMostTaps) + " cells",
                      text_of(filter.shape()), "Use a smaller one, twice."});
  }
  for (const Tensor* tensor : {&x, &filter}) {
    if (tensor->dtype() == DType::float32) continue;
    throw UsageError({tensor == &x ? "[dilate] x" : "[dilate] filter", "has another type", "float32",
                      std::string(name_of(tensor->dtype())), "Cast it."});
  }
}

}  // namespace

Tensor dilate(const Tensor& x, const Tensor& filter, const Window& window) {
  const Batched image = batched("dilate", x, 2);
  check(image.x, filter);
  const Shape& shape = image.x.shape();
  const Attrs attrs = place("dilate", window, spatial_extents(image.x), {filter.shape()[0], filter.shape()[1]});
  const auto& strides = std::get<Integers>(attrs[0]);
  const auto& before = std::get<Integers>(attrs[1]);
  const auto& after = std::get<Integers>(attrs[2]);
  const auto& dilations = std::get<Integers>(attrs[3]);
  const Tensor wide =
      pad(image.x, {0, before[0], before[1], 0}, {0, after[0], after[1], 0}, -std::numeric_limits<double>::infinity());
  Integers size{shape[0], 0, 0, shape[3]};
  for (int axis = 0; axis < 2; ++axis) {
    const auto i = static_cast<std::size_t>(axis);
    const std::int64_t room = wide.shape()[axis + 1] - (filter.shape()[axis] - 1) * dilations[i] - 1;
    if (room < 0) {
      throw ShapeError({"[dilate] filter", "is larger than the tensor", text_of(wide.shape()), text_of(filter.shape()),
                        "Pad the tensor, or use a smaller filter."});
    }
    size[i + 1] = room / strides[i] + 1;
  }
  Tensor highest;
  for (std::int64_t row = 0; row < filter.shape()[0]; ++row) {
    for (std::int64_t column = 0; column < filter.shape()[1]; ++column) {
      const Tensor under =
          slice(wide, {0, row * dilations[0], column * dilations[1], 0}, size, {1, strides[0], strides[1], 1});
      const Tensor level = under + reshape(slice(filter, {row, column, 0}, {1, 1, shape[3]}), {shape[3]});
      highest = highest ? maximum(highest, level) : level;
    }
  }
  return image.result(highest);
}

}  // namespace vitrine::ops
