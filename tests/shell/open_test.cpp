// Choosing a file by keyboard or mouse, through the folders of the machine.
#include <doctest/doctest.h>

#include <chrono>
#include <tuple>

#include "app/shell/browse.h"
#include "app/shell/files/files.h"
#include "engine/core/file.h"
#include "tests/shell/desk.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;
namespace fs = std::filesystem;

namespace {

struct OpeningPlace {
  Scratch scratch{"open"};
};

struct OpeningDesk : OpeningPlace, Desk {
  OpeningDesk() : Desk({.width = 1280, .height = 720, .threads = 1, .documents = scratch.folder}) {
    fs::create_directories(scratch.folder / "Runs" / "deep");
    fs::create_directories(scratch.folder / ".hidden");
    write_file(scratch.folder / "notes.txt", "");
    Driver other({.threads = 1});
    other.open("neuron");
    other.tell(work::command::Step{6});
    save_document(scratch.folder / "Runs" / "deep" / "six.vitrine", other.document());
    save_document(scratch.folder / "Runs" / "deep" / "other.vitrine", other.document());
    driver.frames(2);
    press(ui::Key::o, true);
  }
};

}  // namespace

TEST_CASE("folders are walked into and a file is opened with the keyboard alone") {
  OpeningDesk desk;
  CHECK(desk.says("Runs/"));
  CHECK_FALSE(desk.says("notes.txt"));
  CHECK_FALSE(desk.says(".hidden/"));
  CHECK(faults_of(desk.driver.window().audit()) == "");
  desk.press(ui::Key::enter);  // Runs/
  CHECK(desk.says("deep/"));
  desk.type("DE");
  desk.press(ui::Key::enter);
  CHECK(desk.says("six.vitrine"));
  desk.type("six");
  CHECK_FALSE(desk.says("other.vitrine"));
  desk.press(ui::Key::enter);
  REQUIRE(desk.driver.app().opened());
  CHECK(desk.driver.snapshot()->step == 6);
}

TEST_CASE("folders are walked into with the mouse, and typing goes on behind") {
  OpeningDesk desk;
  desk.driver.click("row0");
  CHECK(desk.says("deep/"));
  desk.type("deep/o");
  CHECK(desk.says("other.vitrine"));
  desk.driver.click("row0");
  REQUIRE(desk.driver.app().opened());
  CHECK(desk.driver.app().opened()->file.filename() == "other.vitrine");
}

TEST_CASE("where nothing fits the list says so, and Enter still answers with a sentence") {
  OpeningDesk desk;
  desk.type("nowhere/at/all");
  CHECK(faults_of(desk.driver.window().audit()) == "");
  desk.press(ui::Key::enter);
  CHECK_FALSE(desk.driver.app().opened());
  CHECK(desk.shows("cannot be opened"));
}

TEST_CASE("a file that was opened stands first the next time") {
  OpeningDesk desk;
  desk.driver.app().open_file(desk.scratch.folder / "Runs" / "deep" / "six.vitrine");
  desk.press(ui::Key::escape);
  desk.press(ui::Key::o, true);
  CHECK(desk.says("six.vitrine"));
}

TEST_CASE("a path is meant from home, from the documents or from the root") {
  CHECK(meant("~/a", "/home/ada", "/documents") == "/home/ada/a");
  CHECK(meant("~", "/home/ada", "/documents") == "/home/ada/");
  CHECK(meant("a/b", "/home/ada", "/documents") == "/documents/a/b");
  CHECK(meant("/a", "/home/ada", "/documents") == "/a");
}

TEST_CASE("a folder that cannot be listed has its reason") {
  CHECK(list_folder("/nowhere/at/all", ".vitrine").trouble.find("/nowhere/at/all") != std::string::npos);
  CHECK(list_folder("/nowhere/at/all", ".vitrine").entries.empty());
}

TEST_CASE("a file belongs to the exhibit that was saved, not to the one that was opened meanwhile") {
  const Scratch scratch("late");
  Driver driver({.width = 1280, .height = 720, .threads = 1});
  driver.open("neuron");
  driver.settle();
  driver.app().save_to(scratch.folder / "mine.vitrine");
  driver.open("playground");  // before the frame that hears of the file
  driver.settle();
  CHECK(driver.app().opened()->file.empty());
  driver.open("neuron");
  driver.settle();
  driver.app().save_to(scratch.folder / "mine.vitrine");
  driver.settle();
  CHECK(driver.app().opened()->file == scratch.folder / "mine.vitrine");
}

