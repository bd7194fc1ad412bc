// The data sets, one line each.
#include "datasets/catalog.h"

#include <algorithm>
#include <array>

namespace vitrine::datasets {

std::span<const DataSet> plane_sets() {
  static constexpr std::array<DataSet, 6> kSets{{
      {"circle", "Circle", Task::classify, 500, circle},
      {"xor", "Exclusive or", Task::classify, 500, exclusive_or},
      {"gauss", "Two clouds", Task::classify, 500, two_gaussians},
      {"spiral", "Spiral", Task::classify, 500, spiral},
      {"reg-plane", "Slope", Task::regress, 1200, sloping_plane},
      {"reg-gauss", "Six hills", Task::regress, 1200, many_gaussians},
  }};
  return kSets;
}

const DataSet* find_plane_set(std::string_view id) {
  const auto found = std::ranges::find(plane_sets(), id, &DataSet::id);
  return found == plane_sets().end() ? nullptr : &*found;
}

}  // namespace vitrine::datasets
