// A listing marks the lines that are new, and nothing else.
#include "app/ui/listing.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/headless.h"

namespace vitrine::ui {
namespace {

using Lines = std::vector<std::string>;
using Marks = std::vector<bool>;

TEST_CASE("changed lines are those outside a longest common subsequence") {
  CHECK(changed_lines(Lines{"a", "b", "c"}, Lines{"a", "x", "c"}) == Marks{false, true, false});
  CHECK(changed_lines(Lines{"a", "b"}, Lines{"a", "b", "b"}) == Marks{false, false, true});
  CHECK(changed_lines(Lines{"a", "b", "c"}, Lines{"c"}) == Marks{false});
  CHECK(changed_lines(Lines{}, Lines{"a"}) == Marks{true});
  CHECK(changed_lines(Lines{"a"}, Lines{}).empty());
}

TEST_CASE("another text of the same kind is marked and brought into view, one of another kind is not") {
  Lines lines(60, "line");
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] += " " + std::to_string(i);
  ListingState state;
  Headless headless(400, 300, Theme(Look::dark, 1));
  const auto show = [&](std::string_view kind) {
    headless.frame([&](Ui& ui) { listing(ui, "code", {20, 20, 300, 200}, {kind, lines, 10}, state); });
  };
  show("js");
  CHECK(state.first == 9);
  CHECK(std::ranges::count(state.changed, true) == 0);
  lines[50] = "another";
  show("js");
  CHECK(state.changed[50]);
  CHECK(std::ranges::count(state.changed, true) == 1);
  CHECK(state.first > 30);
  show("cpp");
  CHECK(std::ranges::count(state.changed, true) == 0);
}

}  // namespace
}  // namespace vitrine::ui
