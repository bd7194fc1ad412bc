// From hand to eye through every wall: input, command, session, snapshot, picture, without a window.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "app/shell/driver.h"
#include "app/shell/screenshot.h"
#include "app/ui/damage.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;
namespace fs = std::filesystem;

namespace {

double number_at(Driver& driver, std::string_view path) {
  for (const auto& [id, value] : driver.document().settings)
    if (id == path)
      return std::holds_alternative<double>(value) ? std::get<double>(value)
                                                   : static_cast<double>(std::get<std::int64_t>(value));
  FAIL("no such control");
  return 0;
}

}  // namespace

TEST_CASE("dragging a slider changes the weight, the snapshot and the picture") {
  Driver driver({});
  driver.open("neuron");
  driver.settle();
  const ui::Image before = driver.pixels();
  const std::string hash = driver.state_hash();
  driver.drag("neuron.weight", 0.4f, 0.8f);
  CHECK(number_at(driver, "neuron.weight") > 0);
  CHECK(driver.state_hash() != hash);
  CHECK(driver.snapshot()->undo == std::vector<std::string>{"Weight w"});
  CHECK(driver.pixels().rgba != before.rgba);

  driver.window().press(ui::Key::z, true);  // one drag is one undo
  driver.settle();
  CHECK(driver.state_hash() == hash);
  driver.window().press(ui::Key::y, true);
  driver.settle();
  CHECK(driver.state_hash() != hash);
}

// What the window does where OpenGL would be computed: kept pictures must never keep what is no longer there.
TEST_CASE("a picture drawn anew only where it changed is the picture") {
  Driver driver({.threads = 1});
  ui::Damage damage;
  ui::Image kept(1600, 1000);
  const auto look = [&](const std::string& when) {
    CAPTURE(when);
    const ImDrawData& data = driver.window().draw_data();
    const ui::Colour wall = driver.window().ui().theme->wall;
    ui::rasterise(data, kept, wall, damage.of(data, wall));
    CHECK(kept.rgba == driver.pixels().rgba);
  };
  driver.frame();
  look("gallery");
  for (const views::Exhibit& exhibit : views::exhibits()) {
    const std::string id(exhibit.id);
    driver.open(id);
    driver.settle();
    look(id);
    driver.tell(work::command::Step{7});
    driver.frame();
    look(id + " after steps");
    driver.window().press(ui::Key::k, true);
    driver.settle();
    look(id + " under the palette");
    driver.window().press(ui::Key::escape);
    driver.app().settings().look = ui::Look::light;
    driver.settle();
    look(id + " in light");
    driver.app().settings().look = ui::Look::dark;
  }
}

TEST_CASE("every exhibit runs, steps and resets by key") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    Driver driver({});
    driver.open(exhibit.id);
    driver.settle();
    const std::string start = driver.state_hash();
    driver.window().press(ui::Key::period);
    driver.settle();
    CHECK(driver.snapshot()->step == 1);
    driver.window().press(ui::Key::space);
    driver.settle();
    driver.frames(3);
    CHECK(driver.snapshot()->playing);
    CHECK(driver.snapshot()->step > 3);
    driver.window().press(ui::Key::space);
    driver.settle();
    CHECK_FALSE(driver.snapshot()->playing);
    driver.window().press(ui::Key::r);
    driver.settle();
    CHECK(driver.snapshot()->step == 0);
    CHECK(driver.state_hash() == start);
  }
}

TEST_CASE("the history slider looks back, and the bar says so") {
  Driver driver({});
  driver.open("neuron");
  driver.tell(work::command::Step{200});
  driver.settle();
  driver.drag("run.history", 0.9f, 0.3f);
  driver.frames(20);
  const auto shown = driver.snapshot();
  CHECK(shown->head == 200);
  CHECK(shown->step > 20);
  CHECK(shown->step < 120);
}

TEST_CASE("the gallery opens what is clicked, and Ctrl+G leads back") {
  Driver driver({});
  driver.settle();
  driver.click("playground");
  REQUIRE(driver.app().opened());
  CHECK(driver.app().opened()->exhibit->id == "playground");
  driver.window().press(ui::Key::g, true);
  driver.settle();
  CHECK_FALSE(driver.app().opened());
  driver.window().press(ui::Key::k, true);
  driver.window().type("first");
  driver.settle();
  driver.window().press(ui::Key::enter);
  driver.settle();
  REQUIRE(driver.app().opened());
  CHECK(driver.app().opened()->exhibit->id == "neuron");
}

TEST_CASE("saved, closed and opened a run goes on bit for bit") {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    const Scratch scratch("continue");
    std::string uninterrupted, at_save;
    {
      Driver driver({.documents = scratch.folder});
      driver.open(exhibit.id);
      driver.tell(work::command::Step{40});
      driver.settle();
      at_save = driver.state_hash();
      driver.window().press(ui::Key::s, true);
      driver.settle();
      driver.tell(work::command::Step{25});
      uninterrupted = driver.state_hash();
    }
    Driver driver({.threads = 1, .documents = scratch.folder});
    driver.app().open_file(scratch.folder / (std::string(exhibit.id) + ".vitrine"));
    driver.settle();
    REQUIRE(driver.app().opened());
    driver.expect_ok();
    CHECK(driver.state_hash() == at_save);
    driver.tell(work::command::Step{25});
    CHECK(driver.state_hash() == uninterrupted);
  }
}

