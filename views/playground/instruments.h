// The instruments of the Playground: how the loss went, what the test set says, how strong the gradient is in each
// layer. They stand below the field and know nothing of it.
#pragma once

#include "app/ui/bars.h"
#include "app/ui/confusion.h"
#include "app/ui/line_plot.h"
#include "app/ui/network.h"
#include "views/exhibit.h"
#include "views/playground/class_table.h"
#include "views/playground/layer_view.h"
#include "views/playground/run_table.h"
#include "views/playground/session.h"
#include "views/program_view.h"

namespace vitrine::views::playground {

class Instruments {
 public:
  // Inside a step the arithmetic of the unit stands where the gradients were.
  void draw(ui::Ui& ui, const ui::Rect& rect, const Snapshot& snapshot, ui::UnitAt unit, ui::Selection& points,
            const Post& post);

 private:
  void draw_third(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::UnitAt unit);
  void draw_code(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post);
  void draw_loss(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post);
  void draw_test_set(ui::Ui& ui, ui::Rect rect, const Snapshot& s, ui::Selection& points);

  ProgramView code_;
  ui::LinePlotState loss_;
  ui::ConfusionState confusion_;
  ui::TableState classes_;
  RunTable runs_;
  LayerView layers_;
  ui::Brush brush_;
};

}  // namespace vitrine::views::playground
