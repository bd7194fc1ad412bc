// The LossPlot is the run's curves over its steps, as every exhibit shows them that has no more to say of them: a click
// goes to that step.
#pragma once

#include <string_view>

#include "app/ui/line_plot.h"
#include "views/exhibit.h"

namespace vitrine::views {

class LossPlot {
 public:
  void draw(ui::Ui& ui, const ui::Rect& rect, const work::Snapshot& s, std::string_view step_name, const Post& post);

 private:
  ui::LinePlotState state_;
  ui::Brush brush_;
};

}  // namespace vitrine::views
