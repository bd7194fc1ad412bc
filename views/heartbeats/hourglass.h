// The hourglass is the model as the controls column shows it: a bar a layer, as wide as it has units, narrow at the
// code.
#pragma once

#include "views/exhibit.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

float hourglass(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s);  // the height used

}  // namespace vitrine::views::heartbeats
