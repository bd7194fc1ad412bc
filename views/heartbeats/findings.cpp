// Looks through the layers, once for all rows, and compares variances.
#include "views/heartbeats/findings.h"

#include <algorithm>
#include <cmath>

#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr double kDeadVariance = 1e-10;      // of a unit's answers: rounding, nothing learnt
constexpr double kCollapsedVariance = 0.05;  // share of the rows' variance that is left in what is rebuilt
constexpr double kSameScores = 0.995;        // correlation with the mean beat from which one could be the other

// Of each column of rows, over the rows that count.
std::vector<double> variances(std::span<const float> values, std::size_t width,
                              std::span<const std::uint8_t> left_out) {
  std::vector<double> mean(width), variance(width);
  const std::size_t rows = width == 0 ? 0 : values.size() / width;
  double count = 0;
  const auto each = [&](auto&& visit) {
    for (std::size_t row = 0; row < rows; ++row) {
      if (!left_out.empty() && left_out[row] != 0) continue;
      for (std::size_t i = 0; i < width; ++i) visit(i, static_cast<double>(values[row * width + i]));
    }
  };
  for (std::size_t row = 0; row < rows; ++row) count += left_out.empty() || left_out[row] == 0 ? 1 : 0;
  if (count == 0) return variance;
  each([&](std::size_t i, double value) { mean[i] += value / count; });
  each([&](std::size_t i, double value) { variance[i] += (value - mean[i]) * (value - mean[i]) / count; });
  return variance;
}

double sum(const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  return total;
}

double correlation(std::span<const float> a, std::span<const float> b) {
  double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
  const double count = static_cast<double>(std::max<std::size_t>(1, a.size()));
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean_a += static_cast<double>(a[i]) / count, mean_b += static_cast<double>(b[i]) / count;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = static_cast<double>(a[i]) - mean_a, y = static_cast<double>(b[i]) - mean_b;
    ab += x * y, aa += x * x, bb += y * y;
  }
  return aa <= 0 || bb <= 0 ? 0 : ab / std::sqrt(aa * bb);
}

std::string health_sentence(const Health& h) {
  if (h.beyond > 0) {
    const std::string what = h.beyond == 1 ? "The error of one row is no finite number."
                                           : "The errors of " + to_text(h.beyond) + " rows are no finite numbers.";
    return what + " Choose another scaling or a lower rate, and begin anew.";
  }
  if (!h.collapsed) return {};
  std::string why = h.rebuilt_variance < kCollapsedVariance ? "It rebuilds nearly the same curve for every beat"
                                                            : "Its errors are the distances to the mean beat";
  if (h.dead_units > 0) {
    why += "; " + to_text(std::int64_t{h.dead_units}) + " of " + to_text(std::int64_t{h.units}) + " units are dead";
  }
  return why + ". Your model equals the mean beat.";
}

std::vector<float> errors(std::span<const float> rebuilt, const Beats& beats, const Rows& rows) {
  std::vector<float> scores;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    float error = 0;
    for (std::size_t i = row * beats.width; i < (row + 1) * beats.width; ++i) {
      const float away = rows.values[i] - rebuilt[i];
      error += away * away;
    }
    const float mean = error / static_cast<float>(beats.width);
    scores.push_back(std::isnan(mean) ? INFINITY : mean);  // as strange as can be, and in its place among others
  }
  return scores;
}

}  // namespace

Rebuilt rebuild(learn::Predictor& predictor, const Beats& beats, const Rows& rows) {
  Rebuilt result;
  const auto width = static_cast<std::int64_t>(beats.width);
  if (rows.count() == 0) return result;
  const learn::Rows x({width}, rows.values);
  for (auto& [name, answers] : predictor.look_inside({x})) {
    const auto values = answers.values();
    if (name == "rebuilt") {
      result.values.assign(values.begin(), values.end());
    } else if (name == kCodeLayer || name.starts_with("encode") || name.starts_with("decode")) {
      const std::size_t units = values.size() / rows.count();
      for (const double variance : variances(values, units, {})) result.dead_units += variance < kDeadVariance ? 1 : 0;
      result.units += static_cast<int>(units);
      if (name == kCodeLayer) result.codes.assign(values.begin(), values.end());
    }
  }
  result.scores = errors(result.values, beats, rows);
  return result;
}

std::vector<float> scores_of(learn::Predictor& predictor, const Beats& beats, const Rows& rows) {
  constexpr std::int64_t kBatch = 512;  // rows whose way through the network stays in the cache
  if (rows.count() == 0) return {};
  const std::vector<learn::Rows> answers =
      predictor(std::vector{learn::Rows({static_cast<std::int64_t>(beats.width)}, rows.values)}, kBatch);
  return errors(answers.front().values(), beats, rows);
}

Health examine(const Rebuilt& rebuilt, const Beats& beats, const Rows& rows) {
  Health h{.dead_units = rebuilt.dead_units, .units = rebuilt.units};
  h.beyond = std::ranges::count_if(rebuilt.scores, [](float score) { return !std::isfinite(score); });
  if (rows.count() == 0) return h;
  const std::size_t codes = rebuilt.codes.size() / rows.count();
  h.code_variance = sum(variances(rebuilt.codes, codes, {})) / static_cast<double>(std::max<std::size_t>(1, codes));
  const double whole = sum(variances(rows.values, beats.width, rows.anomalous));
  const double left = sum(variances(rebuilt.values, beats.width, rows.anomalous));
  h.rebuilt_variance = whole <= 0 ? 1 : left / whole;
  const std::vector<float> distances =
      datasets::baselines().front().scores(beats.table(beats.learnt), beats.table(rows));
  h.like_mean_beat = correlation(rebuilt.scores, distances);
  h.collapsed = h.beyond == 0 && (h.rebuilt_variance < kCollapsedVariance || h.like_mean_beat > kSameScores);
  h.sentence = health_sentence(h);
  return h;
}

double mean_score(std::span<const float> scores, const Rows& rows) {
  double total = 0, count = 0;
  const bool any_normal = std::ranges::find(rows.anomalous, 0) != rows.anomalous.end();
  for (std::size_t i = 0; i < rows.count(); ++i) {
    if (any_normal && rows.anomalous[i] != 0) continue;
    total += static_cast<double>(scores[i]), ++count;
  }
  return count == 0 ? 0 : total / count;
}

}  // namespace vitrine::views::heartbeats
