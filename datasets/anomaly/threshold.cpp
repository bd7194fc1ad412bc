// One entry a rule.
#include "datasets/anomaly/threshold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "datasets/anomaly/judging.h"
#include "engine/core/math_power.h"

namespace vitrine::datasets {
namespace {

// The best cut between two scores; among equals the one in the widest gap, which holds best for scores yet to come.
template <class Worth>
double best_cut(const Evidence& e, Worth worth) {
  if (e.scores.empty()) return 0;
  std::vector<std::size_t> order(e.scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return e.scores[i]; });
  const auto score = [&](std::size_t place) { return static_cast<double>(e.scores[order[place]]); };
  Verdicts now;  // with a threshold below all scores: everything is flagged
  for (const std::uint8_t is : e.anomalous) ++(is != 0 ? now.hits : now.false_alarms);
  double most = worth(now), widest = 0, best = std::min(0.0, score(0) - 1);
  for (std::size_t i = 0; i < order.size(); ++i) {
    --(e.anomalous[order[i]] != 0 ? now.hits : now.false_alarms);
    ++(e.anomalous[order[i]] != 0 ? now.misses : now.passes);
    const bool last = i + 1 == order.size();
    const double gap = last ? 0 : score(i + 1) - score(i), value = worth(now);
    if (!last && !(gap > 0)) continue;  // between two that are infinite there is none
    if (value > most || (value == most && gap > widest)) {
      most = value, widest = gap, best = score(i) + (std::isfinite(gap) ? gap / 2 : 0);
    }
  }
  return best;
}

double best_accuracy(const Evidence& e) {
  return best_cut(e, [](const Verdicts& v) { return v.accuracy(); });
}
double best_f_beta(const Evidence& e) {
  return best_cut(e, [&](const Verdicts& v) { return v.f_beta(e.beta); });
}
double least_cost(const Evidence& e) {
  return best_cut(e, [&](const Verdicts& v) {
    return -(e.price_of_miss * static_cast<double>(v.misses) + static_cast<double>(v.false_alarms));
  });
}

std::vector<float> ascending(std::span<const float> scores) {
  std::vector<float> sorted(scores.begin(), scores.end());
  std::ranges::sort(sorted);
  return sorted;
}
double at_share(const std::vector<float>& sorted, double share) {
  if (sorted.empty()) return 0;
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double low = static_cast<double>(sorted[below]), high = static_cast<double>(sorted[above]);
  return low + (high - low) * (place - static_cast<double>(below));
}
double percentile(const Evidence& e) {
  return at_share(ascending(e.learnt), e.percentile / 100);
}

struct Moments {
  double mean = 0, variance = 0;
};
Moments moments(std::span<const float> values) {
  Moments m;
  const double count = static_cast<double>(std::max<std::size_t>(1, values.size()));
  for (const float value : values) m.mean += static_cast<double>(value) / count;
  for (const float value : values) {
    const double away = static_cast<double>(value) - m.mean;
    m.variance += away * away / count;
  }
  return m;
}
double mean_and_sigmas(const Evidence& e) {
  const Moments m = moments(e.learnt);
  return m.mean + e.sigmas * std::sqrt(m.variance);
}

// Peaks over a threshold: what exceeds the highest tenth follows, for most distributions, a generalised Pareto one
// (Pickands 1975), fitted by its two moments; the answer is where its tail holds `risk` of all.
double extreme_value(const Evidence& e) {
  constexpr double kTail = 0.1, kNearlyExponential = 1e-3;
  const std::vector<float> sorted = ascending(e.learnt);
  const double start = at_share(sorted, 1 - kTail);
  std::vector<float> excess;
  for (const float score : sorted) {
    if (static_cast<double>(score) > start) excess.push_back(static_cast<float>(static_cast<double>(score) - start));
  }
  const Moments m = moments(excess);
  if (m.variance <= 0) return start;
  const double ratio = m.mean * m.mean / m.variance;
  const double shape = (1 - ratio) / 2, scale = m.mean * (ratio + 1) / 2;
  const auto left = static_cast<float>(e.risk / kTail);
  if (std::fabs(shape) < kNearlyExponential) return start - scale * static_cast<double>(math::log_of(left));
  return start + scale / shape * (static_cast<double>(math::pow_of(left, static_cast<float>(-shape))) - 1);
}

}  // namespace

std::span<const ThresholdRule> threshold_rules() {
  static constexpr std::array kRules{
      ThresholdRule{"accuracy", "Best accuracy", "Most verdicts right on the validation rows.", true, best_accuracy},
      ThresholdRule{"f_beta", "F-beta", "The best balance of precision and recall; beta says which counts more.", true,
                    best_f_beta},
      ThresholdRule{"cost", "Least cost", "The cheapest mistakes, when a miss has its price.", true, least_cost},
      ThresholdRule{"percentile", "Percentile", "Flags that share of what was learnt from; needs no labels.", false,
                    percentile},
      ThresholdRule{"sigma", "Mean + kσ", "So many deviations above the mean of what was learnt from; needs no labels.",
                    false, mean_and_sigmas},
      ThresholdRule{"extreme", "Extreme value", "Fits the tail of the scores, and flags what is rarer than the risk.",
                    false, extreme_value},
  };
  return kRules;
}

const ThresholdRule* find_threshold_rule(std::string_view id) {
  const auto rules = threshold_rules();
  const auto found = std::ranges::find(rules, id, &ThresholdRule::id);
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace vitrine::datasets
