// Precision, recall and F1 of each class, of the test set.
#pragma once

#include "app/ui/table.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

void draw_classes(ui::Ui& ui, ui::Rect rect, const Snapshot& s, ui::TableState& state);

}  // namespace vitrine::views::playground
