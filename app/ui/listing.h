// A Listing is a program to read: lines of mono text in a box, those that changed last marked, as many as fit. The rest
// is reached with the wheel, or inside with the arrows; a change that lies outside is brought into view.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/ui.h"

namespace vitrine::ui {

struct ListingState {
  bool inside = false;
  int first = 0;                   // line at the top
  std::string kind;                // of what was drawn last
  std::vector<std::string> lines;  // likewise
  std::vector<bool> changed;       // since the text was another
};

struct Listing {
  std::string_view kind;  // its language: what changes within one is marked
  std::span<const std::string> lines;
  int start = 0;                              // the line that another text opens with
  std::function<bool(int line)> is_lit = {};  // what is pointed at elsewhere is said here; none: no line
};
struct ListingEvents {
  int hovered = -1, chosen = -1;  // lines; chosen: just now
};
ListingEvents listing(Ui& ui, std::string_view id, const Rect& rect, const Listing& what, ListingState& state);

// Which lines of `after` are not in `before`, in order: the complement of a longest common subsequence.
std::vector<bool> changed_lines(std::span<const std::string> before, std::span<const std::string> after);

}  // namespace vitrine::ui
