// What the stage shows of a scaling: a beat and the band of what is normal as they lie in the data, and beside them the
// same as the network sees them, with the numbers that were fitted and how much each step then counts.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/line_plot.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

// What becomes 0, and how far above it lies what becomes 1: a pair for each number of a row.
struct FittedPairs {
  std::vector<float> centre, spread;
  std::vector<float> weights() const;  // of a step in the error, where the one that counts most has 1
};
FittedPairs fitted_pairs(const Beats& beats);
std::string words_of(const FittedPairs& pairs);  // "centre −2.3 … 1.0, spread 0.4 … 1.9"
std::string words_of_weights(const FittedPairs& pairs);

class ScalingPane {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& s, std::span<const float> beat);  // as the network sees it

 private:
  ui::LinePlotState before_, after_;
  ui::Brush brush_;
};

}  // namespace vitrine::views::heartbeats
