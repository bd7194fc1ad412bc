// What computing is made of: the ledger by owner, launches with times, a leak on purpose, and nothing left behind.
#include "app/shell/engine_room.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "app/shell/driver.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

bool shows(Driver& driver, std::string_view text) {
  for (const auto& run : driver.window().audit().runs())
    if (run.text.find(text) != run.text.npos) return true;
  return false;
}

std::size_t leaked_bytes(Driver& driver) {
  for (const Holding& each : holdings(driver.app().ledger()))
    if (each.owner == "leaked") return each.bytes;
  return 0;
}

void enter(Driver& driver, std::string_view exhibit) {
  driver.open(exhibit);
  driver.settle();
  driver.window().press(ui::Key::e, true);
  driver.settle();
}

}  // namespace

TEST_CASE("holdings join what one owner has, the largest first") {
  Ledger ledger;
  ledger.add(10, "a");
  ledger.add(30, "b");
  ledger.add(25, "a");
  const std::vector<Holding> all = holdings(ledger);
  REQUIRE(all.size() == 2);
  CHECK(all[0].owner == "a");
  CHECK(all[0].buffers == 2);
  CHECK(all[0].bytes == 35);
}

TEST_CASE("the engine room of every exhibit names who holds memory and what a step launches") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({.width = 1600, .height = 1000, .threads = 1});
    enter(driver, exhibit.id);
    CHECK(shows(driver, "Memory held"));
    CHECK(shows(driver, "plan arena"));
    CHECK(shows(driver, "One step, launch by launch"));
    CHECK(shows(driver, "backward"));
    const std::string before = driver.state_hash();
    driver.click("engine.again");
    CHECK(driver.state_hash() == before);
    driver.window().press(ui::Key::escape);
    driver.frames(20);
    CHECK_FALSE(shows(driver, "Memory held"));
  }
}

TEST_CASE("a leak grows while the run moves, changes nothing of it, and goes when it is switched off") {
  Driver driver({.width = 1600, .height = 1000, .threads = 1});
  enter(driver, "playground");
  driver.click("engine.leak");
  const auto step = [&](Driver& each, int steps) {
    for (int i = 0; i < steps; ++i) {
      each.tell(work::command::Step{});
      each.settle();
    }
  };
  step(driver, 3);
  const std::size_t early = leaked_bytes(driver);
  CHECK(early > 0);
  step(driver, 3);
  CHECK(leaked_bytes(driver) > early);
  Driver honest({.width = 1600, .height = 1000, .threads = 1});
  honest.open("playground");
  honest.settle();
  step(honest, 6);
  CHECK(driver.state_hash() == honest.state_hash());
  driver.click("engine.leak");
  CHECK(leaked_bytes(driver) == 0);
}

TEST_CASE("closing an exhibit gives back all that it held, even what it leaked") {
  Driver driver({.width = 1600, .height = 1000, .threads = 1});
  driver.settle();
  const std::size_t buffers = driver.app().ledger().count(), bytes = driver.app().ledger().bytes();
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    enter(driver, exhibit.id);
    driver.click("engine.leak");
    driver.tell(work::command::Step{5});
    driver.settle();
    CHECK(leaked_bytes(driver) > 0);
    driver.app().home();
    driver.settle();
    CHECK(driver.app().ledger().count() == buffers);
    CHECK(driver.app().ledger().bytes() == bytes);
    driver.window().press(ui::Key::e, true);  // means nothing in the gallery
    driver.settle();
    CHECK_FALSE(shows(driver, "Memory held"));
  }
}
