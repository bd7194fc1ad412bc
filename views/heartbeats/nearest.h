// The nearest normal beats: which of the beats learnt from look most like a given one.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "views/heartbeats/beats.h"

namespace vitrine::views::heartbeats {

struct Neighbour {
  std::size_t row = 0;   // of the rows learnt from
  float difference = 0;  // mean squared, as an error is
};
// Ascending; of equals the first row. Fewer where there are fewer normal rows.
std::vector<Neighbour> nearest_normal(const Beats& beats, std::span<const float> beat, std::size_t count);

}  // namespace vitrine::views::heartbeats
