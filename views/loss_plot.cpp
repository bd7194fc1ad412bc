// A series for each curve that the session measures.
#include "views/loss_plot.h"

#include <cmath>

namespace vitrine::views {

void LossPlot::draw(ui::Ui& ui, const ui::Rect& rect, const work::Snapshot& s, std::string_view step_name,
                    const Post& post) {
  if (!s.curve || s.curve->series.empty()) return;
  std::vector<ui::Series> series;
  for (std::size_t i = 0; i < s.curve->series.size(); ++i)
    series.push_back({.label = s.curve->names[i], .values = s.curve->series[i], .category = static_cast<int>(i)});
  ui::LinePlot plot{
      .heading = "Loss", .steps = s.curve->steps, .series = series, .x_name = step_name, .logarithmic = true};
  if (s.step < s.head) plot.playhead = static_cast<double>(s.step);
  if (ui::line_plot(ui, "loss", rect, plot, state_, brush_))
    post(work::command::Seek{static_cast<std::int64_t>(std::llround(brush_.x))});
}

}  // namespace vitrine::views
