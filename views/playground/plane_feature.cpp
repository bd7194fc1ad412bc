// Formulas beside the built-in features.
#include "views/playground/plane_feature.h"

#include <cmath>

#include "engine/core/error.h"
#include "views/playground/formula.h"

namespace vitrine::views::playground {
namespace {

PlaneFeature of_formula(const FormulaSettings& settings, double extent) {
  PlaneFeature feature{settings.formula, settings.on, [](double, double) { return 0.0; },
                       complaint_about(settings.formula, extent)};
  if (feature.label.empty()) feature.label = "(empty)";
  try {
    const Formula formula(settings.formula);
    constexpr double kMost = 1e6;  // as far as the complaint looks
    feature.value = [formula](double x1, double x2) {
      const double value = formula(x1, x2);
      return std::fabs(value) <= kMost ? value : 0;
    };
  } catch (const UsageError&) {  // the complaint says it
  }
  return feature;
}

}  // namespace

std::vector<PlaneFeature> plane_features(const Settings& settings, double extent) {
  std::vector<PlaneFeature> all;
  for (const Feature& feature : features()) {
    all.push_back({std::string(feature.label), settings.*feature.on, feature.value, {}});
  }
  for (const FormulaSettings& formula : settings.formulas) all.push_back(of_formula(formula, extent));
  return all;
}

void add_inputs(std::vector<float>& row, const std::vector<int>& inputs, const std::vector<PlaneFeature>& features,
                double x1, double x2) {
  for (const int f : inputs) row.push_back(static_cast<float>(features[static_cast<std::size_t>(f)].value(x1, x2)));
  if (inputs.empty()) row.push_back(0);
}

}  // namespace vitrine::views::playground
