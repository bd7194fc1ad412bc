// A LinePlot shows how values went over steps: several curves over one x, with a playhead where the run stands. A Brush
// is the place all linked plots point at together: hover one, and each shows the same x.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plot_axes.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct Export;

struct Brush {
  bool active = false;
  double x = 0;
  ImGuiID by = 0;  // the plot that moves it
};

struct Series {
  std::string label;              // "train": in the legend and the read-out
  std::span<const float> values;  // one per x; what is not finite is left out
  int category = 0;               // 0 train, 1 test or validation (dashed), and so on
  Colour colour = 0;              // 0 = the category's; another one is never dashed
  bool area = false;
  std::int64_t item = Selection::kNone;  // whose curve it is, for a selection: a run, a picture
};

struct LinePlot {
  std::string_view heading = {};             // "Loss"
  std::span<const std::int64_t> steps = {};  // the shared x, ascending; or
  std::span<const float> x = {};             // this one when steps is empty
  std::span<const Series> series = {};
  std::span<const Series> read_as_well = {};    // said on hover, not drawn
  std::span<const LegendKey> more_keys = {};    // of what the view draws over or under the curves
  std::string_view x_name = "step";             // in the read-out: "epoch"
  std::string_view x_unit = {};                 // likewise: "s"
  std::span<const std::string> x_names = {};    // of each x, where it is no number: said on hover
  Axis x_marks = {};                            // whose ticks stand instead of round ones, if it has any
  std::string_view x_title = {}, y_title = {};  // under the ticks: "epochs"; above them; empty: none
  std::optional<double> x_low = {}, x_high = {}, y_low = {}, y_high = {};  // empty: from the data
  bool logarithmic = false;                                                // until the person switches it
  std::optional<double> playhead = {};                                     // where the run stands while looking back
  const Export* part_of = nullptr;  // offered instead of the plot alone: the picture that the view draws round it
};

struct LinePlotState {  // what the view remembers of it
  bool inside = false;
  bool switched = false;  // log and linear changed places
  bool smooth = false;
  std::size_t cursor = 0;  // the curve under the keyboard
};

// True when the person chose an x (a click, or Enter at the cursor): it is brush.x.
// With a selection the curves are items: the nearest one is pointed at, Up and Down go from one to the next.
bool line_plot(Ui& ui, std::string_view id, const Rect& rect, const LinePlot& plot, LinePlotState& state, Brush& brush,
               Selection* selection = nullptr);

// The curve as points: every value when they fit, else per column of pixels the first, least, greatest and last.
std::vector<Point> decimated(const Plane& plane, const LinePlot& plot, std::span<const float> values);
std::string csv(const LinePlot& plot);  // shortest decimals that read back; '.' and ',' under every locale

}  // namespace vitrine::ui
