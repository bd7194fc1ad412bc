// Numbering classes, refusing what is no number.
#include "datasets/files/labels.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "datasets/files/bytes.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

void require_whole(float label, std::size_t item, std::string_view file) {
  constexpr float kExact = 16777216;  // 2^24: up to here floats are whole numbers one by one
  if (std::floor(label) == label && std::fabs(label) <= kExact) return;
  refuse_file(file, "has a label that is no class, of item " + count_text(item), "a whole number", to_text(label),
              "Check the labels.");
}

}  // namespace

std::vector<std::string> numbered_classes(std::vector<float>& labels, std::string_view file) {
  std::set<float> found;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    require_whole(labels[i], i, file);
    found.insert(labels[i]);
    if (found.size() > limits::kClasses) {
      refuse_file(file, "has too many classes", "at most " + count_text(limits::kClasses), "more",
                  "Choose the column or file that holds the class.");
    }
  }
  const std::vector<float> order(found.begin(), found.end());
  std::vector<std::string> names;
  for (const float label : order) names.push_back(to_text(static_cast<std::int64_t>(label)));
  for (float& label : labels) label = static_cast<float>(std::ranges::lower_bound(order, label) - order.begin());
  return names;
}

std::vector<std::string> numbered_classes(std::vector<float>& labels, std::vector<std::string> names,
                                          std::string_view file) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    require_whole(labels[i], i, file);
    if (labels[i] < 0 || labels[i] >= static_cast<float>(names.size())) {
      refuse_file(file, "has a label outside of its classes, of item " + count_text(i),
                  "0 to " + count_text(names.size() - 1), to_text(labels[i]), "Check the labels.");
    }
  }
  return names;
}

void require_finite(const Array& array, std::string_view file) {
  if (array.element != Element::f16 && array.element != Element::f32 && array.element != Element::f64) return;
  std::vector<float> values(array.shape.size());
  for (ItemId item = 0; item < array.items; ++item) {
    array.read(item, values);
    const auto bad = std::ranges::find_if_not(values, [](float v) { return std::isfinite(v); });
    if (bad == values.end()) continue;
    refuse_file(file,
                "has a value that is no finite number, in item " + count_text(item) + " at place " +
                    count_text(static_cast<std::size_t>(bad - values.begin())),
                "finite numbers", to_text(*bad), "Remove or replace it.");
  }
}

}  // namespace vitrine::datasets
