// A Histogram shows how often values fall into equal steps of a range, equal by ratio where the axis is logarithmic:
// the first set as bars, others as outlines over them or as bars too, and a threshold that a person takes by its line
// or tab, or moves by keys.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct HistogramSet {
  std::string label;
  std::span<const float> counts;  // one for each step
  int category = 0;
};

struct Histogram {
  std::string_view heading = {};
  double low = 0, high = 1;
  bool logarithmic = false;  // then low is above 0
  bool all_bars = false;     // of every set: for sets that hardly overlap
  std::span<const HistogramSet> sets = {};
  std::string_view x_name = "value", x_title = {};
  std::optional<double> threshold = {};
  std::span<const float> items = {};  // the value of each item, for a selection
};

struct HistogramState {
  bool inside = false;
  int bin = 0;         // of the keyboard
  bool taken = false;  // the hand holds the threshold
};

struct HistogramEvents {
  int bin = -1;                          // pointed at
  bool chosen = false;                   // a click on the bar pointed at
  std::optional<double> threshold = {};  // wanted
  Edit edit = Edit::none;                // changed while it is held, committed when let go
};

// With a selection a bar points at its items, and pressing it goes through them.
HistogramEvents histogram(Ui& ui, std::string_view id, const Rect& rect, const Histogram& plot, HistogramState& state,
                          Selection* selection = nullptr);
// How many values fall into each of so many steps between the ends of the axis, which belong to it.
std::vector<float> binned(std::span<const float> values, const Axis& axis, int bins);
inline std::vector<float> binned(std::span<const float> values, double low, double high, int bins) {
  return binned(values, {.low = low, .high = high}, bins);
}
std::string csv(const Histogram& plot);

}  // namespace vitrine::ui
