// Reads and writes edits of links, and finds their numbers.
#include "views/playground/link_edit.h"

#include <algorithm>
#include <array>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {
namespace {

constexpr std::int64_t kMostUnits = 100'000;     // far beyond any network that can be made
constexpr double kMostWeight = 1e6;              // nothing that learns comes near it
constexpr std::size_t kMostHeldLinks = 100'000;  // what can be read within a frame

std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

std::optional<LinkPlace> take_place(std::string_view& text) {
  std::array<int, 3> place{};
  for (int& number : place) {
    const auto read = parse_integer(take_until(text, ' '));
    if (!read || *read < 0 || *read > kMostUnits) return std::nullopt;
    number = static_cast<int>(*read);
  }
  return LinkPlace{place[0], place[1], place[2]};
}

std::optional<float> read_weight(std::string_view text) {
  const auto weight = parse_real(text);
  if (!weight || !(*weight >= -kMostWeight && *weight <= kMostWeight)) return std::nullopt;
  return static_cast<float>(*weight);
}

std::string beginning(std::string_view text) {
  constexpr std::size_t kShown = 80;
  return std::string(text.substr(0, kShown));
}

}  // namespace

LinkEdit parse_link_edit(std::string_view text) {
  std::string_view left = text;
  const std::optional<LinkPlace> place = take_place(left);
  if (place) {
    if (left == "freeze") return {*place, LinkVerb::freeze};
    if (left == "free") return {*place, LinkVerb::free};
    if (left == "delete") return {*place, LinkVerb::remove};
    if (const auto weight = read_weight(left)) return {*place, LinkVerb::weigh, *weight};
  }
  throw UsageError({"network.link", "does nothing to a link", "layer from to weight, as in 1 2 3 -0.5, or 1 2 3 freeze",
                    beginning(text), "Write three numbers and a weight, freeze, free or delete."});
}

std::string write_link(const LinkPlace& place, std::string_view what) {
  return to_text(std::int64_t{place.layer}) + " " + to_text(std::int64_t{place.from}) + " " +
         to_text(std::int64_t{place.to}) + " " + std::string(what);
}

std::vector<HeldLink> parse_held(std::string_view text) {
  std::vector<HeldLink> held;
  while (!text.empty()) {
    std::string_view one = take_until(text, ',');
    if (one.starts_with(' ')) one.remove_prefix(1);
    std::string_view left = one;
    const std::optional<LinkPlace> place = take_place(left);
    const std::optional<float> weight = read_weight(left);
    if (!place || !weight || place->from == 0 || held.size() == kMostHeldLinks) {
      throw UsageError({"network.held", "names no link that could be held",
                        "layer from to weight, with commas between, as in 1 2 3 -0.5, 2 1 1 0", beginning(one),
                        "Write three numbers from 1 and a weight for each link."});
    }
    held.push_back({*place, *weight});
  }
  return held;
}

std::string write_held(std::span<const HeldLink> held) {
  std::string text;
  for (const HeldLink& each : held) text += (text.empty() ? "" : ", ") + write_link(each.place, to_text(each.weight));
  return text;
}

std::optional<LinkCells> cells_of(const LinkPlace& place, const NetShape& shape, std::span<const int> inputs,
                                  const Slab& slab) {
  if (place.layer < 1 || place.layer > shape.layers() || place.to < 1 || place.to > shape.units(place.layer)) return {};
  const auto to = static_cast<std::size_t>(place.to) - 1;
  if (place.from == 0) return LinkCells{slab.region(bias_of(place.layer)).offset + to, {}};
  int row = place.from - 1;
  if (place.layer == 1) row = static_cast<int>(std::ranges::find(inputs, row) - inputs.begin());
  if (row >= (place.layer == 1 ? static_cast<int>(inputs.size()) : shape.units(place.layer - 1))) return {};
  const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(shape.units(place.layer)) + to;
  return LinkCells{slab.region(weights_of(place.layer)).offset + at, slab.region(live_of(place.layer)).offset + at};
}

}  // namespace vitrine::views::playground
