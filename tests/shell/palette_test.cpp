// Finding anything by typing, the list of edits, and links through the clipboard.
#include <doctest/doctest.h>

#include "engine/core/file.h"
#include "tests/shell/desk.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

struct PaletteDesk : Desk {
  explicit PaletteDesk(std::string_view exhibit, int width = 1600)
      : Desk({.width = width, .height = width * 9 / 16, .threads = 1}, exhibit) {}
  std::string value(std::string_view path) {
    const auto document = driver.document();
    for (const auto& [each, value] : document.settings)
      if (each == path) return to_text(value);
    return {};
  }
};

}  // namespace

TEST_CASE("a control that was found by its name has the keyboard") {
  PaletteDesk desk("playground");
  desk.find("learning rate");
  CHECK(desk.shows("0.03"));
  CHECK(faults_of(desk.driver.window().audit()) == "");
  desk.press(ui::Key::enter);
  const std::string before = desk.value("learning.rate");
  desk.press(ui::Key::right);
  CHECK(desk.value("learning.rate") != before);
}

TEST_CASE("the address of the experiment is copied from the list of everything, or why there is none is said") {
  PaletteDesk desk("playground");
  desk.find("copy address");
  desk.press(ui::Key::enter);
  const std::string address = ImGui::GetClipboardText();
  CHECK(address.find("dataset=circle") != std::string::npos);
  CHECK(address.find("seed=0.12345") != std::string::npos);
  desk.driver.tell(work::command::Set{"learning.optimiser", std::string("Adam")});
  desk.driver.settle();
  desk.find("copy address");
  desk.press(ui::Key::enter);
  CHECK(ImGui::GetClipboardText() == address);
  CHECK(desk.shows("does not know the optimiser"));
}

TEST_CASE("a control in a folded column is found, too") {
  PaletteDesk desk("playground", 1280);
  desk.press(ui::Key::f5);  // the presenter has the controls in a drawer
  desk.find("learning rate");
  desk.press(ui::Key::enter);
  desk.driver.settle();
  const std::string before = desk.value("learning.rate");
  desk.press(ui::Key::left);
  CHECK(desk.value("learning.rate") != before);
}

TEST_CASE("what reads path=value sets the control, and what cannot be read is said") {
  PaletteDesk desk("playground");
  desk.find("learning.rate=0.5");
  desk.press(ui::Key::enter);
  CHECK(desk.value("learning.rate") == "0.5");
  desk.press(ui::Key::z, true);
  CHECK(desk.value("learning.rate") == "0.03");
  desk.find("learning.rate=[");
  desk.press(ui::Key::enter);
  CHECK(desk.shows("cannot be read"));
  CHECK(desk.value("learning.rate") == "0.03");
}

TEST_CASE("the list of edits goes several edits back, and forth again") {
  PaletteDesk desk("playground");
  const std::string start = desk.driver.state_hash();
  desk.driver.tell(work::command::Set{"learning.rate", 0.3, true});
  desk.driver.tell(work::command::Set{"data.noise", std::int64_t{10}, true});
  desk.driver.tell(work::command::Set{"data.share", std::int64_t{70}, true});
  const std::string end = desk.driver.state_hash();
  desk.press(ui::Key::h, true);
  CHECK(desk.shows("Take back: Learning rate"));
  CHECK(faults_of(desk.driver.window().audit()) == "");
  desk.driver.click("row3");
  CHECK(desk.driver.state_hash() == start);
  desk.press(ui::Key::h, true);
  CHECK(desk.shows("Again: Learning rate"));
  desk.driver.click("row0");
  CHECK(desk.driver.state_hash() == end);
}

TEST_CASE("a copied link opens the same run in another window") {
  PaletteDesk desk("playground");
  desk.driver.tell(work::command::Set{"learning.rate", 0.3, true});
  desk.driver.tell(work::command::Set{"data.set", std::string("spiral"), true});
  desk.driver.tell(work::command::Erase{"network.layers", 0});
  const std::string hash = desk.driver.state_hash();
  desk.press(ui::Key::c, true, true);
  desk.driver.frames(2);
  const std::string link = ImGui::GetClipboardText();
  CHECK(link.starts_with("vitrine:playground "));
  CHECK(link.find("data.set=spiral") != link.npos);
  CHECK(link.find("data.noise") == link.npos);

  PaletteDesk other("neuron");
  ImGui::SetClipboardText(link.c_str());
  other.press(ui::Key::v, true);
  REQUIRE(other.driver.app().opened());
  CHECK(other.driver.app().opened()->exhibit->id == "playground");
  other.driver.expect_ok();
  CHECK(other.driver.state_hash() == hash);
}

