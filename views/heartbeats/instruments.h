// The instruments of Heartbeats, below the beat: how the errors of all validation beats are spread, where the beats lie
// in the code, and how good the model is beside methods without a network. Choose a beat in one, and all follow.
#pragma once

#include "app/ui/confusion.h"
#include "app/ui/histogram.h"
#include "app/ui/rank_plot.h"
#include "app/ui/rate_plot.h"
#include "views/exhibit.h"
#include "views/heartbeats/bottleneck.h"
#include "views/heartbeats/session.h"
#include "views/loss_plot.h"

namespace vitrine::views::heartbeats {

class Instruments {
 public:
  void draw(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);

 private:
  enum class Third { areas, rates, precision, verdicts, loss };
  void draw_thirds(ui::Ui& ui, const ui::Rect& line, bool beside);
  void draw_third(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection,
                  bool beside);
  void draw_mistakes(ui::Ui& ui, const ui::Rect& line, const Snapshot& s);
  void draw_errors(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);
  void draw_rates(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::Rates rates, const Post& post,
                  ui::Selection& selection);
  void draw_verdicts(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::Selection& selection);

  ui::HistogramState errors_;
  Bottleneck bottleneck_;
  ui::RankPlotState areas_;
  ui::RatePlotState roc_, precision_;
  ui::ConfusionState verdicts_;
  LossPlot loss_;
  Third third_ = Third::areas;
};

}  // namespace vitrine::views::heartbeats
