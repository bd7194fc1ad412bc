// Every widget that shows data on one sheet of 400 × 250 units, laid out as an exhibit lays out its pane: what the
// tests walk and hammer, and a picture to look at.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "app/ui/bars.h"
#include "app/ui/confusion.h"
#include "app/ui/heat_map.h"
#include "app/ui/history_bar.h"
#include "app/ui/line_plot.h"
#include "app/ui/network.h"
#include "app/ui/read_out.h"
#include "app/ui/table.h"

namespace vitrine::ui {

struct DataSheet {
  static constexpr int kField = 96, kSteps = 1401;

  std::vector<std::int64_t> steps;
  std::vector<float> train, test, field, surface;
  std::vector<std::int64_t> counts{59, 1, 0, 70};
  std::vector<float> zero{0}, levels{0.5f, 1, 2, 4, 8, 16};
  std::vector<MapMark> marks;
  std::vector<Texture> tiles;
  std::vector<std::int64_t> keyframes{0, 250, 500, 725, 1100}, forks{725};
  Network net;
  LinePlotState loss_state, gap_state;
  HeatMapState field_state, surface_state;
  Texture scale_bar;
  ConfusionState cells_state;
  BarsState bars_state;
  NetworkState net_state;
  TableState table_state;
  Brush brush;
  int chosen = 0, chosen_x = 0;
  double w = 0.802, b = 2.691;
  std::int64_t step = 1400;
  NetworkEvents last_net;
  HeatMapEvents last_surface;
  HistoryEvents last_history;
  std::string last_weight;

  DataSheet() {
    unsigned noise = 1;
    auto random = [&noise] { return static_cast<float>((noise = noise * 1664525u + 1013904223u) >> 8) / 16777216.0f; };
    for (int i = 0; i < kSteps; ++i) {
      float t = static_cast<float>(i), settle = std::exp(-t / 60),
            shake = std::exp(0.3f * (random() - 0.5f) * std::sin(t / 40));
      steps.push_back(i);
      train.push_back((0.5f * settle + 0.012f * std::exp(-t / 450)) * shake + 0.0004f);
      test.push_back((0.5f * settle + 0.02f) * (i % 9 ? 1 : shake * shake));
    }
    field = grid([](float x, float y) { return answer(x, y); });
    surface = grid([](float x, float y) {
      float dw = -5 + 4 * (x + 1), db = -4.5f + 5.5f * (y + 1);
      return 2 * (3.2f * dw * dw + 3 * dw * db + db * db);
    });
    for (int i = 0; i < 120; ++i) {
      float turn = static_cast<float>(i / 2) / 60, angle = 7 * turn + (i % 2 ? 3.14159f : 0), r = 0.1f + 0.75f * turn;
      marks.push_back({6.0 * r * std::cos(angle), 6.0 * r * std::sin(angle), i % 2, i % 5 == 0});
    }
    make_network({6, 4});
  }

  static float answer(float x, float y) {
    float r = std::hypot(x, y), angle = std::atan2(y, x);
    return std::tanh(3 * std::cos(angle - 7 * r));
  }

  template <class F>
  static std::vector<float> grid(F f, int n = kField) {
    std::vector<float> values;
    for (int y = 0; y < n; ++y)
      for (int x = 0; x < n; ++x) {
        auto middle = [n](int i) { return (2 * static_cast<float>(i) + 1) / static_cast<float>(n) - 1; };
        values.push_back(f(middle(x), -middle(y)));
      }
    return values;
  }

  void make_network(const std::vector<int>& layers) {
    static const char* const kLabels[] = {"x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"};
    net = {};
    net.columns.push_back({Network::Kind::features, "Features", {}, {}, {}});
    for (int i = 0; i < 7; ++i) net.columns[0].units.push_back({.label = kLabels[i], .active = i < 2 || i > 4});
    for (int n : layers) {
      Network::Column column{Network::Kind::layer, std::to_string(n) + " tanh", {}, {}, {}};
      for (int i = 0; i < n; ++i) column.units.push_back({.label = {}, .bias = 0.7 * std::sin(i * 5.0 + n)});
      if (n == 1) column.cannot_remove = "A layer has one unit at least.";
      net.columns.push_back(std::move(column));
    }
    net.columns.push_back({Network::Kind::output, "", {{.label = {}, .bias = 0.9}}, {}, {}});
    for (std::size_t c = 0; c + 1 < net.columns.size(); ++c)
      for (std::size_t i = 0; i < net.columns[c].units.size(); ++i)
        for (std::size_t j = 0; j < net.columns[c + 1].units.size(); ++j) {
          auto seed = static_cast<float>(31 * c + 7 * i + 13 * j);
          float weight = 2.6f * std::pow(std::sin(seed * 1.7f), 3.0f);
          net.links.push_back({static_cast<int>(c), static_cast<int>(i), static_cast<int>(j), weight, 0.0021f});
        }
    net.flow = 3;
    paint_tiles(Theme(Look::dark, 1));
  }