TEST_CASE("a file that is none is told on screen, and nothing else changes") {
  const Scratch scratch("broken");
  write_file(scratch.folder / "broken.vitrine", "{ not a document");
  Driver driver({});
  driver.open("neuron");
  driver.settle();
  const std::string before = driver.state_hash();
  driver.app().open_file(scratch.folder / "broken.vitrine");
  driver.settle();
  CHECK(driver.state_hash() == before);
  bool told = false;
  for (const ui::Audit::Run& run : driver.window().audit().runs())
    told = told || run.text.find("broken.vitrine") != std::string::npos;
  CHECK(told);
  CHECK(faults_of(driver.window().audit()) == "");
}

TEST_CASE("whatever is dropped on the window, the answer is one sentence with a way on") {
  const Scratch scratch("dropped");
  const fs::path folder = scratch.folder;
  write_file(folder / "empty.vitrine", "");
  write_file(folder / "cut.vitrine", "{\"vitrine\": 1, \"exhibit\": \"neu");
  write_file(folder / "picture.vitrine", "\x89PNG\r\n\x1a\n");
  write_file(folder / "picture.csv", "\x89PNG\r\n\x1a\n");
  write_file(folder / "notes.txt", "no JSON");
  write_file(folder / "locked.vitrine", "");
  fs::permissions(folder / "locked.vitrine", fs::perms::none);  // to the superuser it is empty
  write_file(folder / ("long" + std::string(200, 'g') + ".vitrine"), "{}");
  write_file(folder / "huge.vitrine", "");
  fs::resize_file(folder / "huge.vitrine", std::uintmax_t{1} << 40);
  fs::create_directory(folder / "folder");
  fs::create_symlink(folder / "loop", folder / "loop");
  fs::create_directory_symlink(folder, folder / "folder" / "again");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const std::string names[] = {"empty.vitrine",
                               "cut.vitrine",
                               "picture.vitrine",
                               "picture.csv",
                               "notes.txt",
                               "locked.vitrine",
                               "huge.vitrine",
                               "folder",
                               "loop",
                               "folder/again/folder/again",
                               "pipe",
                               "/dev/zero",
                               "/dev/null",
                               "vanished.vitrine",
                               "long" + std::string(200, 'g') + ".vitrine",
                               "no \xff letters.vitrine"};
  for (const std::string& name : names) {
    CAPTURE(name);
    Driver driver({.width = 1280, .height = 720});
    driver.open("neuron");
    driver.settle();
    const std::string before = driver.state_hash();
    driver.app().open_file(folder / name);
    driver.settle();
    CHECK(driver.state_hash() == before);
    std::string said, letters;  // a long name goes on in the next line
    for (const ui::Audit::Run& run : driver.window().audit().runs()) said += run.text + " ", letters += run.text;
    const bool is_text = name.find('\xff') == name.npos;
    if (is_text) CHECK(letters.find(fs::path(name).filename().string()) != letters.npos);
    CHECK(said.find("expected ") != said.npos);
    CHECK(said.find("got ") != said.npos);
    CHECK(faults_of(driver.window().audit()) == "");
  }
}

TEST_CASE("the same screenshot arguments give the same bytes") {
  const Scratch scratch("screenshot");
  ScreenshotOptions options{.exhibit = "neuron", .out = scratch.folder / "a.png", .width = 1280, .height = 720};
  options.steps = 5;
  options.set = {{"learning.rate", "0.02"}};
  const Screenshot first = take_screenshot(options);
  options.out = scratch.folder / "b.png";
  const Screenshot second = take_screenshot(options);
  CHECK(first.state_hash == second.state_hash);
  CHECK(first.state_hash.size() == 32);
  const std::size_t cap = std::size_t{16} << 20;
  CHECK(read_file(scratch.folder / "a.png", cap) == read_file(scratch.folder / "b.png", cap));
  CHECK(first.bytes == read_file(scratch.folder / "a.png", cap).size());
}

TEST_CASE("a table that is to be drawn belongs to the exhibit that is named") {
  const Scratch scratch("table");
  std::string rows;
  for (int i = 0; i < 40; ++i) rows += std::to_string(1 + i % 2) + ",0.5," + std::to_string(i) + "\n";
  write_file(scratch.folder / "rows.csv", rows);
  ScreenshotOptions options{.exhibit = "heartbeats", .out = scratch.folder / "a.png", .width = 1280, .height = 720};
  options.open = scratch.folder / "rows.csv";
  CHECK(take_screenshot(options).exhibit == "heartbeats");
  options.exhibit = "playground";
  CHECK(take_screenshot(options).exhibit == "playground");
}

TEST_CASE("a screenshot refuses what it cannot draw and writes nothing") {
  const Scratch scratch("refused");
  const ScreenshotOptions good{.exhibit = "neuron", .out = scratch.folder / "never.png", .width = 640, .height = 480};
  ScreenshotOptions bad = good;
  bad.exhibit = "neurom";
  CHECK_THROWS_WITH_AS(take_screenshot(bad), doctest::Contains("neuron"), UsageError);
  bad = good;
  bad.width = 0;
  CHECK_THROWS_AS(take_screenshot(bad), UsageError);
  bad = good;
  bad.theme = "sepia";
  CHECK_THROWS_AS(take_screenshot(bad), UsageError);
  bad = good;
  bad.set = {{"learning.rat", "1"}};
  CHECK_THROWS_WITH_AS(take_screenshot(bad), doctest::Contains("learning.rate"), UsageError);
  CHECK(std::filesystem::is_empty(scratch.folder));
}
