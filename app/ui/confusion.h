// A Confusion is what was answered (across) for what is there (down), counted: right answers blue, wrong ones orange. A
// cell can be chosen, to look at the items in it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/draw.h"

namespace vitrine::ui {

struct Confusion {
  std::string_view heading = {};
  std::span<const std::string> classes = {};
  std::span<const std::int64_t> counts = {};  // row after row: what is there
  int chosen_truth = -1, chosen_answer = -1;
};

struct ConfusionState {
  bool inside = false;
  int truth = 0, answer = 0;  // of the keyboard
};

struct ConfusionEvents {
  int truth = -1, answer = -1;  // pointed at
  bool chosen = false;          // just now
};

ConfusionEvents confusion(Ui& ui, std::string_view id, const Rect& rect, const Confusion& confusion,
                          ConfusionState& state);
std::string csv(const Confusion& confusion);

}  // namespace vitrine::ui
