// The Pen turns the movement of a hand over the stage into changes of a beat: it draws over it, or bends it. Off the
// stage it goes on along the edge, until the button is let go. With the keyboard, the sideways arrows walk along the
// beat and the others bend it there.
#pragma once

#include <optional>
#include <vector>

#include "app/ui/focus.h"
#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"
#include "views/heartbeats/strokes.h"

namespace vitrine::views::heartbeats {

class Pen {
 public:
  // Changed while the stroke goes on, committed when it is over; what came of it is `beat`. The axes must stay while
  // the pen is held.
  ui::Edit follow(ui::Ui& ui, const ui::Plane& plane, std::vector<float>& beat);
  const ui::Axis* held_axis() const { return at_ ? &axis_ : nullptr; }  // upwards, as when the stroke began

  int tool = 0;  // 0 draws, 1 bends

 private:
  std::optional<Place> at_;  // while it is held
  ui::Axis axis_;
  std::vector<float> beat_;  // what the stroke has made so far
  bool inside_ = false;
  double cursor_ = 0;
};

}  // namespace vitrine::views::heartbeats
