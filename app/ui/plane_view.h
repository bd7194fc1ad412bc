// A PlaneView is which part of a plane a map shows: its middle and how close. Hands move it: the wheel goes closer at
// the pointer, a drag takes the plane along, a double click goes home; with the keyboard inside, plus and minus go
// closer and back, Home goes home, and arrows at the edge of the map take the plane along.
#pragma once

#include <optional>

#include "app/ui/focus.h"
#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"

namespace vitrine::ui {

struct PlaneView {
  double x = 0, y = 0, zoom = 1;
  friend bool operator==(const PlaneView&, const PlaneView&) = default;
};
struct PlaneViewLimits {
  double least_zoom = 0.25, most_zoom = 64, most = 100;  // most: of the middle, away from zero
};

struct PlaneViewState {              // what the widget remembers of a gesture
  std::optional<PlaneView> grabbed;  // in the hand: the view when it was taken, and where
  Point grabbed_at;
  int button = 0;
  std::optional<PlaneView> turned;  // while the wheel turns: the view it has come to
  Point turned_at;
};

struct PlaneViewEdit {
  Edit edit = Edit::none;  // changed during a gesture, committed at its end
  PlaneView view;
};

// The plane is the one that is drawn now, as `view` says. The middle button drags always, the left one where it has
// nothing else to do.
PlaneViewEdit move_view(const Canvas& c, const Plane& plane, const PlaneView& view, const PlaneViewLimits& limits,
                        bool left_drags, PlaneViewState& state);

// The view one step further that way: what the arrows do where the cursor meets the edge.
PlaneView stepped(const Plane& plane, PlaneView view, int across, int down, const PlaneViewLimits& limits);

}  // namespace vitrine::ui
