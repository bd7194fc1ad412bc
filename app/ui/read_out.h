// A read-out is one number that lives: its caption small above, the number, its unit. It keeps the width of the widest
// value it can show, so that nothing beside it moves. A big number is the answer on the stage: at most three of them.
#pragma once

#include <string_view>

#include "app/ui/number.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

struct ReadOut {
  std::string_view caption;      // "test loss"
  std::string_view value;        // "0.0192"
  std::string_view unit = {};    // "epochs/s"
  std::string_view widest = {};  // "0.0000"; empty: the value itself
};

float read_out_width(const Ui& ui, const ReadOut& out);
// Both lines centred in the height of the box, at its left. Returns the width, with the widest value.
float read_out(Ui& ui, const Rect& box, const ReadOut& out);

// "99.2 %" over "correct". Quiet is for the baseline beside it. Returns the height.
float big_number(Ui& ui, const Rect& box, std::string_view value, std::string_view unit, std::string_view caption,
                 bool quiet = false);

}  // namespace vitrine::ui
