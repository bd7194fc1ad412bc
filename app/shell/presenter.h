// The Presenter is what a room needs besides size: light on the panel that the pointer is in, and the keys that were
// pressed, so that who watches can follow.
#pragma once

#include <string>

#include "app/shell/deeds.h"
#include "app/ui/ui.h"

namespace vitrine::shell {

class Presenter {
 public:
  void pressed(const DeedRow& row, double now);  // seconds
  void draw(ui::Ui& ui, double now);             // over everything
  double redraw_after(double now) const;         // seconds

 private:
  std::string keys_, label_;
  double until_ = 0;
};

}  // namespace vitrine::shell
