// Points become items of two numbers; labels -1 and +1 become the classes 0 and 1.
#include "datasets/plane/plane.h"

#include <utility>

#include "datasets/array.h"
#include "datasets/catalog.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

std::vector<std::string> class_names(const DataSet& set) {
  if (set.task == Task::regress) return {};
  if (set.classes == 2) return {"minus one", "plus one"};
  std::vector<std::string> names;
  for (int i = 1; i <= set.classes; ++i) names.push_back("class " + to_text(std::int64_t{i}));
  return names;
}

}  // namespace

Dataset plane_dataset(const DataSet& set, const Recipe& recipe) {
  SeedRandom random(to_text(static_cast<std::int64_t>(recipe.seed)));
  const int count = recipe.count > 0 ? static_cast<int>(recipe.count) : set.count;
  std::vector<float> values, labels;
  for (const PlanePoint& point : shuffled(set.generate(count, static_cast<double>(recipe.noise), random), random)) {
    values.insert(values.end(), {static_cast<float>(point.x), static_cast<float>(point.y)});
    const bool sign = set.task == Task::classify && set.classes == 2;
    labels.push_back(sign ? (point.label > 0 ? 1.0f : 0.0f) : static_cast<float>(point.label));
  }
  Info info;
  info.id = set.id, info.label = set.label, info.what = set.what;
  info.source = "Generated.", info.licence = "Made by Vitrine; free to use.";
  info.task = set.task;
  info.shape = {1, 1, 2};
  info.value_unit = "place on the plane, -6 to 6";
  info.classes = class_names(set);
  return in_memory(std::move(info), packed_array(values, {1, 1, 2}), std::move(labels));
}

}  // namespace vitrine::datasets
