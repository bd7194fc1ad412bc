// The instruments of Heartbeats, below the beat: how the errors of all validation beats are spread, where the beats lie
// in the code, and how good the model is beside methods without a network. Choose a beat in one, and all follow.
#pragma once

#include "app/ui/bars.h"
#include "app/ui/confusion.h"
#include "app/ui/histogram.h"
#include "app/ui/rate_plot.h"
#include "app/ui/scatter.h"
#include "views/exhibit.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

class Instruments {
 public:
  void draw(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);

 private:
  void draw_errors(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);
  void draw_code(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);
  void draw_rates(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::Rates rates, const Post& post,
                  ui::Selection& selection);
  void draw_verdicts(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::Selection& selection);

  ui::HistogramState errors_;
  ui::ScatterState code_;
  ui::RatePlotState roc_, precision_;
  ui::ConfusionState verdicts_;
  ui::BarsState areas_;
  int third_ = 0;  // which instrument stands at the right
};

}  // namespace vitrine::views::heartbeats