  void paint_tiles(const Theme& theme) {
    std::size_t count = 0, at = 0;
    for (const Network::Column& column : net.columns) count += column.units.size();
    tiles.assign(count, {});
    for (std::size_t c = 0; c + 1 < net.columns.size(); ++c)
      for (std::size_t u = 0; u < net.columns[c].units.size(); ++u, ++at) {
        float turn = static_cast<float>(u), bend = static_cast<float>(c) * 2;
        auto values = grid(
            [&](float x, float y) {
              return std::tanh(3 * (x * std::cos(turn) + y * std::sin(turn) + 0.4f * bend * std::sin(3 * x + turn)));
            },
            32);
        tiles[at].key = "tile." + std::to_string(at);
        tiles[at].version = static_cast<std::uint64_t>(theme.look()) + 1;
        tiles[at].image = Image(32, 32);
        colour_values(theme, values, -1, 1, ColourMap::diverging, 1, tiles[at].image);
        net.columns[c].units[u].tile = &tiles[at];
      }
  }

  void draw_run_bar(Ui& ui, Rect bar) {
    const Theme& theme = ui.theme;
    ReadOut outs[] = {{"epoch", "1,400", {}, "0,000"},
                      {"train loss", "0.0007"},
                      {"test loss", "0.0192"},
                      {"speed", "21,480", "epochs/s"}};
    for (std::size_t i = std::size(outs); i-- > 0;) {
      Rect box = bar.take_right(read_out_width(ui, outs[i]));
      read_out(ui, box, outs[i]);
      bar.take_right(theme.u(8));
    }
    last_history = history_bar(
        ui, "history", bar.inset(0, theme.u(3)),
        {.steps = steps, .values = train, .keyframes = keyframes, .forks = forks, .step = step, .head = steps.back()});
    if (last_history.step) step = *last_history.step;
  }

  void draw_stage(Ui& ui, Rect stage) {
    const Theme& theme = ui.theme;
    Rect below = stage.take_bottom(theme.u(54));
    stage.take_bottom(theme.u(14));
    Rect output = stage.take_right(theme.u(108));
    Rect head = output.take_top(theme.line(Type::section) + theme.u(5));
    LegendKey keys[] = {{.label = "blue", .category = 0, .points = true},
                        {.label = "orange", .category = 1, .points = true}};
    plot_heading(ui, head, "Output", keys);
    Rect area = output.take_top(std::min(output.w, output.h - theme.u(16)));
    Axis x{.low = -6, .high = 6, .title = "x₁", .at = {-6, 0, 6}},
        y{.low = -6, .high = 6, .title = "x₂", .at = {-6, 6}};
    heat_map(ui, "field", area,
             {.width = kField,
              .height = kField,
              .values = field,
              .version = 1,
              .share = kFieldRange,
              .x = x,
              .y = y,
              .levels = zero,
              .marks = marks,
              .value_name = "answer"},
             field_state);
    output.take_top(theme.u(8));
    Rect scale = output.take_top(theme.line(Type::small));
    text(ui, scale, "What the network answers", {.type = Type::small, .colour = theme->ink2});
    colour_scale(ui, scale, {.share = kFieldRange}, scale_bar);

    stage.take_right(theme.u(3));
    last_net = network(ui, "network", stage, net, net_state);
    if (last_net.link >= 0) net.links[static_cast<std::size_t>(last_net.link)].weight = last_net.weight;
    if (last_net.toggled.valid()) {
      Network::Unit& unit = net.columns[0].units[static_cast<std::size_t>(last_net.toggled.unit)];
      unit.active = !unit.active;
    }

    Series curves[] = {{.label = "train", .values = train, .category = 0},
                       {.label = "test", .values = test, .category = 1}};
    LinePlot loss{.heading = "Loss",
                  .steps = steps,
                  .series = curves,
                  .x_name = "epoch",
                  .x_title = "epochs",
                  .logarithmic = true};
    if (step != steps.back()) loss.playhead = static_cast<double>(step);
    if (line_plot(ui, "loss", below.take_left(theme.u(102)), loss, loss_state, brush))
      chosen_x = static_cast<int>(brush.x);
    below.take_left(theme.u(16));
    draw_test_set(ui, below.take_left(theme.u(56)));
    below.take_left(theme.u(14));
    Bar rows[] = {{"layer 1", 0.0014}, {"layer 2", 0.0036}, {"output", 0.0012}};
    bars(ui, "gradients", below, {.heading = "Gradient by layer", .bars = rows}, bars_state);
  }

