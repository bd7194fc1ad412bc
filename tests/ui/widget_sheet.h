// The widgets of data exhibits on one pane of 400 × 250 units: what their tests walk, and a picture to look at.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "app/ui/confusion.h"
#include "app/ui/gauge.h"
#include "app/ui/histogram.h"
#include "app/ui/image_grid.h"
#include "app/ui/rate_plot.h"
#include "app/ui/scatter.h"
#include "app/ui/table.h"
#include "app/ui/tensor_strip.h"

namespace vitrine::ui {

struct WidgetSheet {
  std::vector<float> x, y, scores, good, bad, maps;
  std::vector<std::uint8_t> classes, is_there;
  std::vector<std::string> names{"normal", "early beat", "other"};
  std::vector<std::int64_t> counts{59, 1, 0, 3, 70, 2, 0, 4, 21};
  std::vector<Texture> pictures;
  RateCurve roc, precision;
  Scatter points;
  Splat cloud;
  ScatterState scatter_state;
  HistogramState histogram_state;
  RatePlotState roc_state, precision_state;
  ConfusionState confusion_state;
  ImageGridState grid_state;
  TensorStripState strip_state;
  TableState table_state;
  Selection selection;
  double threshold = 0.4;
  int asked = 0;  // pictures, in the last frame
  HistogramEvents last_histogram;
  ConfusionEvents last_confusion;
  RateEvents last_rate;
  int last_channel = -1, chosen_row = -1, chosen_bin = -1;
  unsigned noise = 1;

  float random() { return static_cast<float>((noise = noise * 1664525u + 1013904223u) >> 8) / 16777216.0f; }
  float bell() { return random() + random() + random() - 1.5f; }

  explicit WidgetSheet(std::size_t items = 300) {
    for (std::size_t i = 0; i < items; ++i) {
      const auto c = static_cast<std::uint8_t>(i % 3);
      const float turn = 2.1f * static_cast<float>(c);
      classes.push_back(c);
      x.push_back(std::cos(turn) + 0.5f * bell());
      y.push_back(std::sin(turn) + 0.5f * bell());
      is_there.push_back(c == 0);
      scores.push_back((c == 0 ? 0.65f : 0.35f) + 0.3f * bell());
    }
    std::vector<float> there, absent;
    for (std::size_t i = 0; i < items; ++i) (is_there[i] ? there : absent).push_back(scores[i]);
    good = binned(there, 0, 1, 24);
    bad = binned(absent, 0, 1, 24);
    roc = rate_curve(scores, is_there, Rates::roc);
    precision = rate_curve(scores, is_there, Rates::precision_recall);
    for (int i = 0; i < 16 * 12 * 12; ++i) maps.push_back(std::sin(0.13f * static_cast<float>(i % 144)) * bell());
    for (std::size_t i = 0; i < 8; ++i) {
      pictures.push_back({"sheet." + std::to_string(i), 1, Filter::linear, Image(8, 8)});
      for (std::size_t k = 0; k < 64 * 4; ++k)
        pictures[i].image.rgba[k] = k % 4 == 3 ? 255 : static_cast<std::uint8_t>(20 * i + k / 2);
    }
    points = {.heading = "Map",
              .x = x,
              .y = y,
              .category = classes,
              .category_names = names,
              .range = {-2, 2, -2, 2},
              .x_title = "first",
              .y_title = "second"};
    if (items > kDirectPoints) {
      cloud = splat(x, y, classes, points.range, 320, 200, 1);
      points.splat = &cloud;
    }
  }

  void draw_top(Ui& ui, Rect row) {
    const Theme& theme = ui.theme;
    const float gap = theme.u(14);
    scatter(ui, "map", row.column(0, 3, gap), points, scatter_state, selection);
    const HistogramSet sets[] = {{"present", good, 0}, {"absent", bad, 1}};
    last_histogram =
        histogram(ui, "scores", row.column(1, 3, gap),
                  {.heading = "Scores", .sets = sets, .x_name = "score", .threshold = threshold}, histogram_state);
    if (last_histogram.threshold) threshold = *last_histogram.threshold;
    if (last_histogram.chosen) chosen_bin = last_histogram.bin;
    const std::int64_t picture = 10'000;
    asked = 0;
    image_grid(ui, "pictures", row.column(2, 3, gap),
               {.count = picture,
                .picture = [&](std::int64_t i) -> const Texture* {
                  ++asked;
                  return i % 9 == 8 ? nullptr : &pictures[static_cast<std::size_t>(i % 8)];
                },
                .wrong = [](std::int64_t i) { return i % 5 == 3; },
                .name = [](std::int64_t) { return std::string("a picture"); }},
               grid_state, selection);
  }

  void draw_middle(Ui& ui, Rect row) {
    const float gap = ui.theme.u(14);
    const RateSeries found[] = {{"ours", &roc, 0}}, exact[] = {{"ours", &precision, 0}};
    last_rate =
        rate_plot(ui, "roc", row.column(0, 3, gap), {.heading = "Found and false alarms", .series = found}, roc_state);
    rate_plot(ui, "precision", row.column(1, 3, gap),
              {.heading = "Precision", .rates = Rates::precision_recall, .series = exact}, precision_state);
    last_confusion = confusion(ui, "confusion", row.column(2, 3, gap),
                               {.heading = "Test set", .classes = names, .counts = counts}, confusion_state);
  }

  void draw_bottom(Ui& ui, Rect row) {
    const Theme& theme = ui.theme;
    gauge(ui, "gauge", row.take_left(theme.u(30)),
          {.caption = "correct", .value = 0.92, .text = "92.0", .unit = "%", .mark = 0.5});
    row.take_left(theme.u(14));
    last_channel = tensor_strip(ui, "strip", row.take_left(theme.u(170)),
                                {.heading = "What the first layer puts out",
                                 .channels = 16,
                                 .height = 12,
                                 .width = 12,
                                 .values = maps,
                                 .version = 1,
                                 .reach = 1},
                                strip_state);
    row.take_left(theme.u(14));
    const TableColumn heads[] = {{.title = "run", .number = false, .sorts = true},
                                 {.title = "rate", .sorts = true},
                                 {.title = "test loss", .sorts = true}};
    const TableCell cells[] = {{"spiral 3"}, {"0.06"},     {"0.0192"}, {"spiral 2"}, {"0.03"},
                               {"0.0975"},   {"spiral 1"}, {"1"},      {"NaN"}};
    const TableEvents events =
        table(ui, "runs", row, {.columns = heads, .cells = cells, .can_choose = true}, table_state);
    if (events.chosen >= 0) chosen_row = events.chosen;
  }

  void draw(Ui& ui) {
    const Theme& theme = ui.theme;
    Rect all = ui.window().inset(theme.u(8), theme.u(8));
    Region pane(ui, "pane", ui.window(), theme->pane);
    draw_top(ui, all.take_top(theme.u(80)));
    all.take_top(theme.u(8));
    draw_middle(ui, all.take_top(theme.u(80)));
    all.take_top(theme.u(8));
    draw_bottom(ui, all);
  }
};

}  // namespace vitrine::ui
