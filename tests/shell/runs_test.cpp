// The runs of an exhibit in the run bar: forking one, going from one to another, and cards that say so in the way of
// nothing.
#include <doctest/doctest.h>

#include "tests/shell/desk.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

constexpr int kHelpFrames = 40;  // two thirds of a second: longer than help waits

struct RunsDesk : Desk {
  explicit RunsDesk(std::string_view exhibit) : Desk({.width = 1280, .height = 720, .threads = 1}) {
    driver.open(exhibit);
    driver.tell(work::command::Step{40});
    driver.settle();
  }
};

}  // namespace

TEST_CASE("a fork keeps the run that it leaves, and both can be chosen") {
  RunsDesk desk("neuron");
  Driver& driver = desk.driver;
  CHECK_FALSE(desk.says("run 1 of 1"));
  driver.tell(work::command::Seek{10});
  driver.frames(20);
  REQUIRE(driver.snapshot()->step == 10);
  driver.click("run.fork");
  CHECK(driver.snapshot()->runs == 2);
  CHECK(driver.snapshot()->run == 1);
  CHECK(driver.snapshot()->head == 10);
  CHECK(desk.says("run 2 of 2"));
  CHECK(faults_of(driver.window().audit()) == "");

  driver.click("run.next");  // there is none: nothing happens
  CHECK(driver.snapshot()->run == 1);
  driver.click("run.previous");
  CHECK(driver.snapshot()->run == 0);
  CHECK(driver.snapshot()->head == 40);
  CHECK(desk.says("run 1 of 2"));
}

TEST_CASE("there is nothing to fork before the first step") {
  Driver driver({});
  driver.open("neuron");
  driver.settle();
  driver.click("run.fork");
  CHECK(driver.snapshot()->runs == 1);
}

TEST_CASE("with several runs everything fits, at every scale that shows the run bar") {
  for (const views::Exhibit& exhibit : views::exhibits())
    for (const float scale : {0.75f, 1.0f, 1.25f}) {
      CAPTURE(exhibit.id);
      CAPTURE(scale);
      Driver driver({.width = 1280, .height = 720, .scale = scale, .threads = 1});
      driver.open(exhibit.id);
      driver.tell(work::command::Step{40});
      for (int i = 0; i < 11; ++i) driver.tell(work::command::Fork{});
      driver.settle();
      CHECK(driver.snapshot()->runs > 1);
      CHECK(faults_of(driver.window().audit()) == "");
      CHECK(driver.where("run.history").w >= 200 * scale);
    }
}

TEST_CASE("help over a row of buttons covers none of them") {
  RunsDesk desk("playground");
  Driver& driver = desk.driver;
  for (const char* name : {"run.play", "run.reset", "run.fork", "Keys", "device", "set circle", "fewer layers"}) {
    CAPTURE(name);
    const ui::Rect item = driver.where(name);
    driver.window().push(ui::input::move(item.middle_x(), item.middle_y()));
    driver.frames(kHelpFrames);
    const ui::Ui& ui = driver.window().ui();
    REQUIRE(ui.help.show);
    REQUIRE_FALSE(ui.help.row.empty());
    CHECK(ui.help.card.right() > ui.help.card.x);
    CHECK_FALSE(ui.help.card.overlaps(ui.help.row, 1));
    CHECK(ui.window().holds(ui.help.card));
  }
}

TEST_CASE("what training moves is not called modified, what a person set is") {
  RunsDesk desk("neuron");
  desk.driver.tell(work::command::Set{"learning.rate", 0.05, true});
  desk.driver.settle();
  std::vector<std::string> dots;
  for (const auto& item : desk.driver.window().audit().items())
    if (item.name.ends_with(".reset") && item.name != "run.reset") dots.push_back(item.name);
  CHECK(dots == std::vector<std::string>{"learning.rate.reset"});
}
