// The surface in place of the big field: turned and tilted by dragging it or with the arrows, with the points standing
// on it.
#pragma once

#include "app/ui/focus.h"
#include "views/exhibit.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

class SurfacePane {
 public:
  void draw(ui::Ui& ui, const ui::Rect& rect, const ui::Rect& heading, const Snapshot& s, std::span<const float> values,
            float reach, const Post& post);

 private:
  void orbit(ui::Ui& ui, const ui::Canvas& c, const Settings& settings, const Post& post);

  bool inside_ = false;
  ui::Point grabbed_at_;
  double grabbed_turn_ = 0, grabbed_tilt_ = 0;
  bool in_hand_ = false;
};

}  // namespace vitrine::views::playground
