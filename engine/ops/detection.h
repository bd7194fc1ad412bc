// Choosing among overlapping boxes. How many survive depends on the numbers, so these functions read them: they run at
// once, on tensors that have numbers, and refuse symbolic ones.
#pragma once

#include <limits>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

struct SuppressionOptions {
  std::int64_t most = 0;  // boxes to keep
  double overlap = 0.5;   // intersection over union from which on the weaker box goes
  double least_score = -std::numeric_limits<double>::infinity();  // boxes must score more
  double soft_sigma = 0;  // above 0, a box that overlaps a kept one is weakened by exp(-overlap² / 2 sigma)
  bool padded = false;    // with zeros, up to as many as could be kept
};

struct Suppression {
  Tensor indices;  // int32, best first
  Tensor scores;   // float32, as weakened
  std::int64_t valid = 0;
};

// `boxes` are rows of y1, x1, y2, x2, in any unit and with corners in any order; `scores` one for each.
Suppression suppress_overlaps(const Tensor& boxes, const Tensor& scores, const SuppressionOptions& options);

}  // namespace vitrine::ops
