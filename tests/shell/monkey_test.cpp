// A monkey at mouse and keyboard: whatever it does, the app goes on, and Dear ImGui's asserts stay silent.
#include <doctest/doctest.h>

#include "app/shell/driver.h"
#include "tests/shell/scratch.h"
#include "tests/support/counts.h"
#include "tests/support/edits.h"

using namespace vitrine;
using namespace vitrine::shell;
using vitrine::testing::Dice;

namespace {

void one_input(Dice& dice, Driver& driver, int width, int height) {
  ui::Headless& window = driver.window();
  switch (dice.below(8)) {
    case 0:
    case 1:
    case 2:
      window.push(ui::input::move(static_cast<float>(dice.below(width)), static_cast<float>(dice.below(height))));
      break;
    case 3:
      window.push(ui::input::button(dice.below(8) == 0 ? 1 : 0, true));
      break;
    case 4:
      window.push(ui::input::button(dice.below(8) == 0 ? 1 : 0, false));
      break;
    case 5:
      window.push(ui::input::wheel(0, static_cast<float>(dice.below(5) - 2)));
      break;
    case 6: {
      const auto key = static_cast<ui::Key>(1 + dice.below(ui::kKeys - 1));
      const bool ctrl = dice.below(6) == 0;
      if (ctrl && key == ui::Key::q) break;
      window.press(key, ctrl, dice.below(6) == 0, dice.below(12) == 0);
      break;
    }
    case 7:
      window.push(ui::input::text(static_cast<char32_t>(32 + dice.below(0x2300))));
      break;
  }
}

void let_loose(std::string_view exhibit, std::uint64_t seed) {
  const Scratch scratch("monkey");
  constexpr int kWidth = 1280, kHeight = 720;
  Driver driver({.width = kWidth, .height = kHeight, .threads = 1, .documents = scratch.folder});
  Dice dice{seed};
  const int inputs = testing::count(testing::kSanitised ? 2'500 : 10'000, 100'000);
  for (int i = 0; i < inputs; ++i) {
    if (i % 500 == 0) {  // it wanders off otherwise
      if (exhibit.empty())
        driver.app().home();
      else
        driver.open(exhibit);
      driver.app().settings().zoom = 1;
    }
    one_input(dice, driver, kWidth, kHeight);
    if (dice.below(2) == 0) driver.frame();
  }
  driver.window().press(ui::Key::escape);
  driver.settle();
  CHECK(driver.window().audit().runs().size() > 0);
}

}  // namespace

TEST_CASE("a monkey in the gallery breaks nothing") {
  let_loose("", 1);
}

TEST_CASE("a monkey in any exhibit breaks nothing") {
  std::uint64_t seed = 2;
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    let_loose(exhibit.id, seed++);
  }
}
