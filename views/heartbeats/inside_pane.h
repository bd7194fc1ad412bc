// The InsidePane draws the network while one beat goes through it: a column for each layer with a cell for each unit,
// the strongest weights between, and below each layer how hard the beat pulls at them.
#pragma once

#include <string>

#include "app/ui/ui.h"
#include "views/heartbeats/inside.h"

namespace vitrine::views::heartbeats {

// In long form, a row for each number: answers, the weights that are drawn, the norm of each layer's gradient.
std::string csv(const Inside& inside);

class InsidePane {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Inside& inside);

 private:
  bool inside_ = false;       // the keyboard is in
  int layer_ = 0, unit_ = 0;  // of the keyboard
};

}  // namespace vitrine::views::heartbeats
