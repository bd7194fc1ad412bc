// Where the blocks of a formula lie: in columns from x at the left to the answer at the right, each as close to what it
// feeds as it can be, ordered so that few wires cross. A wire over several columns keeps a lane between their blocks.
#pragma once

#include <array>
#include <vector>

#include "app/ui/ui.h"
#include "views/neuron/settings.h"

namespace vitrine::views::neuron {

struct BlockPlace {
  ui::Rect card;
  std::array<ui::Point, 2> ports{};  // as many as its kind has
  ui::Point out;
};

struct Wire {
  int from = 0, to = 0, port = 0;  // blocks from 0
  std::vector<ui::Point> path;
};

struct DiagramLayout {
  std::vector<BlockPlace> blocks;
  std::vector<Wire> wires;
  float label_width = 0;  // room for numbers behind each block; 0: none
};
DiagramLayout layout_diagram(const ui::Ui& ui, const ui::Rect& rect, const Blocks& blocks);

}  // namespace vitrine::views::neuron
