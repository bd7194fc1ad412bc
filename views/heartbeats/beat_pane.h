// The stage of Heartbeats: one beat as it was recorded and as it was rebuilt, over the band of what is usual, and below
// it how wrong each step is.
#pragma once

#include "app/ui/line_plot.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

class BeatPane {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& s, std::size_t beat);
  // The two curves alone, for the gallery.
  void picture(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, std::size_t beat);

 private:
  ui::LinePlotState plot_;
  ui::Brush brush_;
};

}  // namespace vitrine::views::heartbeats
