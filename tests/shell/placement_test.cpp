// A remembered window comes back to a screen that is there.
#include "app/shell/placement.h"

#include <doctest/doctest.h>

#include <array>

using namespace vitrine::shell;

namespace {
constexpr std::array<Place, 2> kDesk = {{{0, 24, 1920, 1056}, {1920, 0, 2560, 1440}}};
}

TEST_CASE("a window that is in sight stays where it was") {
  const Place window{2000, 100, 1600, 1000};
  CHECK(placed(window, kDesk) == window);
}

TEST_CASE("a window that hangs over an edge is moved inside, under the bar") {
  CHECK(placed({-300, -50, 1600, 1000}, kDesk) == Place{0, 24, 1600, 1000});
  CHECK(placed({4000, 900, 1600, 1000}, kDesk) == Place{2880, 440, 1600, 1000});
}

TEST_CASE("a window that is larger than its screen becomes as large as that") {
  CHECK(placed({100, 100, 1900, 1300}, std::array{kDesk[0]}) == Place{20, 24, 1900, 1056});
}

TEST_CASE("a window on a screen that was unplugged goes where the desktop puts it") {
  CHECK_FALSE(placed({5000, 100, 800, 600}, kDesk));
  CHECK_FALSE(placed({0, 0, 800, 600}, {}));
}

TEST_CASE("far away places do not overflow") {
  CHECK_FALSE(placed({-1048576, 1048576, 16384, 16384}, kDesk));
}
