// The stage of the second lesson: the blocks with their live numbers, the fit among its points, the loss, the same fit
// as a program, and what happens inside a step. It remembers what is pointed at, taken or chosen, nothing else.
#pragma once

#include "app/ui/ui.h"
#include "views/exhibit.h"
#include "views/loss_plot.h"
#include "views/neuron/diagram.h"
#include "views/neuron/session.h"
#include "views/program_view.h"

namespace vitrine::views::neuron {

class FitView {
 public:
  void draw(ui::Ui& ui, const ui::Rect& inside, const Snapshot& s, const Settings& settings, const Post& post);
  // Rows of the chosen block, for the controls column; the height used.
  float rows(ui::Ui& ui, const ui::Rect& rect, const Settings& settings, const Post& post);
  void picture(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s) const;

 private:
  void draw_instruments(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Settings& settings, const Post& post);
  void draw_formula(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Settings& settings, const Post& post);
  void draw_sentence(ui::Ui& ui, const ui::Rect& line, const Snapshot& s, const Post& post);
  void draw_kinds(ui::Ui& ui, const ui::Rect& line, const Settings& settings, const Post& post);

  DiagramState diagram_;
  LossPlot loss_;
  ProgramView code_;
  bool fit_inside_ = false;
};

}  // namespace vitrine::views::neuron
