// What a person does to one link, as the text of a control: "layer from to" and a weight, "freeze", "free" or "delete";
// and the links that are held, as another: "layer from to weight", one after the other with commas between. A held link
// keeps its weight whatever training does; one that is held at 0 is deleted. Layers and units count from 1, features
// with those that are off; from 0 is the bias of the unit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "views/playground/model.h"

namespace vitrine::views::playground {

struct LinkPlace {
  int layer = 0, from = 0, to = 0;
  friend bool operator==(const LinkPlace&, const LinkPlace&) = default;
};

enum class LinkVerb { weigh, freeze, free, remove };

struct LinkEdit {
  LinkPlace place;
  LinkVerb verb = LinkVerb::weigh;
  float weight = 0;  // of weigh
};
LinkEdit parse_link_edit(std::string_view text);  // UsageError when it is none
std::string write_link(const LinkPlace& place, std::string_view what);

struct HeldLink {
  LinkPlace place;
  float weight = 0;
  friend bool operator==(const HeldLink&, const HeldLink&) = default;
};
std::vector<HeldLink> parse_held(std::string_view text);  // UsageError when it is none
std::string write_held(std::span<const HeldLink> held);

// Where in saved values of a slab the numbers of a link lie; none: the network has no such link.
struct LinkCells {
  std::size_t weight = 0;
  std::optional<std::size_t> live;  // a bias has none
};
std::optional<LinkCells> cells_of(const LinkPlace& place, const NetShape& shape, std::span<const int> inputs,
                                  const Slab& slab);

}  // namespace vitrine::views::playground
