// The diagram of blocks, on which they are wired: click a port, then the block that it shall take, or the other way
// round; with the keyboard arrows move between ports and blocks, Enter takes and gives, Delete opens a port or takes a
// block away. Numbers on the wires are those of one point.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/layout.h"
#include "views/neuron/graph.h"
#include "views/neuron/polynomial.h"

namespace vitrine::ui {
struct Ui;
}

namespace vitrine::views::neuron {

struct Spot {  // a port of a block, or with port −1 its body, where its value comes out
  int block = -1, port = -1;
  bool valid() const { return block >= 0; }
  friend bool operator==(const Spot&, const Spot&) = default;
};

struct Diagram {
  const Blocks& blocks;  // on the stage
  const Fit& fit;        // the numbers, while these blocks run
  bool values = true, gradients = true;
  ui::Rect heading_line = {};  // what the heading over it left, to offer itself there; empty: nothing is offered
};

struct DiagramState {
  bool inside = false;
  Spot cursor;
  Spot taken;       // waits for the other end of its wire
  int chosen = -1;  // whose rows stand in the column
};

std::string csv(const Diagram& diagram);  // a row for each block, its wires by the numbers of blocks

// The blocks as they shall be, when something was done to them.
std::optional<Blocks> diagram(ui::Ui& ui, std::string_view id, const ui::Rect& rect, const Diagram& diagram,
                              DiagramState& state);

}  // namespace vitrine::views::neuron
