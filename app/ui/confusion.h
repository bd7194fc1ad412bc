// A Confusion is what was answered (across) for what is there (down), counted: right answers blue, wrong ones orange. A
// cell can be chosen, to look at the items in it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/draw.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct Confusion {
  std::string_view heading = {};
  std::span<const std::string> classes = {};
  std::span<const std::int64_t> counts = {};  // row after row: what is there
  int chosen_truth = -1, chosen_answer = -1;
  std::span<const std::uint8_t> truth = {}, answer = {};  // of each item, for a selection
};

struct ConfusionState {
  bool inside = false;
  int truth = 0, answer = 0;  // of the keyboard
};

struct ConfusionEvents {
  int truth = -1, answer = -1;  // pointed at
  bool chosen = false;          // just now
};

// With a selection a cell points at its items, and pressing it goes through them.
ConfusionEvents confusion(Ui& ui, std::string_view id, const Rect& rect, const Confusion& confusion,
                          ConfusionState& state, Selection* selection = nullptr);
// Where its cells lie, and how high it is when they are as large as that.
Rect confusion_cells(const Ui& ui, const Rect& rect);
float confusion_height(const Ui& ui, float cells);
std::string csv(const Confusion& confusion);

}  // namespace vitrine::ui