TEST_CASE("an address of the published playground opens from the clipboard and from a file") {
  const std::string address = "https://example.org/#dataset=xor&seed=0.10000&networkShape=3&batchSize=7\n";
  const auto opened = [](PaletteDesk& desk) {
    REQUIRE(desk.driver.app().opened());
    CHECK(desk.driver.app().opened()->exhibit->id == "playground");
    desk.driver.expect_ok();
    return desk.driver.state_hash();
  };
  PaletteDesk dropped("neuron"), typed("playground"), pasted("neuron");  // the last one's clipboard is at hand
  ImGui::SetClipboardText(address.c_str());
  pasted.press(ui::Key::v, true);
  const Scratch scratch("address");
  write_file(scratch.folder / "class.txt", address);
  dropped.driver.app().open_file(scratch.folder / "class.txt");
  dropped.driver.settle();
  typed.driver.tell(work::command::Set{"data.address", address});
  CHECK(opened(pasted) == typed.driver.state_hash());
  CHECK(opened(dropped) == typed.driver.state_hash());
}

TEST_CASE("a clipboard without a link is answered in a sentence") {
  for (const char* text :
       {"", "hello", "vitrine:", "vitrine:nothing", "vitrine:playground learning.rate", "\xff\xfe"}) {
    CAPTURE(text);
    PaletteDesk desk("neuron");
    ImGui::SetClipboardText(text);
    desk.press(ui::Key::v, true);
    CHECK(desk.shows("Copy"));  // the banner's own way on, and the remedy's
    CHECK(desk.driver.app().opened()->exhibit->id == "neuron");
  }
  PaletteDesk desk("neuron");
  ImGui::SetClipboardText("vitrine:playground learning.rat=0.3");
  desk.press(ui::Key::v, true);
  CHECK(desk.shows("learning.rate"));
}

TEST_CASE("a link to an exhibit that is not here is told, pasted or dropped, and what is open stays") {
  const Scratch scratch("unknown");
  write_file(scratch.folder / "link.txt", "vitrine:nuron");
  const auto answered = [](PaletteDesk& desk) {
    CHECK(desk.shows("Did you mean neuron?"));
    REQUIRE(desk.driver.app().opened());
    CHECK(desk.driver.app().opened()->exhibit->id == "playground");
  };
  PaletteDesk dropped("playground"), pasted("playground");
  ImGui::SetClipboardText("vitrine:nuron");
  pasted.press(ui::Key::v, true);
  dropped.driver.app().open_file(scratch.folder / "link.txt");
  dropped.driver.settle();
  answered(pasted);
  answered(dropped);
}

TEST_CASE("an exhibit that is left for a link goes on where it was left") {
  PaletteDesk desk("neuron");
  desk.driver.tell(work::command::Step{7});
  const std::string left = desk.driver.state_hash();
  ImGui::SetClipboardText("vitrine:playground");
  desk.press(ui::Key::v, true);
  REQUIRE(desk.driver.app().opened()->exhibit->id == "playground");
  desk.driver.open("neuron");
  desk.driver.settle();
  CHECK(desk.driver.state_hash() == left);
}

TEST_CASE("a control that the file locks keeps its value, one that it hides is not shown, and both can be freed") {
  PaletteDesk desk("playground");
  desk.find("lock learning rate");
  desk.press(ui::Key::enter);
  desk.find("hide noise");
  desk.press(ui::Key::enter);
  CHECK_FALSE(desk.shows("Noise"));
  desk.find("learning.rate=0.5");
  desk.press(ui::Key::enter);
  CHECK(desk.value("learning.rate") == "0.03");
  CHECK(desk.shows("is locked by the file"));
  const Scratch scratch("lesson");
  const auto file = scratch.folder / "lesson.vitrine";
  desk.driver.app().save_to(file);
  desk.driver.settle();

  PaletteDesk pupil("neuron");
  pupil.driver.app().open_file(file);
  pupil.driver.settle();
  CHECK_FALSE(pupil.shows("Noise"));
  pupil.find("learning.rate=0.5");
  pupil.press(ui::Key::enter);
  CHECK(pupil.value("learning.rate") == "0.03");
  pupil.find("free learning rate");
  pupil.press(ui::Key::enter);
  pupil.find("learning.rate=0.5");
  pupil.press(ui::Key::enter);
  CHECK(pupil.value("learning.rate") == "0.5");
  pupil.find("free noise");
  pupil.press(ui::Key::enter);
  CHECK(pupil.shows("Noise"));
}
