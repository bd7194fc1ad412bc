// The points that a network of the Playground learns from and is judged by, with what is asked about them.
#pragma once

#include <string>
#include <vector>

#include "datasets/plane/plane.h"
#include "engine/core/hash.h"
#include "views/playground/own_points.h"
#include "views/playground/settings.h"

namespace vitrine::views::playground {

inline constexpr std::int64_t kMostPoints = 1'000'000;  // that are drawn by a generator; tables are shorter

struct Points {
  std::vector<datasets::PlanePoint> all;  // the first `train` are for training
  std::size_t train = 0;
  int classes = 2;                      // 2: labels -1 and +1; more: their numbers; 0: values
  std::vector<std::string> names = {};  // of the classes, where a table names them
  Hash digest;
  std::string trouble;  // a sentence, when what was asked for cannot be: these points stand in

  bool are_values() const { return classes == 0; }
  // The class of a label, from 0: +1 is the first.
  int class_of(double label) const { return classes > 2 ? static_cast<int>(label) : label < 0 ? 1 : 0; }
  std::string name_of(int c) const;   // "setosa"; without names "blue", "orange", or its number from 1
  std::string title_of(int c) const;  // likewise, but "class 1"
};

// What there is to choose from: the built-in sets, points of one's own, and a curve of one's own.
struct PointSet {
  std::string_view id, label, what;
  int classes;
};
const std::vector<PointSet>& point_sets();

// Draws from `random`, out of which first weights may come next.
Points make_points(const Settings& settings, datasets::SeedRandom& random);

// How many points the settings ask for; where they leave that to the set, how many it has.
std::int64_t samples_of(const Settings& settings);

OwnPoints own_of(const Points& points);  // to paint on

}  // namespace vitrine::views::playground
