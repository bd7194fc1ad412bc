// What the big field says of a unit where the pointer is: its sum and its answer, how that changes across and up the
// plane, and how the loss rises with it.
#pragma once

#include <vector>

#include "app/ui/draw.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// How the answers change across and up the plane at a place, for each unit of x₁ and x₂.
struct PlaneSlopes {
  double across = 0, up = 0;
};
PlaneSlopes slopes_at(const CloseUp& image, double x, double y);

std::vector<ui::Reading> rows_of(const Snapshot& s, const UnitReading& reading);

}  // namespace vitrine::views::playground
