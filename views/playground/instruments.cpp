// Loss, test set and gradients side by side; the third folds first.
#include "views/playground/instruments.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/bars.h"
#include "app/ui/read_out.h"
#include "engine/core/number.h"
#include "views/pane.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {
namespace look {
constexpr float kTestSet = 62, kGradients = 46, kGradientsCompact = 40;  // units of width
constexpr float kLeastLoss = 70;                                         // units; below, the gradients fold
constexpr float kConfusion = 27, kConfusionCompact = 21;                 // units, the edge of the four cells
}  // namespace look

void draw_gradients(Ui& ui, Rect rect, const Snapshot& s) {
  plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Gradient by layer");
  std::vector<Bar> all;
  for (std::size_t i = 0; i < s.gradient_norms.size(); ++i) {
    const bool output = i + 1 == s.gradient_norms.size();
    all.push_back({.label = output ? "output" : "layer " + to_text(static_cast<std::int64_t>(i) + 1),
                   .value = s.gradient_norms[i]});
  }
  const auto fit = static_cast<std::size_t>(rect.h / std::max(1.0f, bars_height(ui, 1)));
  if (all.size() > fit) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(fit));
  bars(ui, rect, all);
}
}  // namespace

void Instruments::draw(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const float gap = gap_across(ui);
  Rect left = rect;
  const float gradients = theme.u(theme.compact() ? look::kGradientsCompact : look::kGradients);
  const float test_set = theme.u(look::kTestSet);
  if (left.w - gradients - test_set - 2 * gap >= theme.u(look::kLeastLoss)) {
    draw_gradients(ui, snap(left.take_right(gradients)), s);
    left.take_right(gap);
  }
  draw_test_set(ui, snap(left.take_right(test_set)), s);
  left.take_right(gap);
  draw_loss(ui, snap(left), s, post);
}

void Instruments::draw_loss(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post) {
  if (!s.curve) return;
  std::vector<Series> series;
  for (std::size_t i = 0; i < s.curve->series.size(); ++i) {
    series.push_back({.label = s.curve->names[i], .values = s.curve->series[i], .category = static_cast<int>(i)});
  }
  LinePlot plot{.heading = "Loss",
                .steps = s.curve->steps,
                .series = series,
                .x_name = "epoch",
                .x_title = ui.theme.compact() ? "" : "epochs",
                .logarithmic = true};
  if (s.step < s.head) plot.playhead = static_cast<double>(s.step);
  if (line_plot(ui, "loss", rect, plot, loss_, brush_)) {
    post(work::command::Seek{static_cast<std::int64_t>(std::llround(brush_.x))});
  }
}

void Instruments::draw_test_set(Ui& ui, Rect rect, const Snapshot& s) {
  const Theme& theme = ui.theme;
  plot_heading(ui, rect.take_top(plot_heading_height(ui)), "Test set");
  const float line = theme.line(Type::big) + theme.line(Type::small) + theme.u(3);
  if (s.shape.regression) {
    big_number(ui, rect.take_top(line), number_text(s.score), "", "typical error");
    big_number(ui, rect, number_text(s.baseline), "", "of the mean alone", true);
    return;
  }
  std::array<float, 4> values{};
  std::array<std::string, 4> texts;
  for (std::size_t i = 0; i < 4; ++i) {
    const int row = s.confusion[i / 2 * 2] + s.confusion[i / 2 * 2 + 1];
    const float share = row > 0 ? static_cast<float>(s.confusion[i]) / static_cast<float>(row) : 0;
    const float strength = s.confusion[i] == 0 ? 0 : 0.35f + 0.65f * share;
    values[i] = i == 0 || i == 3 ? strength : -strength;
    texts[i] = to_text(std::int64_t{s.confusion[i]});
  }
  const HeatMap map{.width = 2, .height = 2, .values = values, .texts = texts, .class_marks = true};
  const Margins margins = heat_map_margins(ui, map);
  const float edge =
      std::min(theme.u(theme.compact() ? look::kConfusionCompact : look::kConfusion), rect.h - margins.bottom);
  heat_map(ui, "confusion", {rect.x + margins.left, rect.y, edge, edge}, map, confusion_);
  rect.take_left(margins.left + edge + theme.u(6));
  const auto per_cent = [](double share) { return number_text(100 * share, {.decimals = 1}); };
  big_number(ui, rect.take_top(line), per_cent(s.score), "%", "correct");
  big_number(ui, rect, per_cent(s.baseline), "%", "by chance", true);
}

}  // namespace vitrine::views::playground
