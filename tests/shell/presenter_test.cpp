// What a room sees: drawers that slide, light on one panel, and the keys that were pressed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/shell/driver.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

bool shows(Driver& driver, std::string_view text) {
  for (const auto& run : driver.window().audit().runs())
    if (run.text == text) return true;
  return false;
}

// How much there is to see: the spread of what its pixels are.
double spread(const ui::Image& image, const ui::Rect& rect) {
  double sum = 0, squares = 0;
  int count = 0;
  for (int y = static_cast<int>(rect.y); y < static_cast<int>(rect.bottom()); y += 3)
    for (int x = static_cast<int>(rect.x); x < static_cast<int>(rect.right()); x += 3, ++count) {
      const auto at = static_cast<std::size_t>(y * image.width + x) * 4;
      const double value = image.rgba[at] + image.rgba[at + 1] + image.rgba[at + 2];
      sum += value;
      squares += value * value;
    }
  return std::sqrt(squares / count - sum / count * sum / count);
}

}  // namespace

TEST_CASE("presenting, the keys that were pressed stand in a pill for a little more than a second") {
  Driver driver({.width = 1600, .height = 1000, .threads = 1});
  driver.open("playground");
  driver.settle();
  driver.window().press(ui::Key::period);
  driver.settle();
  CHECK_FALSE(shows(driver, "One step"));
  driver.window().press(ui::Key::f5);
  driver.settle();
  driver.window().press(ui::Key::period);
  driver.settle();
  CHECK(shows(driver, "One step"));
  CHECK(faults_of(driver.window().audit()) == "");
  driver.frames(80);
  CHECK_FALSE(shows(driver, "One step"));
}

TEST_CASE("presenting, the panel under the pointer keeps its light and the rest loses some") {
  Driver driver({.width = 1600, .height = 1000, .threads = 1});
  driver.open("playground");
  driver.window().press(ui::Key::f5);
  driver.settle();
  const ui::Rect field = driver.where("field"), network = driver.where("network");
  driver.window().push(ui::input::move(2, 2));
  driver.settle();
  const double field_before = spread(driver.pixels(), field), network_before = spread(driver.pixels(), network);
  driver.window().push(ui::input::move(field.middle_x(), field.middle_y()));
  driver.settle();
  CHECK(spread(driver.pixels(), field) > 0.9 * field_before);
  CHECK(spread(driver.pixels(), network) < 0.6 * network_before);
}

TEST_CASE("a drawer slides out in a few frames, and stands at once for who wants less motion") {
  const auto left_edges = [](bool less_motion) {
    Driver driver({.width = 1600, .height = 1000, .threads = 1});
    driver.app().settings().reduce_motion = less_motion;
    driver.open("playground");
    driver.window().press(ui::Key::f5);
    driver.settle();
    driver.window().press(ui::Key::c);
    std::vector<float> edges;
    for (int i = 0; i < 16; ++i) {
      driver.frame();
      for (const auto& item : driver.window().audit().items())
        if (item.name == "learning.rate") edges.push_back(item.rect.x);
    }
    return edges;
  };
  const std::vector<float> sliding = left_edges(false), still = left_edges(true);
  REQUIRE(sliding.size() > 4);
  CHECK(sliding.front() < sliding.back());
  CHECK(std::ranges::is_sorted(sliding));
  CHECK(sliding[2] - sliding[1] >= sliding[5] - sliding[4]);  // slower towards the end
  REQUIRE_FALSE(still.empty());
  CHECK(still.front() == still.back());
  CHECK(still.back() == sliding.back());
}
