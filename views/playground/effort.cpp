// Counts products.
#include "views/playground/effort.h"

#include <algorithm>

#include "engine/core/number.h"

namespace vitrine::views::playground {
namespace {

constexpr double kProductsPerSecond = 1e10;  // what two cores do with matrices of this size, roughly
constexpr double kPatience = 2;              // seconds an epoch, above which one is asked
constexpr double kUsualPoints = 500;         // of a set that is asked for no number of its own
constexpr double kPasses = 3;                // forward, and backward to weights and to answers
constexpr double kWeightBytes = 200;         // slabs, gradients, pictures, places to go back to; 130 to 150 were seen
constexpr double kAnswerBytes = 12;          // of a unit to a row: some stay for the way back
constexpr double kPointBytes = 200;

double points_of(const Settings& s) {
  if (s.set == kOwn) return static_cast<double>(std::ranges::count(s.table, '\n'));
  return s.count > 0 ? static_cast<double>(s.count) : kUsualPoints;
}

double weights_of(const Settings& s) {
  double from = 0, weights = 0;
  for (const Feature& feature : features()) from += s.*feature.on ? 1 : 0;
  for (const FormulaSettings& formula : s.formulas) from += formula.on ? 1 : 0;
  for (const LayerSettings& layer : s.layers) {
    weights += (from + 1) * static_cast<double>(layer.units);
    from = static_cast<double>(layer.units);
  }
  return weights + from + 1;
}

}  // namespace

double seconds_an_epoch(const Settings& s) {
  constexpr double kPerCent = 0.01;
  const double rows = points_of(s) * static_cast<double>(s.share) * kPerCent;
  return kPasses * rows * weights_of(s) / kProductsPerSecond;
}

double bytes_of(const Settings& s) {
  double units = 1;
  for (const LayerSettings& layer : s.layers) units += static_cast<double>(layer.units);
  const double rows = std::max(points_of(s), static_cast<double>(s.batch));
  return kWeightBytes * weights_of(s) + kAnswerBytes * rows * units + kPointBytes * rows;
}

std::string asks_first(const Settings& s) {
  const double seconds = seconds_an_epoch(s);
  if (s.anyway || seconds <= kPatience) return {};
  return "An epoch will take about " + fixed_text(seconds, 0) + " s: " + fixed_text(weights_of(s), 0) +
         " weights, and many points. Turn on Train anyway, or take fewer.";
}

}  // namespace vitrine::views::playground
