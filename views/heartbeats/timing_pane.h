// What the stage shows of a Timing: the middle of the runs as a number, and all of them as a histogram.
#pragma once

#include "app/ui/histogram.h"
#include "views/exhibit.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

class TimingPane {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Post& post);

 private:
  ui::HistogramState training_, judging_;
};

}  // namespace vitrine::views::heartbeats
