// What every exhibit owes every person, held against the registry: no control is dead, everything can be undone, saved
// and reached without a mouse.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "app/shell/driver.h"
#include "app/shell/files/files.h"
#include "tests/shell/scratch.h"
#include "tests/shell/stages.h"
#include "tests/support/counts.h"
#include "tests/support/edits.h"

using namespace vitrine;
using namespace vitrine::shell;
using work::Control;

namespace {

constexpr std::int64_t kSteps = 5;  // enough for a learning rate to show

// An exhibit after some edits and steps: what it is, and, where that does not tell, what it shows while it runs.
class Trial {
 public:
  Trial(std::string_view exhibit, const std::vector<work::Command>& edits, std::shared_ptr<ui::Fonts> fonts)
      : driver_({.width = 1600, .height = 1000, .threads = 1, .fonts = std::move(fonts)}) {
    driver_.open(exhibit);
    for (const work::Command& edit : edits) driver_.tell(edit);
    driver_.expect_ok();
    driver_.app().settings().reduce_motion = false;  // what moves counts, too
    driver_.tell(work::command::Step{kSteps});
    driver_.tell(work::command::Call{[&](work::Runner& runner) {
      state_ = runner.session().save();
      recipe_ = runner.session().recipe().hex();
    }});
    driver_.tell(work::command::Play{});
  }

  // The row of the control in question is left out: it repeats its value.
  bool differs(Trial& other, const std::string& control) {
    return state_.slab != other.state_.slab || state_.counters != other.state_.counters || recipe_ != other.recipe_ ||
           pixels_without(control) != other.pixels_without(control);
  }

 private:
  std::vector<std::uint8_t> pixels_without(const std::string& control) {
    if (!drawn_) driver_.settle();
    drawn_ = true;
    const ui::Image& image = driver_.pixels();
    std::vector<std::uint8_t> rgba = image.rgba;
    for (const auto& item : driver_.window().audit().items()) {
      if (item.name != control) continue;
      const ui::Rect row = item.rect.inset(-driver_.window().ui().theme.u(5), 0);  // with its dot
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
          if (row.holds(ui::Point{static_cast<float>(x), static_cast<float>(y)}))
            std::fill_n(rgba.begin() + static_cast<std::ptrdiff_t>(y * image.width + x) * 4, 4, std::uint8_t{0});
    }
    return rgba;
  }

  Driver driver_;
  work::State state_;
  std::string recipe_;
  bool drawn_ = false;
};

// A control that something else switches off is tried with that on.
std::vector<std::vector<work::Command>> tries(const Control& control, const work::ControlTable& table,
                                              const void* settings) {
  if (control.kind == Control::Kind::action) return {{work::command::Act{control.id}}};
  std::vector<std::vector<work::Command>> all;
  for (const work::Value& value : testing::other_values(control, table.get(settings, control.id)))
    all.push_back({work::command::Set{control.id, value, true}});
  return all;
}

}  // namespace

TEST_CASE("no control of any exhibit is dead, in any of its stages") {
  const auto fonts = std::make_shared<ui::Fonts>(1.0f);
  for (const views::Exhibit& exhibit : views::exhibits()) {
    Driver driver({.width = 1600, .height = 1000, .threads = 1});
    driver.open(exhibit.id);
    for (const auto& stage : stages_of(driver)) {
      for (const work::Command& command : stage) driver.tell(command);
      driver.settle();
      const std::shared_ptr<const void> settings = driver.snapshot()->settings;
      const work::ControlTable& table = table_of(driver);
      Trial before(exhibit.id, stage, fonts);
      for (const Control& control : table.rows()) {
        if (control.kind == Control::Kind::text) continue;  // what a text means is its exhibit's own test
        if (control.disabled && !control.disabled(settings.get()).empty()) continue;
        CAPTURE(exhibit.id);
        CAPTURE(control.id);
        bool alive = false;
        for (const auto& edits : tries(control, table, settings.get())) {
          std::vector<work::Command> all = stage;
          all.insert(all.end(), edits.begin(), edits.end());
          alive = alive || Trial(exhibit.id, all, fonts).differs(before, control.id);
        }
        CHECK(alive);
      }
    }
  }
}

TEST_CASE("a hundred random edits of any exhibit are undone to the hash of the start, and made again") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({.width = 640, .height = 400, .threads = 1});
    driver.open(exhibit.id);
    const std::string start = driver.state_hash();
    const work::ControlTable& table = table_of(driver);
    testing::Dice dice{11};
    for (int i = 0; i < (testing::kSanitised ? 20 : 100); ++i) {
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
