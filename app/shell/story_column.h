// The story column tells what one is looking at, why it matters and what to try; the tries are ticked by the session.
#pragma once

#include <vector>

#include "app/ui/ui.h"
#include "views/exhibit.h"

namespace vitrine::shell {

void draw_story(ui::Ui& ui, const ui::Rect& column, const views::Story& story, const std::vector<bool>& tried);

}  // namespace vitrine::shell
