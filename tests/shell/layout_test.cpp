// What opens over an exhibit fits as well as the exhibit does; the sizes, scales and looks are walked in files beside
// this one.
#include <doctest/doctest.h>

#include "app/shell/driver.h"
#include "app/shell/gallery.h"
#include "tests/shell/desk.h"
#include "tests/shell/stages.h"
#include "tests/shell/walk.h"

using namespace vitrine;
using namespace vitrine::shell;

TEST_CASE("menus, drawers and cards fit as well") {
  Driver driver({.width = 1280, .height = 720});
  driver.open("neuron");
  driver.settle();
  for (const char* item : {"Find anything", "Keys", "Look and size", "device"}) {
    CAPTURE(item);
    driver.click(item);
    CHECK(faults_of(driver.window().audit()) == "");
    driver.window().press(ui::Key::escape);
    driver.settle();
  }
  driver.click("Story");
  CHECK(faults_of(driver.window().audit()) == "");
  driver.click("Story");
  driver.window().press(ui::Key::o, true);
  driver.settle();
  CHECK(faults_of(driver.window().audit()) == "");
}

TEST_CASE("a small window shows all that the published playground has") {
  Desk desk({.width = 1280, .height = 720}, "playground");
  static const std::string kItems[] = {"run.reset",
                                       "run.play",
                                       "run.step",
                                       "set circle",
                                       "set spiral",
                                       "set reg-plane",
                                       "data.noise",
                                       "data.share",
                                       "data.regenerate",
                                       "learning.rate",
                                       "learning.batch",
                                       "learning.activation",
                                       "learning.penalty",
                                       "learning.penalty_rate",
                                       "more layers",
                                       "network",
                                       "field",
                                       "loss",
                                       "view.test",
                                       "view.discretise"};
  for (const std::string& item : kItems) {
    CAPTURE(item);
    CHECK(desk.has(item));
  }
  for (const char* words : {"epoch", "train loss", "test loss", "blue", "orange"}) CHECK(desk.says(words));
}

TEST_CASE("no experiment is called more than its row has room for") {
  Desk desk({.width = 1280, .height = 720}, "playground");
  for (const work::Choice& preset : table_of(desk.driver).find("case.preset")->choices) {
    CAPTURE(preset.id);
    desk.driver.tell(work::command::Set{"case.preset", preset.id, true});
    desk.driver.settle();
    CHECK(desk.says(preset.label));
    CHECK(faults_of(desk.audit()) == "");
  }
}

TEST_CASE("rows that the column has no room for stand in a card that fits the window") {
  Desk desk({.width = 1280, .height = 720}, "playground");
  const work::Value fresh = work::Record{{"formula", std::string("x1")}, {"on", true}};
  for (int i = 0; i < 8; ++i) desk.driver.tell(work::command::Insert{"features.own", 0, fresh});
  desk.driver.settle();
  for (const std::string group : {"more:Data", "more:Learning", "more:View"}) {
    CAPTURE(group);
    desk.driver.click(group);
    CHECK(faults_of(desk.audit()) == "");
    desk.press(ui::Key::escape);
  }
}

TEST_CASE("the presenter's larger window keeps its parts apart") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({.width = 1600, .height = 1000});
    driver.open(exhibit.id);
    driver.window().press(ui::Key::f5);
    driver.settle();
    CHECK(driver.window().ui().theme.presenting());
    CHECK(faults_of(driver.window().audit()) == "");
    driver.click("Controls");
    CHECK(faults_of(driver.window().audit()) == "");
  }
}

TEST_CASE("a window too small for more says so and shows the stage alone") {
  Driver driver({.width = 800, .height = 500});
  driver.open("neuron");
  driver.settle();
  CHECK(driver.window().audit().runs().front().text == "The window is too small for more than the stage.");
}

TEST_CASE("a gallery of twelve cases is as orderly as one of two") {
  std::vector<views::Exhibit> twelve;
  while (twelve.size() < 12)
    for (const views::Exhibit& each : views::exhibits()) twelve.push_back(each);
  static const std::string_view kIds[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
  for (std::size_t i = 0; i < twelve.size(); ++i) twelve[i].id = kIds[i % 12];
  twelve.resize(12);
  for (const Size& size : {kSmall, kUsual, kDense}) {
    CAPTURE(size.width);
    ui::Headless window(size.width, size.height, ui::Theme(ui::Look::dark, size.display_scale));
    Gallery gallery(
        twelve,
        [](const views::Exhibit& each) {
          const std::string id = each.title == "Playground" ? "playground" : "neuron";
          return drive_in_step(
              std::make_unique<work::Runner>(id, each.open({.backend = open_device("cpu", 1), .seed = 0})));
        },
        false);
    for (int i = 0; i < 3; ++i) window.frame([&](ui::Ui& ui) { gallery.draw(ui, ui.window()); });
    CHECK(faults_of(window.audit()) == "");
    CHECK(window.audit().items().size() == 12);
  }
  CHECK(tagline(12) == "Twelve cases. Each one trains for real, on this machine, while you push and pull at it.");
  CHECK(tagline(1) == "One case. It trains for real, on this machine, while you push and pull at it.");
}
