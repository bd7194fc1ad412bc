// Numbers computed on the host, then uploaded.
#include "engine/ops/creation.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/layout.h"
#include "engine/ops/types.h"

namespace vitrine::ops {

namespace {

void expect_listable(std::string_view function, std::int64_t count) {
  if (count <= limits::kHostElements) return;
  throw UsageError({"[" + std::string(function) + "]", "has too many numbers to list them",
                    "at most " + to_text(limits::kHostElements), to_text(count), "Ask for fewer, or use fill."});
}

}  // namespace

Tensor fill(Backend& backend, const Spec& spec, double value) {
  const float number = static_cast<float>(value);
  return copy(broadcast(cast(tensor(backend, {&number, 1}, {}), spec.dtype), spec.shape));
}

Tensor zeros_like(const Tensor& x) {
  return broadcast(cast(like(x, 0), x.dtype()), x.shape());
}
Tensor ones_like(const Tensor& x) {
  return broadcast(cast(like(x, 1), x.dtype()), x.shape());
}

Tensor eye(Backend& backend, std::int64_t rows, std::int64_t columns, const Integers& batch) {
  const Shape matrix{rows, columns};
  expect_listable("eye", matrix.elements());
  std::vector<float> values(static_cast<std::size_t>(matrix.elements()));
  for (std::int64_t i = 0; i < std::min(rows, columns); ++i) values[static_cast<std::size_t>(i * columns + i)] = 1;
  Integers extents = batch;
  extents.push_back(rows);
  extents.push_back(columns);
  return copy(broadcast(tensor(backend, values, matrix), Shape(std::span<const std::int64_t>(extents))));
}

Tensor range(Backend& backend, double start, double stop, double step, DType dtype) {
  const double wanted = (stop - start) / step;
  if (step == 0 || !(wanted <= static_cast<double>(limits::kElements))) {
    throw UsageError({"[range]", "has no end", "a step that leads from start to stop",
                      to_text(static_cast<float>(step)), "Choose another step."});
  }
  expect_listable("range", static_cast<std::int64_t>(std::max(wanted, 0.0)));
  std::vector<float> values;
  for (double i = 0; i < wanted; ++i) values.push_back(static_cast<float>(start + i * step));
  const auto count = static_cast<std::int64_t>(values.size());
  return cast(tensor(backend, values, {count}), dtype);
}

Tensor linspace(Backend& backend, double start, double stop, std::int64_t count) {
  if (count < 1 || count > limits::kElements) {
    throw UsageError({"[linspace]", "has no numbers", "1 or more", to_text(count), "Ask for at least one."});
  }
  expect_listable("linspace", count);
  const double step = count > 1 ? (stop - start) / static_cast<double>(count - 1) : 0;
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<float>(i + 1 < count || i == 0 ? start + static_cast<double>(i) * step : stop));
  }
  return tensor(backend, values, {count});
}

}  // namespace vitrine::ops
