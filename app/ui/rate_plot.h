// A RatePlot judges scores at every threshold at once: true against false alarms (ROC), or precision against recall,
// beside what chance would do. Hover reads the threshold that gives a point.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

enum class Rates { roc, precision_recall };

// Two shares for each threshold, the greatest first; every distinct score is one.
struct RateCurve {
  std::vector<float> x, y, threshold;
  double area = 0;    // under the curve: trapezia for ROC, steps for precision and recall
  double chance = 0;  // the share of what is there: the baseline of precision
};
RateCurve rate_curve(std::span<const float> scores, std::span<const std::uint8_t> is_there, Rates rates);

struct RateSeries {
  std::string label;
  const RateCurve* curve = nullptr;
  int category = 0;
};

struct RatePlot {
  std::string_view heading = {};
  Rates rates = Rates::roc;
  std::span<const RateSeries> series = {};
  std::optional<double> threshold = {};  // that is in force: a mark on each curve
  std::span<const float> scores = {};    // of each item, by the first series: for a selection
};

struct RatePlotState {
  bool inside = false;
  std::size_t series = 0, at = 0;  // of the keyboard
};

struct RateEvents {
  int series = -1;  // pointed at
  float threshold = 0;
  bool chosen = false;     // just now
  Edit edit = Edit::none;  // changed while the pointer is held along the curve, committed when chosen
};

// With a selection a point of the first curve points at the items that have its score.
RateEvents rate_plot(Ui& ui, std::string_view id, const Rect& rect, const RatePlot& plot, RatePlotState& state,
                     Selection* selection = nullptr);
std::string csv(const RatePlot& plot);

}  // namespace vitrine::ui