  void draw_test_set(Ui& ui, Rect box) {
    const Theme& theme = ui.theme;
    static const std::string kNames[] = {"one", "two"};
    const Confusion found{.heading = "Test set", .classes = kNames, .counts = counts};
    box.h = std::min(box.h, confusion_height(ui, theme.u(27)));
    ui::confusion(ui, "cells", box, found, cells_state);
    Rect cells = box;
    cells.take_left(confusion_cells(ui, box).right() - box.x + theme.u(6));
    cells.take_top(plot_heading_height(ui));
    cells.take_top(big_number(ui, cells, "99.2", "%", "correct"));
    cells.take_top(theme.u(2));
    big_number(ui, cells, "50", "%", "by chance", true);
  }

  void draw_side(Ui& ui, Rect column) {
    const Theme& theme = ui.theme;
    text(ui, column.take_top(theme.line(Type::section)), "Data", {.type = Type::section});
    column.take_top(theme.u(2));
    TableColumn heads[] = {
        {.title = "x"}, {.title = "y"}, {.title = "answer", .share = 1.4f}, {.title = "error", .share = 1.4f}};
    std::vector<TableCell> cells;
    for (int i = 0; i < 6; ++i) {
      double x = i - 1, y = 2 * x - 1, out = w * x + b;
      cells.push_back({number_text(x, {.decimals = 0})});
      cells.push_back({number_text(y, {.decimals = 0})});
      cells.push_back({number_text(out), theme->ink2});
      cells.push_back({number_text(out - y, {.sign = true}), theme.signed_ink(static_cast<float>(out - y))});
    }
    TableEvents events = table(ui, "data", column.take_top(table_height(ui, 6)),
                               {.columns = heads, .cells = cells, .chosen = chosen, .can_choose = true}, table_state);
    if (events.chosen >= 0) chosen = events.chosen;
    column.take_top(theme.u(8));

    text(ui, column.take_top(theme.line(Type::section)), "Loss of every w and b", {.type = Type::section});
    column.take_top(theme.u(3));
    HeatMap map{.width = kField,
                .height = kField,
                .values = surface,
                .version = 1,
                .low = 24,
                .high = 0,
                .map = ColourMap::sequential,
                .x = {.low = -3, .high = 5, .title = "w"},
                .y = {.low = -5.5, .high = 5.5, .title = "b"},
                .levels = levels,
                .value_name = "loss",
                .can_drag = true,
                .cursor_x = w,
                .cursor_y = b};
    Margins margins = heat_map_margins(ui, map);
    Rect area = column.take_top(theme.u(56));
    area.take_left(margins.left);
    last_surface = heat_map(ui, "surface", area, map, surface_state);
    if (last_surface.dragging) w = last_surface.x, b = last_surface.y;
    column.take_top(margins.bottom + theme.u(8));

    Series curves[] = {{.label = "validation", .values = test, .category = 2, .area = true}};
    line_plot(ui, "gap", column.take_top(theme.u(48)),
              {.heading = "Validation", .steps = steps, .series = curves, .x_name = "epoch"}, gap_state, brush);
  }

  void draw(Ui& ui) {
    const Theme& theme = ui.theme;
    Rect all = ui.window();
    draw_run_bar(ui, all.take_bottom(theme.u(19)).inset(theme.u(5), 0));
    draw_side(ui, all.take_left(theme.u(78)).inset(theme.u(5), theme.u(7)));
    all.take_top(theme.u(4)), all.take_right(theme.u(4));
    Region pane(ui, "pane", all, theme->pane, theme.px(measure::radius_pane));
    draw_stage(ui, all.inset(theme.u(9), theme.u(6)));
  }
};

}  // namespace vitrine::ui