TEST_CASE("an exhibit that is left for the gallery goes on where it was left, or starts afresh when asked") {
  Driver driver({.width = 1600, .height = 1000, .threads = 1});
  const auto press = [&](ui::Key key, bool ctrl, bool shift = false) {
    driver.window().press(key, ctrl, shift);
    driver.settle();
  };
  driver.open("playground");
  driver.settle();
  const std::string start = driver.state_hash();
  driver.tell(work::command::Set{"learning.rate", 0.1, true});
  driver.tell(work::command::Step{9});
  const std::string left = driver.state_hash();
  press(ui::Key::g, true);
  REQUIRE_FALSE(driver.app().opened());
  driver.open("neuron");  // another one in between
  driver.settle();
  press(ui::Key::g, true);
  driver.open("playground");
  driver.settle();
  CHECK(driver.state_hash() == left);
  driver.click("toast.action");
  CHECK(driver.state_hash() == start);
  press(ui::Key::g, true);
  driver.open("playground");  // nothing was done: nothing to come back to
  driver.settle();
  CHECK(driver.window().ui().toast.text.empty());
  driver.tell(work::command::Step{3});
  press(ui::Key::r, true, true);
  CHECK(driver.state_hash() == start);
}

TEST_CASE("a table that is dropped on Heartbeats is learnt from there, as one edit; in the gallery it is points") {
  const Scratch scratch("dropped");
  const fs::path table = scratch.folder / "rows.csv", link = scratch.folder / "link.txt";
  std::string text = "class,a,b\n";
  for (int i = 0; i < 40; ++i)
    text += std::to_string(i % 5 == 0 ? 2 : 1) + "," + std::to_string(i) + "," + std::to_string(i * i % 7) + "\n";
  write_file(table, text);
  write_file(link, "vitrine:neuron");
  Driver driver({.width = 1280, .height = 720, .threads = 1});
  driver.open("heartbeats");
  driver.tell(work::command::Set{"data.scaling", std::string("standard"), true});
  const std::string before = driver.state_hash();
  driver.app().open_file(table);
  driver.settle();
  driver.expect_ok();
  CHECK(faults_of(driver.window().audit()) == "");
  const auto value = [&](const char* path) {
    std::string found;
    for (const auto& [each, v] : driver.document().settings)
      if (each == path) found = to_text(v);
    return found;
  };
  CHECK(value("data.train_file").find("rows.csv") != std::string::npos);
  CHECK(value("data.scaling").find("standard") != std::string::npos);
  driver.tell(work::command::Undo{});
  CHECK(driver.state_hash() == before);
  driver.app().open_file(link);
  driver.settle();
  CHECK(driver.app().opened()->exhibit->id == "neuron");
  driver.app().home();
  driver.app().open_file(table);
  driver.settle();
  REQUIRE(driver.app().opened());
  CHECK(driver.app().opened()->exhibit->id == "playground");
}

TEST_CASE("while a file is read the stage says how far it is and stays in use, and the cross calls it off") {
  for (const auto& [width, height, scale] : {std::tuple{1280, 720, 1.0f}, {1600, 1000, 1.0f}, {3840, 2160, 2.0f}}) {
    Driver driver({.width = width, .height = height, .scale = scale, .threads = 1});
    driver.open("heartbeats");
    driver.settle();
    work::Errand& errand = *driver.app().opened()->side.drive->errand();
    const auto a_while_ago = std::chrono::steady_clock::now() - std::chrono::seconds(8);
    work::Errand::Leg leg(errand, "Reading a_file_with_a_name_that_goes_on_and_on_and_on_and_on_and_on_.csv",
                          a_while_ago);
    leg.reached(0.4, "431,000 rows");
    driver.settle();
    CHECK(faults_of(driver.window().audit()) == "");
    bool said = false;
    for (const auto& run : driver.window().audit().runs())
      said |= run.text.starts_with("40 % · 431,000 rows · about ") && run.text.ends_with(" s left");
    CHECK(said);
    driver.window().press(ui::Key::space);
    driver.settle();
    CHECK(driver.snapshot()->step > 0);
    driver.click("errand");
    CHECK_THROWS_AS(leg.reached(0.5, ""), work::CalledOff);
  }
}
