// A RankPlot sets a few scores against each other on one axis: a row for each, best first, its name at the left, its
// number at the right, and below them a line that ends in a dot where the score lies. The axis begins near the least
// of them, so that differences among good ones are seen.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/plot_axes.h"

namespace vitrine::ui {

struct Ranked {
  std::string label;
  double value = 0;   // at most 1
  bool ours = false;  // what the others are there to be compared with: a filled dot, never left out
};

struct RankPlot {
  std::string_view heading = {};
  std::span<const Ranked> rows = {};
  std::string_view x_title = {};
};

struct RankPlotState {
  bool inside = false;
  int cursor = 0;
};

// Rows for which there is no room are left out, the worst first. Returns the row that is pointed at, −1 when none is.
int rank_plot(Ui& ui, std::string_view id, const Rect& rect, const RankPlot& plot, RankPlotState& state);
Axis rank_axis(std::span<const Ranked> rows);  // from a round number at or below the least of them to 1
std::string csv(const RankPlot& plot);

}  // namespace vitrine::ui
