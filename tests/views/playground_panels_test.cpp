// The panels of the Playground hand out their numbers and their pictures, and fit.
#include <doctest/doctest.h>

#include <string>

#include "app/work/words.h"
#include "tests/views/stage.h"
#include "views/playground/session.h"

namespace vitrine::views {
namespace {

using work::command::Set;

struct PanelDesk {
  Stage stage;

  explicit PanelDesk(int width = 1600, int height = 1000, bool compact = false)
      : stage(*find_exhibit("playground"), width, height, ui::Theme(ui::Look::dark, 1, compact)) {}

  void click(const ui::Rect& at) {
    stage.headless.click(at.centre().x, at.centre().y);
    stage.settle();
  }
  // Of the canvas with this name, or of the words where there is none.
  ui::Rect place(const std::string& name) const {
    const ui::Rect canvas = stage.place(name);
    if (canvas.w > 0) return canvas;
    for (const ui::Audit::Run& run : stage.headless.audit().runs())
      if (run.text == name) return run.fit;
    return {};
  }
  // Points into the panel, opens the menu that its heading holds out, and takes a way.
  bool take(const std::string& panel, const std::string& way) {
    stage.headless.ui().outbox.clear();
    ImGui::SetClipboardText("");
    const ui::Point inside = place(panel).centre();
    stage.headless.push(ui::input::move(inside.x, inside.y));
    stage.settle();
    for (const std::string& next : {std::string("save"), way}) {
      const ui::Rect at = stage.place(next);
      if (at.w <= 0) return false;
      click(at);
    }
    return true;
  }
};

TEST_CASE("no instrument has a fault, whatever the size, with many runs and a chosen one") {
  struct Window {
    int width, height;
    bool compact;
  };
  for (const Window& window : {Window{1280, 720, true}, Window{1600, 1000, false}, Window{900, 560, true}}) {
    PanelDesk desk(window.width, window.height, window.compact);
    for (int i = 0; i < 12; ++i) {
      desk.stage.tell(Set{"learning.rate", 0.01 * (i + 1)});
      desk.stage.tell(work::command::Step{60});
    }
    for (const char* instrument : {"gradients", "weights", "slopes", "units", "classes", "runs", "code"}) {
      CAPTURE(window.width);
      CAPTURE(instrument);
      desk.stage.tell(Set{"view.instrument", std::string(instrument)});
      desk.stage.settle();
      CHECK(desk.stage.faults() == "");
      if (const ui::Rect table = desk.stage.place("runs"); table.w > 0) {
        desk.click(table);
        CHECK(desk.stage.place("take settings").w > 0);
        CHECK(desk.stage.faults() == "");
      }
    }
  }
}

TEST_CASE("classes are called as their table calls them, in the legend, the confusion and their own table") {
  std::string table = "x,y,bird\n";
  for (int i = 0; i < 90; ++i) {
    const char* names[] = {
        "adelie penguin", "chinstrap", "emperor",     "gentoo",
        "king",           "macaroni",  "little blue", "a name that no line has room for, however wide it is",
        "royal"};
    table += to_text(std::int64_t{i % 9 - 4}) + "," + to_text(std::int64_t{i % 5}) + "," +
             work::csv_field(names[i % 9]) + "\n";
  }
  for (const bool compact : {true, false}) {
    PanelDesk desk(compact ? 1280 : 1600, compact ? 720 : 1000, compact);
    desk.stage.tell(work::command::SetAll{{{"data.set", std::string("own")}, {"data.table", table}}});
    desk.stage.tell(work::command::Step{20});
    desk.stage.settle();
    CHECK(desk.stage.faults() == "");
    for (const char* name : {"adelie penguin", "king", "royal"}) CHECK(desk.place(name).w > 0);
    REQUIRE(desk.take("confusion", "Copy as CSV"));
    CHECK(std::string(ImGui::GetClipboardText()).find("emperor,") != std::string::npos);
    desk.stage.tell(Set{"view.instrument", std::string("classes")});
    desk.stage.settle();
    CHECK(desk.stage.faults() == "");
  }
}

TEST_CASE("a class keeps its name while one paints, until there is another one") {
  Stage stage(*find_exhibit("playground"), 1280, 720, ui::Theme(ui::Look::dark, 1, true));
  const auto names = [&] {
    const auto picture = stage.runner.snapshot();
    return static_cast<const playground::Snapshot&>(*picture).points->names;
  };
  stage.tell(work::command::SetAll{{{"data.set", std::string("own")},
                                    {"data.table", std::string("x,y,what\n1,2,\"oak, old\"\n3,4,ash\n0,1,ash\n")}}});
  const std::vector<std::string> both{"ash", "oak, old"};
  CHECK(names() == both);
  stage.tell(Set{"data.stroke", std::string("add 2 2 2")});
  CHECK(names() == both);
  stage.tell(Set{"data.stroke", std::string("add 2 2 3")});
  CHECK(names() == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE("a second class can be painted beside an only one, whatever that is called, and turns nothing") {
  for (const std::string only : {"0", "5", "-3", "zebra"}) {
    Stage stage(*find_exhibit("playground"), 1280, 720, ui::Theme(ui::Look::dark, 1, true));
    std::string table = "x,y,label\n";
    for (int i = 0; i < 40; ++i) table += to_text(std::int64_t{i % 5}) + ",1," + only + "\n";
    stage.tell(work::command::SetAll{{{"data.set", std::string("own")}, {"data.table", table}}});
    stage.tell(Set{"data.stroke", std::string("add 2 -3 2")});
    CHECK_NOTHROW(stage.runner.expect_ok());
    const auto picture = stage.runner.snapshot();
    const playground::Points& points = *static_cast<const playground::Snapshot&>(*picture).points;
    REQUIRE(points.names.size() == 2);
    CHECK(points.names.front() == only);
    for (const auto& p : points.all) CHECK_MESSAGE(p.label == (p.y < 0 ? -1 : 1), only);
  }
}

TEST_CASE("the sums of a unit are not cut in a small window, and what they come to is there") {
  PanelDesk desk(1280, 720, true);
  for (int i = 0; i < 3; ++i) desk.stage.tell(work::command::StepInside{});
  desk.stage.settle();
  int sums = 0;
  for (const ui::Audit::Run& run : desk.stage.headless.audit().runs()) {
    if (!run.text.ends_with("= ")) continue;
    ++sums;
    CHECK_MESSAGE(run.ink.w <= run.fit.w + 1, run.text);
  }
  CHECK(sums == 6);  // two products, their sum, the answer, two new weights
  CHECK(desk.stage.faults() == "");
}

TEST_CASE("of values, what is said of the test set is copied and saved, too") {
  PanelDesk desk;
  desk.stage.tell(Set{"data.set", std::string("reg-plane")});
  desk.stage.tell(work::command::Step{20});
  desk.stage.settle();
  REQUIRE(desk.take("Test set", "Copy as CSV"));
  CHECK(std::string(ImGui::GetClipboardText()).starts_with("typical error,of the mean alone,R2\n"));
  REQUIRE(desk.take("Test set", "Save as SVG"));
  REQUIRE(desk.stage.headless.ui().outbox.size() == 1);
  CHECK(desk.stage.headless.ui().outbox.front().bytes.find("typical error") != std::string::npos);
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST_CASE("what lies on the field is saved with it: points of values, every class, heading and scale") {
  PanelDesk desk;
  const auto saved = [&] {
    REQUIRE(desk.take("field", "Save as SVG"));
    return desk.stage.headless.ui().outbox.front().bytes;
  };
  desk.stage.tell(Set{"data.set", std::string("reg-plane")});
  desk.stage.settle();
  const std::string values = saved();
  CHECK(count_of(values, "<circle") > 30);
  CHECK(count_of(values, ">Output</text>") == 1);
  CHECK(count_of(values, ">+1</text>") == 1);
  desk.stage.tell(Set{"data.set", std::string("spiral-arms")});
  desk.stage.tell(work::command::Step{1});
  desk.stage.settle();
  const std::string classes = saved();
  CHECK(count_of(classes, "<image") == 2);  // the first class, and over it all of them
  CHECK(count_of(classes, ">3</text>") == 1);
  CHECK(count_of(classes, "<circle") > 10);
}

TEST_CASE("the field is copied as a grid of at most a hundred places along an edge, a column an answer") {
  PanelDesk desk;
  desk.stage.settle();
  REQUIRE(desk.take("field", "Copy as CSV"));
  std::string csv = ImGui::GetClipboardText();
  CHECK(csv.starts_with("x1,x2,answer\n"));
  const std::size_t places = count_of(csv, "\n") - 1;
  CHECK(places > 2000);
  CHECK(places <= 10000);
  desk.stage.tell(Set{"data.set", std::string("spiral-arms")});
  desk.stage.settle();
  REQUIRE(desk.take("field", "Copy as CSV"));
  csv = ImGui::GetClipboardText();
  CHECK(csv.starts_with("x1,x2,class 1,class 2,class 3\n"));
}

TEST_CASE("the loss plot has the penalty as a curve, and beside the present run the one that is chosen") {
  PanelDesk desk;
  desk.stage.tell(Set{"learning.penalty", std::string("L2")});
  desk.stage.tell(work::command::Step{30});
  desk.stage.tell(Set{"learning.rate", 0.1});
  desk.stage.tell(work::command::Reset{});
  desk.stage.tell(work::command::Step{40});
  desk.stage.tell(Set{"view.instrument", std::string("runs")});
  desk.stage.settle();
  REQUIRE(desk.take("loss", "Copy as CSV"));
  CHECK(std::string(ImGui::GetClipboardText()).starts_with("epoch,train,test,penalty\n"));
  const ui::Rect rows = desk.stage.place("runs");
  const ui::Rect second{rows.x, rows.y + rows.h / 2, rows.w, rows.h / 2};  // the newest is on top
  desk.click(second);
  REQUIRE(desk.take("loss", "Copy as CSV"));
  const std::string csv = ImGui::GetClipboardText();
  CHECK(csv.starts_with("epoch,train,test,penalty,run 1 train,run 1 test\n"));
  const ui::Rect take = desk.stage.place("take settings");
  REQUIRE(take.w > 0);
  desk.click(take);
  const auto rate = [&] {
    work::Runner& runner = desk.stage.runner;
    return runner.session().controls().get(runner.session().settings(), "learning.rate");
  };
  CHECK(rate() == work::Value(0.03));
  CHECK(desk.stage.shown->step == 0);
  desk.stage.tell(work::command::Undo{});
  CHECK(rate() == work::Value(0.1));
}

}  // namespace
}  // namespace vitrine::views
