// Mean, principal components and nearest neighbours, in double precision and one order.
#include "datasets/anomaly/baselines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "datasets/anomaly/isolation_forest.h"

namespace vitrine::datasets {
namespace {

using Vector = std::vector<double>;

constexpr std::size_t kNeighbours = 3;
constexpr std::size_t kMostKnown = 2000;  // rows a neighbour is looked for in: enough to be near, and soon searched
constexpr std::size_t kLooks = 16;        // columns between two looks at whether a row is too far already
constexpr int kTurns = 60;                // of the subspace iteration; far more than what the first components need

double product(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Vector away_from(std::span<const float> row, std::span<const float> mean) {
  Vector away(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) away[i] = static_cast<double>(row[i]) - static_cast<double>(mean[i]);
  return away;
}

// Makes every axis 1 long and upright on those before it. One without a direction of its own becomes zero.
void straighten(std::vector<Vector>& axes) {
  for (std::size_t i = 0; i < axes.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const double along = product(axes[i], axes[k]);
      for (std::size_t c = 0; c < axes[i].size(); ++c) axes[i][c] -= along * axes[k][c];
    }
    const double length = std::sqrt(product(axes[i], axes[i]));
    for (double& value : axes[i]) value = length > 1e-12 ? value / length : 0;
  }
}

std::vector<float> mean_scores(const RowTable& known, const RowTable& asked) {
  return scores_by_components(known, asked, 0);
}
std::vector<float> two_components(const RowTable& known, const RowTable& asked) {
  return scores_by_components(known, asked, 2);
}
std::vector<float> eight_components(const RowTable& known, const RowTable& asked) {
  return scores_by_components(known, asked, 8);
}

std::vector<float> neighbour_scores(const RowTable& known, const RowTable& asked) {
  const std::size_t rows = std::min(known.rows(), kMostKnown);
  std::vector<float> scores;
  for (std::size_t i = 0; i < asked.rows(); ++i) {
    std::array<float, kNeighbours> nearest;
    nearest.fill(3.4e38f);
    for (std::size_t k = 0; k < rows; ++k) {
      float distance = 0;
      for (std::size_t c = 0; c < known.width && distance < nearest.back();) {  // beyond, it would change nothing
        for (const std::size_t end = std::min(c + kLooks, known.width); c < end; ++c) {
          const float away = asked[i][c] - known[k][c];
          distance += away * away;
        }
      }
      for (float& place : nearest) {
        if (distance < place) std::swap(distance, place);
      }
    }
    float sum = 0;
    for (std::size_t n = 0; n < std::min(rows, kNeighbours); ++n) sum += std::sqrt(nearest[n]);
    scores.push_back(sum);
  }
  return scores;
}

}  // namespace

std::vector<float> mean_row(const RowTable& known) {
  Vector sum(known.width);
  for (std::size_t row = 0; row < known.rows(); ++row) {
    for (std::size_t c = 0; c < known.width; ++c) sum[c] += static_cast<double>(known[row][c]);
  }
  std::vector<float> mean;
  const auto rows = static_cast<double>(std::max<std::size_t>(1, known.rows()));
  for (const double value : sum) mean.push_back(static_cast<float>(value / rows));
  return mean;
}

// Subspace iteration on the covariance.
std::vector<Vector> principal_axes(const RowTable& known, std::size_t count) {
  const std::vector<float> mean = mean_row(known);
  const std::size_t n = known.width;
  std::vector<Vector> covariance(n, Vector(n));
  for (std::size_t row = 0; row < known.rows(); ++row) {
    const Vector away = away_from(known[row], mean);
    for (std::size_t r = 0; r < n; ++r) {
      for (std::size_t c = 0; c < n; ++c) covariance[r][c] += away[r] * away[c];
    }
  }
  std::vector<Vector> axes(std::min(count, n), Vector(n, 0.1));
  for (std::size_t i = 0; i < axes.size(); ++i) {
    for (std::size_t c = i; c < n; c += axes.size()) axes[i][c] += 1;
  }
  straighten(axes);
  for (int turn = 0; turn < kTurns; ++turn) {
    for (Vector& axis : axes) {
      Vector next(n);
      for (std::size_t r = 0; r < n; ++r) next[r] = product(covariance[r], axis);
      axis = std::move(next);
    }
    straighten(axes);
  }
  return axes;
}

std::vector<float> scores_by_components(const RowTable& known, const RowTable& asked, std::size_t components) {
  const std::vector<float> mean = mean_row(known);
  const std::vector<Vector> axes = components == 0 ? std::vector<Vector>() : principal_axes(known, components);
  std::vector<float> scores;
  for (std::size_t row = 0; row < asked.rows(); ++row) {
    const Vector away = away_from(asked[row], mean);
    double left = product(away, away);
    for (const Vector& axis : axes) left -= product(away, axis) * product(away, axis);
    scores.push_back(static_cast<float>(left / static_cast<double>(asked.width)));
  }
  return scores;
}

std::span<const Baseline> baselines() {
  static constexpr std::array kAll{
      Baseline{"mean_beat", "Mean beat", mean_scores},
      Baseline{"pca_2", "PCA, 2 parts", two_components},
      Baseline{"pca_8", "PCA, 8 parts", eight_components},
      Baseline{"knn", "3 nearest beats", neighbour_scores},
      Baseline{"isolation_forest", "Isolation forest", isolation_scores},
  };
  return kAll;
}

}  // namespace vitrine::datasets
