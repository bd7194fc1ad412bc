// The page of data and weights: what it lists, what it shows of each, and that it fits.
#include <doctest/doctest.h>

#include "app/shell/driver.h"
#include "engine/core/file.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

// A set of three beats, installed as fetch would leave it.
void install_beats(const std::filesystem::path& data) {
  std::string text;
  for (int row = 1; row <= 3; ++row) {
    text += std::to_string(row);
    for (int i = 0; i < 140; ++i) text += "  " + std::to_string((i * row) % 17);
    text += '\n';
  }
  const auto folder = data / "assets" / "ecg5000";
  std::filesystem::create_directories(folder);
  write_file(folder / "ECG5000_TEST.txt", text);
  write_file(folder / "receipt.json", "{\"files\": [{\"path\": \"ECG5000_TEST.txt\", \"bytes\": " +
                                          std::to_string(text.size()) + ", \"known_by\": \"unknown\"}]}");
}

struct Page {
  Driver driver;
  Page(const std::filesystem::path& data, int width, int height, float scale)
      : driver({.width = width, .height = height, .scale = scale, .threads = 1, .data = data}) {
    driver.settle();
    driver.window().press(ui::Key::k, true);
    driver.settle();
    driver.window().type("data and weights");
    driver.settle();
    driver.window().press(ui::Key::enter);
    driver.settle();
  }
  bool shows(std::string_view text) {
    for (const auto& run : driver.window().audit().runs())
      if (run.text.find(text) != run.text.npos) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("the page tells what is here, what vouches for it, and shows some of it") {
  const Scratch scratch("assets-page");
  install_beats(scratch.folder);
  Page page(scratch.folder, 1600, 1000, 1);
  CHECK(page.shows("1 of "));
  CHECK(page.shows("Nobody publishes what its sums must be"));
  CHECK(page.shows("3 items"));
  CHECK(page.shows("MNIST"));
  CHECK(faults_of(page.driver.window().audit()) == "");
}

TEST_CASE("what is missing says so and offers to fetch it") {
  const Scratch scratch("assets-page-empty");
  Page page(scratch.folder, 1600, 1000, 1);
  CHECK(page.shows("0 of "));
  CHECK(page.shows("Fetch"));
  page.driver.click("assets.list");  // the line in its middle
  page.driver.settle();
  CHECK(faults_of(page.driver.window().audit()) == "");
}

TEST_CASE("the page fits every size and look, with a preview of every form") {
  const Scratch scratch("assets-page-sizes");
  install_beats(scratch.folder);
  struct Size {
    int width, height;
    float scale;
  };
  for (const Size size : {Size{1600, 1000, 1}, Size{1280, 720, 1}, Size{1280, 800, 0.75f}, Size{3840, 2160, 3}}) {
    CAPTURE(size.width);
    CAPTURE(size.scale);
    Page page(scratch.folder, size.width, size.height, size.scale);
    for (const ui::Look look : {ui::Look::dark, ui::Look::light, ui::Look::contrast}) {
      page.driver.app().settings().look = look;
      page.driver.settle();
      CHECK(faults_of(page.driver.window().audit()) == "");
    }
  }
}
