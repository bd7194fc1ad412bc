// Where a window goes that stood somewhere before: there, if a screen still shows its title and enough to grip, moved
// inside when it hangs over an edge, and nowhere in particular when no screen is near.
#pragma once

#include <optional>
#include <span>

namespace vitrine::shell {

struct Place {
  int x = 0, y = 0, width = 0, height = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

// Screens without what docks and bars take. No larger than the screen it shows most of itself on.
std::optional<Place> placed(const Place& wanted, std::span<const Place> screens);

}  // namespace vitrine::shell
