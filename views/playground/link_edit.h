// What a person does to one link, as the text of a control: "layer from to" and a weight, "freeze", "free" or "delete".
// Layers and units count from 1; from 0 is the bias of the unit.
#pragma once

#include <optional>
#include <string_view>

#include "views/playground/model.h"

namespace vitrine::views::playground {

struct LinkEdit {
  int layer = 0, from = 0, to = 0;
  std::optional<float> weight;
  std::optional<bool> live;
};

LinkEdit parse_link_edit(std::string_view text);  // UsageError when it is none
bool names_a_link(const LinkEdit& edit, const NetShape& shape);
void apply(const LinkEdit& edit, const NetShape& shape, Slab& slab);

}  // namespace vitrine::views::playground
