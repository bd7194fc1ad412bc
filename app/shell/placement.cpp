// Clamps a window to the screen that shows most of it.
#include "app/shell/placement.h"

#include <algorithm>
#include <cstdint>

namespace vitrine::shell {
namespace {

std::int64_t shared(std::int64_t a, std::int64_t length_a, std::int64_t b, std::int64_t length_b) {
  return std::max<std::int64_t>(0, std::min(a + length_a, b + length_b) - std::max(a, b));
}

std::int64_t shown(const Place& window, const Place& screen) {
  return shared(window.x, window.width, screen.x, screen.width) *
         shared(window.y, window.height, screen.y, screen.height);
}

}  // namespace

std::optional<Place> placed(const Place& wanted, std::span<const Place> screens) {
  const auto best = std::ranges::max_element(screens, {}, [&](const Place& screen) { return shown(wanted, screen); });
  if (best == screens.end() || shown(wanted, *best) == 0) return std::nullopt;
  const int width = std::min(wanted.width, best->width), height = std::min(wanted.height, best->height);
  return Place{std::clamp(wanted.x, best->x, best->x + best->width - width),
               std::clamp(wanted.y, best->y, best->y + best->height - height), width, height};
}

}  // namespace vitrine::shell
