// The lowest loss that a polynomial of a degree can have over points, by the normal equations: the measure of every
// fit.
#pragma once

#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace vitrine::testing {

inline double least_squares_loss(std::span<const float> x, std::span<const float> y, std::size_t degree) {
  const std::size_t n = degree + 1;
  std::vector<std::vector<double>> rows(n, std::vector<double>(n + 1));  // the last column is the right side
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t r = 0; r < n; ++r) {
      const double power = std::pow(x[i], static_cast<double>(r));
      for (std::size_t c = 0; c < n; ++c) rows[r][c] += power * std::pow(x[i], static_cast<double>(c));
      rows[r][n] += power * y[i];
    }
  }
  for (std::size_t k = 0; k < n; ++k) {  // Gauss and Jordan; positive definite, so no pivot is zero
    for (std::size_t r = 0; r < n; ++r) {
      if (r == k) continue;
      const double factor = rows[r][k] / rows[k][k];
      for (std::size_t c = k; c <= n; ++c) rows[r][c] -= factor * rows[k][c];
    }
  }
  double loss = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    double answer = 0;
    for (std::size_t r = 0; r < n; ++r) answer += rows[r][n] / rows[r][r] * std::pow(x[i], static_cast<double>(r));
    loss += (answer - y[i]) * (answer - y[i]) / static_cast<double>(x.size());
  }
  return loss;
}

}  // namespace vitrine::testing
