// The pane's inside, the same for every exhibit: its margins, its first line level with the first headings of the
// columns beside it, and what folds when it is small.
#pragma once

#include "app/ui/ui.h"

namespace vitrine::views {

ui::Rect inside_pane(const ui::Ui& ui, const ui::Rect& pane);
float gap_across(const ui::Ui& ui);  // between plots
float gap_down(const ui::Ui& ui);

}  // namespace vitrine::views
