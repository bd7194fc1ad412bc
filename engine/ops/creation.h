// Tensors made of nothing: filled, counted, spaced. Their numbers are computed at once on the host; traced code takes
// them as constants.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

Tensor fill(Backend& backend, const Spec& spec, double value);
Tensor zeros_like(const Tensor& x);
Tensor ones_like(const Tensor& x);
Tensor eye(Backend& backend, std::int64_t rows, std::int64_t columns, const Integers& batch = {});
// From start up to, but without, stop; empty when step leads away from it.
Tensor range(Backend& backend, double start, double stop, double step, DType dtype);
Tensor linspace(Backend& backend, double start, double stop, std::int64_t count);  // both ends belong to it

}  // namespace vitrine::ops
