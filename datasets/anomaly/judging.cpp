// Counts, and the area under the curve by ranks.
#include "datasets/anomaly/judging.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace vitrine::datasets {
namespace {

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Verdicts::accuracy() const {
  return share(hits + passes, all());
}
double Verdicts::precision() const {
  return share(hits, hits + false_alarms);
}
double Verdicts::recall() const {
  return share(hits, hits + misses);
}
double Verdicts::f_beta(double beta) const {
  const double square = beta * beta;
  const double weighted = square * precision() + recall();
  return weighted <= 0 ? 0 : (1 + square) * precision() * recall() / weighted;
}

Verdicts verdicts(std::span<const float> scores, std::span<const std::uint8_t> anomalous, double threshold) {
  Verdicts v;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool flagged = static_cast<double>(scores[i]) > threshold;
    ++(anomalous[i] != 0 ? flagged ? v.hits : v.misses : flagged ? v.false_alarms : v.passes);
  }
  return v;
}

double area_under_curve(std::span<const float> scores, std::span<const std::uint8_t> anomalous) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return scores[i]; });
  double rank_sum = 0, anomalies = 0;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && scores[order[last]] == scores[order[first]]) ++last;
    const double rank = static_cast<double>(first + last + 1) / 2;  // the mean rank of the tie, from 1
    for (; first < last; ++first) {
      if (anomalous[order[first]] != 0) rank_sum += rank, ++anomalies;
    }
  }
  const double normals = static_cast<double>(scores.size()) - anomalies;
  if (anomalies == 0 || normals == 0) return 0.5;
  return (rank_sum - anomalies * (anomalies + 1) / 2) / (anomalies * normals);
}

}  // namespace vitrine::datasets
