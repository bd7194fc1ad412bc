// A Network is the diagram of units and what connects them: a column of features, one of tiles per layer, the output at
// the right edge. Every tile shows its unit's answer; links carry weights as width and colour, and flow along the steps
// taken. Structure is edited on it: features switch, layers grow, links bend by hand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/draw.h"
#include "app/ui/rows.h"

namespace vitrine::ui {

struct Network {
  struct Unit {
    std::string label = {};         // "x₁": beside the tile of a feature
    const Texture* tile = nullptr;  // null: an empty tile
    bool active = true;             // an inactive feature is faint and has no links
    std::optional<double> bias = {};
  };
  enum class Kind { features, layer, output };  // an output has no tile: its links end at the right edge
  struct Column {
    Kind kind = Kind::layer;
    std::string head = {};  // "Features"; "4 tanh" between − and +; empty over an output
    std::vector<Unit> units = {};
    std::string cannot_add = {}, cannot_remove = {};  // the reason; layers only
  };
  // What training does with a link: moves it, leaves it as it is, or leaves it out.
  enum class Fate { learns, frozen, gone };
  struct Link {
    int column = 0;  // from here to the next
    int from = 0, to = 0;
    float weight = 0, gradient = 0;
    Fate fate = Fate::learns;
  };
  std::vector<Column> columns;
  std::vector<Link> links;
  double flow = 0;  // steps taken: a step moves the dots by a part of their distance
  bool shows_flow = true;
};

struct UnitAt {
  int column = -1, unit = -1;
  bool valid() const { return column >= 0; }
  friend bool operator==(const UnitAt&, const UnitAt&) = default;
};

struct NetworkState {  // what the view remembers of it
  bool inside = false;
  UnitAt pinned;      // its field fills the output until it is clicked again
  UnitAt cursor;      // of the keyboard
  int link = -1;      // under the keyboard or in the hand
  UnitAt bias;        // of the unit, in the hand
  float grabbed = 0;  // weight or bias when it was taken, and where
  float grabbed_y = 0;
  Point held_at;
  bool in_hand = false, moved = false;
  int turned = -1;   // a link that the wheel moves, until the pointer leaves it
  float wanted = 0;  // the weight that the wheel gave it
  int menu = -1;     // the link that the menu is about
  Point menu_at;
};

enum class LinkDeed { none, freeze, free, remove };  // free: it learns again, also when it was gone

struct NetworkEvents {
  UnitAt shown;                       // hovered, else under the keyboard, else pinned
  UnitAt pinned;                      // changed just now: state.pinned is new
  UnitAt toggled;                     // a feature
  int add_to = -1, remove_from = -1;  // a column
  int link = -1;                      // the edit, or the deed, is about it
  UnitAt bias;                        // or the edit is about this unit's bias
  float weight = 0;                   // is wanted
  Edit edit = Edit::none;             // changed while it is in the hand, committed when it is let go
  LinkDeed deed = LinkDeed::none;
};

NetworkEvents network(Ui& ui, std::string_view id, const Rect& rect, const Network& network, NetworkState& state);

// A line for each link, then one for each bias; hidden units are called by layer and number, "1.2".
std::string csv(const Network& network);

// Where everything lies: tiles by column and unit, links start and end at the middles of their sides.
struct NetworkLayout {
  Rect heads, body;
  float tile = 0;                        // edge of the tiles
  std::vector<float> middle;             // of each column
  std::vector<std::vector<Rect>> tiles;  // an output's are points at the right edge
  std::vector<bool> strip;               // more than 12 units, or too little room for tiles
};
NetworkLayout layout_network(const Ui& ui, const Rect& rect, const Network& network);

}  // namespace vitrine::ui
