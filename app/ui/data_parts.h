// DataParts is the page of the widgets that show data, as Parts is the page of what surrounds them: each with a little
// data of its own, all of them in one state at a time. `vitrine screenshot widgets` draws it at rest,
// `widgets-hovered`, `-focused`, `-inside` and `-empty` as they say; tests walk it with hand and keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/bars.h"
#include "app/ui/confusion.h"
#include "app/ui/gauge.h"
#include "app/ui/heat_map.h"
#include "app/ui/histogram.h"
#include "app/ui/image_grid.h"
#include "app/ui/rate_plot.h"
#include "app/ui/scatter.h"
#include "app/ui/spans.h"
#include "app/ui/table.h"
#include "app/ui/tensor_strip.h"

namespace vitrine::ui {

enum class PartState { rest, hovered, focused, inside, empty };
inline constexpr PartState kPartStates[] = {PartState::rest, PartState::hovered, PartState::focused, PartState::inside,
                                            PartState::empty};
std::string_view name_of(PartState state);                     // "hovered"
std::optional<PartState> widgets_page(std::string_view page);  // "widgets-hovered"

struct DataParts {
  explicit DataParts(std::size_t items = 300, PartState state = PartState::rest);
  void draw(Ui& ui);

  PartState state;
  std::vector<float> x, y, scores, good, bad, maps, field;
  std::vector<std::uint8_t> classes, is_there;
  std::vector<std::string> names{"normal", "early beat", "other"};
  std::vector<std::int64_t> counts{59, 1, 0, 3, 70, 2, 0, 4, 21};
  std::vector<Texture> pictures;
  RateCurve roc, precision;
  Scatter points;
  Splat cloud;
  double threshold = 0.4;

  ScatterState scatter_state;
  HistogramState histogram_state;
  RatePlotState roc_state, precision_state;
  ConfusionState confusion_state;
  ImageGridState grid_state;
  TensorStripState strip_state;
  TableState table_state;
  HeatMapState field_state;
  Texture scale_bar;
  BarsState bars_state;
  SpansState spans_state;
  Selection selection;

  // What happened in the last frame.
  int asked = 0;  // pictures
  HistogramEvents last_histogram;
  ConfusionEvents last_confusion;
  RateEvents last_rate;
  int last_channel = -1, chosen_row = -1, chosen_bin = -1;

 private:
  bool empty() const { return state == PartState::empty; }
  void draw_items(Ui& ui, Rect row);
  void draw_pictures(Ui& ui, const Rect& rect);
  void draw_field(Ui& ui, Rect rect);
  void draw_judgements(Ui& ui, const Rect& row);
  void draw_lists(Ui& ui, Rect row);
  void draw_runs(Ui& ui, Rect rect);
};

}  // namespace vitrine::ui
