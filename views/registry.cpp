// The exhibits, in gallery order: one line each.
#include <algorithm>
#include <array>

#include "views/exhibit.h"
#include "views/neuron/session.h"
#include "views/playground/session.h"
#include "views/texts.h"

namespace vitrine::views {

std::span<const Exhibit> exhibits() {
  static constexpr std::array kAll{
      Exhibit{"neuron", "First neuron", "A line, two knobs and a landscape", texts::neuron, "step", neuron::open,
              neuron::view},
      Exhibit{"playground", "Playground", "Bend a boundary with a small network", texts::playground, "epoch",
              playground::open, playground::view},
  };
  return kAll;
}

const Exhibit* find_exhibit(std::string_view id) {
  const auto found = std::ranges::find(exhibits(), id, &Exhibit::id);
  return found == exhibits().end() ? nullptr : &*found;
}

}  // namespace vitrine::views
