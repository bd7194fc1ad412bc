// What every exhibit owes every person, held against the registry: everything can be undone, saved and reached without
// a mouse.
#include <doctest/doctest.h>

#include <cstdint>
#include <set>

#include "app/shell/driver.h"
#include "app/shell/files/files.h"
#include "engine/core/error.h"
#include "tests/shell/scratch.h"
#include "tests/shell/stages.h"
#include "tests/support/counts.h"
#include "tests/support/edits.h"

using namespace vitrine;
using namespace vitrine::shell;

TEST_CASE("a hundred random edits of any exhibit are undone to the hash of the start, and made again") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({.width = 640, .height = 400, .threads = 1});
    driver.open(exhibit.id);
    const std::string start = driver.state_hash();
    const work::ControlTable& table = table_of(driver);
    testing::Dice dice{11};
    for (int i = 0; i < (testing::kSanitised ? 8 : 100); ++i) {
      driver.tell(testing::random_edit(table, driver.snapshot()->settings.get(), dice));
      driver.expect_ok();
    }
    const std::string end = driver.state_hash();
    CHECK(end != start);
    driver.tell(work::command::Undo{1000});
    driver.expect_ok();
    CHECK(driver.state_hash() == start);
    driver.tell(work::command::Redo{1000});
    driver.expect_ok();
    CHECK(driver.state_hash() == end);
  }
}

TEST_CASE("saved after random edits and steps, any exhibit opens with the same hash") {
  for (const views::Exhibit& exhibit : views::exhibits())
    for (std::uint64_t seed = 1; seed <= (testing::kSanitised ? 1 : 5); ++seed) {
      CAPTURE(exhibit.id);
      CAPTURE(seed);
      Driver driver({.width = 640, .height = 400, .threads = 1});
      driver.open(exhibit.id);
      const work::ControlTable& table = table_of(driver);
      testing::Dice dice{seed};
      for (int i = 0; i < 20; ++i) driver.tell(testing::random_edit(table, driver.snapshot()->settings.get(), dice));
      driver.tell(work::command::Step{7});
      driver.expect_ok();
      Driver other({.width = 640, .height = 400, .threads = 1});
      other.app().open_document(read_document(write_document(driver.document()), "saved"), {});
      other.expect_ok();
      CHECK(other.state_hash() == driver.state_hash());
    }
}

TEST_CASE("a file that claims to stand where no run comes to is refused by any exhibit, and the run stays") {
  constexpr std::int64_t kLast = std::int64_t{1} << 40;
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({.width = 640, .height = 400, .threads = 1});
    driver.open(exhibit.id);
    driver.tell(work::command::Step{2});
    const work::Document good = driver.document();
    const std::string hash = driver.state_hash();
    const auto refused = [&](const work::Document& document) {
      driver.tell(work::command::Call{[&](work::Runner& runner) { runner.open(document); }});
      CHECK_THROWS_AS(driver.expect_ok(), UsageError);
      CHECK(driver.state_hash() == hash);
    };
    for (const std::int64_t step : {kLast + 1, INT64_MAX}) {
      work::Document far = good;
      far.state.step = step;
      refused(far);
    }
    for (std::size_t i = 0; i < good.state.counters.size(); ++i) {
      if (exhibit.id == "playground" && i == 1) continue;  // the bits of a loss: any are a number or none
      work::Document far = good;
      far.state.counters[i] = UINT64_MAX / 2;
      refused(far);
    }
  }
}

TEST_CASE("every control of every exhibit is reached by keyboard, in each of its stages") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    Driver driver({.width = 1600, .height = 1000, .threads = 1});
    driver.open(exhibit.id);
    for (const auto& stage : stages_of(driver)) {
      for (const work::Command& command : stage) driver.tell(command);
      driver.settle();
      std::set<std::string> reached, wanted;
      for (const auto& item : driver.window().audit().items())
        if (!item.inner && !item.name.ends_with(".reset")) wanted.insert(item.name);  // Delete on the row resets
      const auto look = [&] {
        for (const auto& item : driver.window().audit().items())
          if (item.focused) reached.insert(item.name);
      };
      for (std::size_t i = 0; i < 2 * wanted.size(); ++i) {
        driver.window().press(ui::Key::tab);
        driver.settle();
        look();
      }
      std::string missed;
      for (const std::string& name : wanted)
        if (!reached.contains(name)) missed += name + ", ";
      CAPTURE(exhibit.id);
      CHECK(missed == "");
    }
  }
}
