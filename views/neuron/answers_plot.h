// The plot of the first lesson: six points, the line that the neuron draws through them, and how far it misses each.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/ui.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {

struct AnswersState {
  bool inside = false;
  int cursor = 0;  // the point under the keyboard
};

void answers_plot(ui::Ui& ui, std::string_view id, const ui::Rect& rect, const Snapshot& s, AnswersState& state);
std::string csv(const Snapshot& s);  // a row for each point

// Near enough to be drawn: a walk that jumped out ends far beyond, and NaN is beyond as well.
bool drawable(float v);

}  // namespace vitrine::views::neuron
