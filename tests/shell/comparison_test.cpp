// Two sessions side by side: the same steps, the same bits until something is changed, and a list of what was.
#include "app/shell/comparison.h"

#include <doctest/doctest.h>

#include "tests/shell/desk.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

struct PairDesk : Desk {
  explicit PairDesk(std::string_view exhibit) : Desk({.width = 1600, .height = 1000, .threads = 1}, exhibit) {
    driver.tell(work::command::Step{7});
    driver.settle();
  }
  void set(std::string_view typed) {
    find(typed);
    press(ui::Key::enter);
  }
  OpenExhibit& open() { return *driver.app().opened(); }
  std::string hash(Side& side) {
    std::string result;
    side.drive->post(
        work::command::Call{[&](work::Runner& runner) { result = work::state_hash(runner.session()).hex(); }});
    return result;
  }
  Side& a() { return open().side; }
  Side& b() { return open().comparison->other(); }
};

}  // namespace

TEST_CASE("a copy begins as it was copied, and takes every step that the first one takes") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    PairDesk desk(exhibit.id);
    desk.press(ui::Key::b, true);
    REQUIRE(desk.open().comparison);
    CHECK(desk.hash(desk.a()) == desk.hash(desk.b()));
    desk.press(ui::Key::space);
    desk.driver.frames(40);
    desk.press(ui::Key::space);
    CHECK(desk.a().shown->step > 7);
    CHECK(desk.a().shown->step == desk.b().shown->step);
    CHECK(desk.hash(desk.a()) == desk.hash(desk.b()));
    desk.press(ui::Key::period);
    CHECK(desk.a().shown->step == desk.b().shown->step);
    CHECK(differences(desk.a(), desk.b()).empty());
    CHECK(faults_of(desk.driver.window().audit()) == "");
  }
}

TEST_CASE("what differs is exactly what was changed, and nothing once it is taken back") {
  PairDesk desk("playground");
  desk.press(ui::Key::b, true);
  desk.set("learning.rate=0.3");
  auto all = differences(desk.a(), desk.b());
  REQUIRE(all.size() == 1);
  CHECK(all[0].path == "learning.rate");
  CHECK(all[0].a == "0.03");
  CHECK(all[0].b == "0.3");
  desk.press(ui::Key::space);
  desk.driver.frames(20);
  desk.press(ui::Key::space);
  CHECK(desk.hash(desk.a()) != desk.hash(desk.b()));
  CHECK(desk.a().shown->step == desk.b().shown->step);
  desk.press(ui::Key::z, true);
  CHECK(differences(desk.a(), desk.b()).empty());
}

TEST_CASE("the head of a side says whose controls are changed") {
  PairDesk desk("playground");
  desk.press(ui::Key::b, true);
  desk.driver.click("compare.A");
  desk.set("learning.rate=0.1");
  const auto all = differences(desk.a(), desk.b());
  REQUIRE(all.size() == 1);
  CHECK(all[0].a == "0.1");
  CHECK(all[0].b == "0.03");
  desk.set("learning.activation=relu");
  CHECK(desk.says("ReLU"));  // as its row calls it
}

TEST_CASE("a side whose run began anew catches up before both go on") {
  PairDesk desk("playground");
  desk.press(ui::Key::b, true);
  desk.b().drive->post(work::command::Reset{});
  desk.driver.settle();
  REQUIRE(desk.b().shown->step == 0);
  desk.press(ui::Key::space);
  desk.driver.frames(30);
  desk.press(ui::Key::space);
  CHECK(desk.a().shown->step == desk.b().shown->step);
  CHECK(desk.hash(desk.a()) == desk.hash(desk.b()));
}

TEST_CASE("alone again, the first one stands as it stood, and the copy holds no memory") {
  PairDesk desk("playground");
  const std::size_t held = desk.driver.app().ledger().bytes();
  const std::string before = desk.hash(desk.a());
  desk.press(ui::Key::b, true);
  desk.set("learning.rate=0.3");
  desk.press(ui::Key::b, true);
  CHECK_FALSE(desk.open().comparison);
  CHECK(desk.hash(desk.a()) == before);
  CHECK(desk.driver.app().ledger().bytes() == held);
}
