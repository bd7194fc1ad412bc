// What the big field says of a unit where the pointer is, besides its answer: the sum before the activation, and how
// the answer changes across and up the plane there.
#pragma once

#include <optional>

#include "app/ui/network.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

struct UnitReadings {
  std::optional<double> sum;  // a feature has none, nor a unit whose layer is shown on a coarser grid than it is fed on
  double across = 0, up = 0;  // of the answer, per unit of x₁ and x₂
};
// Of the grid over the window: column and row as its answers have them.
UnitReadings read_unit(const Snapshot& s, ui::UnitAt unit, const Field& answers, int column, int row);

}  // namespace vitrine::views::playground
