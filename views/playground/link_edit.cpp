// Reads an edit and carries it out on the slab.
#include "views/playground/link_edit.h"

#include <array>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {
namespace {

std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

void write(Slab& slab, const std::string& name, std::int64_t at, float value) {
  const Region& region = slab.region(name);
  std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
  slab.read(region, values);
  values[static_cast<std::size_t>(at)] = value;
  slab.write(region, values);
}

}  // namespace

LinkEdit parse_link_edit(std::string_view text) {
  constexpr std::int64_t kMost = 100'000;  // far beyond any network that can be made
  const auto refuse = [&] {
    throw UsageError({"network.link", "does nothing to a link",
                      "layer from to weight, as in 1 2 3 -0.5, or 1 2 3 freeze", std::string(text.substr(0, 80)),
                      "Write three numbers and a weight, freeze, free or delete."});
  };
  std::string_view left = text;
  std::array<int, 3> place{};
  for (int& number : place) {
    const auto read = parse_integer(take_word(left));
    if (!read || *read < 0 || *read > kMost) refuse();
    number = static_cast<int>(*read);
  }
  LinkEdit edit{place[0], place[1], place[2], {}, {}};
  if (left == "freeze" || left == "delete") edit.live = false;
  if (left == "free") edit.live = true;
  if (left == "delete") edit.weight = 0.0f;
  if (!edit.live) {
    const auto weight = parse_real(left);
    if (!weight || !(*weight >= -1e6 && *weight <= 1e6)) refuse();
    edit.weight = static_cast<float>(*weight);
  }
  return edit;
}

bool names_a_link(const LinkEdit& edit, const NetShape& shape) {
  if (edit.layer < 1 || edit.layer > shape.layers() || edit.to < 1 || edit.to > shape.units(edit.layer)) return false;
  return edit.from == 0 ? !edit.live : edit.from <= shape.units(edit.layer - 1);
}

void apply(const LinkEdit& edit, const NetShape& shape, Slab& slab) {
  if (edit.from == 0) return write(slab, bias_of(edit.layer), edit.to - 1, *edit.weight);
  const std::int64_t at = std::int64_t{edit.from - 1} * shape.units(edit.layer) + edit.to - 1;
  if (edit.weight) write(slab, weights_of(edit.layer), at, *edit.weight);
  if (edit.live) write(slab, live_of(edit.layer), at, *edit.live ? 1.0f : 0.0f);
}

}  // namespace vitrine::views::playground
