// What keys and the pages of looks do, whoever asks.
#include <doctest/doctest.h>

#include "app/shell/deeds.h"
#include "engine/core/file.h"
#include "tests/shell/desk.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;
namespace fs = std::filesystem;

namespace {

struct DeedDesk : Desk {
  explicit DeedDesk(fs::path documents = {})
      : Desk({.width = 1600, .height = 1000, .threads = 1, .documents = std::move(documents)}) {
    driver.frames(2);
  }
  void choose_look_row(int row) {
    find("look and size");
    press(ui::Key::enter);
    driver.click("row" + std::to_string(row));
    press(ui::Key::escape);
  }
  Settings& settings() { return driver.app().settings(); }
};

}  // namespace

TEST_CASE("every deed has a row and a name of its own, and no two have the same keys") {
  for (int i = 0; i <= static_cast<int>(Deed::quit); ++i) {
    const auto deed = static_cast<Deed>(i);
    REQUIRE(std::ranges::count(deeds(), deed, &DeedRow::deed) == 1);
    const DeedRow& row = row_of(deed);
    CAPTURE(row.label);
    CHECK(std::ranges::count(deeds(), row.label, &DeedRow::label) == 1);
    if (row.key != ui::Key::none) CHECK(std::ranges::count(deeds(), keys_of(row), keys_of) == 1);
  }
}

TEST_CASE("a look is chosen by its row or by the key that goes round, and the desktop is followed no more") {
  DeedDesk desk;
  desk.settings().follow_desktop = true;
  desk.choose_look_row(2);
  CHECK(desk.settings().look == ui::Look::contrast);
  CHECK_FALSE(desk.settings().follow_desktop);
  CHECK(desk.driver.window().ui().theme.look() == ui::Look::contrast);
  desk.press(ui::Key::t);
  CHECK(desk.settings().look == ui::Look::dark);
  desk.press(ui::Key::t);
  CHECK(desk.settings().look == ui::Look::light);
  desk.choose_look_row(0);
  CHECK(desk.settings().look == ui::Look::dark);
  desk.choose_look_row(8);  // less motion, which a driver begins with
  CHECK_FALSE(desk.settings().reduce_motion);
}

TEST_CASE("everything grows and shrinks between two ends, and one key leads back") {
  DeedDesk desk;
  for (int i = 0; i < 3; ++i) desk.press(ui::Key::plus, true);
  CHECK(desk.settings().zoom == doctest::Approx(1.331));
  CHECK(desk.driver.window().ui().theme.scale() == doctest::Approx(1.33));
  desk.press(ui::Key::n0, true);
  CHECK(desk.settings().zoom == 1);
  desk.settings().zoom = kMostZoom;
  desk.press(ui::Key::plus, true);
  CHECK(desk.settings().zoom == kMostZoom);
  desk.settings().zoom = kLeastZoom;
  desk.press(ui::Key::minus, true);
  CHECK(desk.settings().zoom == kLeastZoom);
}

TEST_CASE("a key of the stage means nothing in the gallery") {
  DeedDesk desk;
  for (const ui::Key key : {ui::Key::space, ui::Key::period, ui::Key::r, ui::Key::c}) desk.press(key);
  CHECK_FALSE(desk.driver.app().opened());
  CHECK(faults_of(desk.driver.window().audit()) == "");
}

TEST_CASE("a figure is saved beside earlier ones of its name, and where it cannot be that is said") {
  const Scratch scratch("figures");
  const auto save = [](DeedDesk& desk, const std::string& bytes) {
    desk.driver.window().ui().outbox.push_back({.name = "loss.svg", .bytes = bytes});
    desk.driver.frames(2);
  };
  DeedDesk desk(scratch.folder);
  for (const char* bytes : {"first", "second", "third"}) save(desk, bytes);
  CHECK(read_file(scratch.folder / "loss.svg", 100) == "first");
  CHECK(read_file(scratch.folder / "loss 2.svg", 100) == "second");
  CHECK(read_file(scratch.folder / "loss 3.svg", 100) == "third");
  DeedDesk nowhere("/proc/nowhere");
  save(nowhere, "lost");
  CHECK(nowhere.has("remedy"));
}
