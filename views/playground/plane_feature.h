// A PlaneFeature is a number that a network is shown of a point: built in, or a formula.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "views/playground/settings.h"

namespace vitrine::views::playground {

struct PlaneFeature {
  std::string label;
  bool on = false;
  std::function<double(double x1, double x2)> value;
  std::string trouble;  // a sentence, when it is not everywhere what it says
};

// The built-in ones in their order, then the formulas; one that cannot be read is 0 everywhere.
std::vector<PlaneFeature> plane_features(const Settings& settings, double extent);

// What a network is shown of a place, behind what is there: the features that are its inputs, 0 where there are none.
void add_inputs(std::vector<float>& row, const std::vector<int>& inputs, const std::vector<PlaneFeature>& features,
                double x1, double x2);

}  // namespace vitrine::views::playground
