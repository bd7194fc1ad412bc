// The exhibits, in gallery order: one line each.
#include <algorithm>
#include <array>

#include "views/exhibit.h"
#include "views/heartbeats/reading.h"
#include "views/heartbeats/session.h"
#include "views/neuron/session.h"
#include "views/playground/read_text.h"
#include "views/playground/session.h"
#include "views/texts.h"

namespace vitrine::views {

std::span<const Exhibit> exhibits() {
  static constexpr std::array kAll{
      Exhibit{"neuron", "First neuron", "A line, two knobs and a landscape", texts::neuron, "step", neuron::open,
              neuron::view},
      Exhibit{"playground", "Playground", "Bend a boundary with a small network", texts::playground, "epoch",
              playground::open, playground::view, playground::read_text, playground::write_text},
      Exhibit{"heartbeats", "Heartbeats", "Teach a network what is normal", texts::heartbeats, "epoch",
              heartbeats::open, heartbeats::view, nullptr, nullptr, heartbeats::settings_of_file},
  };
  return kAll;
}

const Exhibit* find_exhibit(std::string_view id) {
  const auto found = std::ranges::find(exhibits(), id, &Exhibit::id);
  return found == exhibits().end() ? nullptr : &*found;
}

std::optional<work::Permalink> link_of_text(std::string_view text, TextFrom from) {
  if (work::looks_like_permalink(text)) return work::parse_permalink(text);
  for (const Exhibit& exhibit : exhibits()) {
    if (exhibit.read_text == nullptr) continue;
    if (auto link = exhibit.read_text(text, from)) return link;
  }
  return {};
}

}  // namespace vitrine::views
