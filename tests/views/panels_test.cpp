// Every panel of every exhibit hands out its numbers as CSV and itself as PNG and as SVG, whatever the stage shows.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "app/ui/figure.h"
#include "engine/core/number.h"
#include "tests/support/well_formed.h"
#include "tests/views/stage.h"

namespace vitrine::views {
namespace {

using work::command::Set;
using work::command::Step;
using work::command::StepInside;

struct Panel {
  std::string at;    // its canvas, or words that stand in it
  std::string file;  // what it is saved as
};

// Points into panels and takes from the menu that each holds out.
class Hand {
 public:
  Hand(ui::Headless& headless, std::function<void()> settle) : headless_(headless), settle_(std::move(settle)) {}

  ui::Rect place(const std::string& name) const {
    for (const ui::Audit::Item& item : headless_.audit().items())
      if (item.name == name) return item.rect;
    for (const ui::Audit::Run& run : headless_.audit().runs())
      if (run.text == name) return run.fit;
    return {};
  }
  void click(const ui::Rect& at) {
    headless_.click(at.centre().x, at.centre().y);
    settle_();
  }
  bool take(const Panel& panel, const std::string& way) {
    headless_.ui().outbox.clear();
    ImGui::SetClipboardText("");
    const ui::Point inside = place(panel.at).centre();
    headless_.push(ui::input::move(inside.x, inside.y));
    settle_();
    const ui::Rect menu = nearest_menu(place(panel.at));
    if (menu.w <= 0) return false;
    click(menu);
    const ui::Rect choice = place(way);
    if (choice.w > 0) click(choice);
    return choice.w > 0;
  }
  std::string saved(const Panel& panel, const std::string& way, const std::string& ending) {
    CAPTURE(way);
    REQUIRE(take(panel, way));
    REQUIRE(headless_.ui().outbox.size() == 1);
    const ui::Outgoing file = headless_.ui().outbox.front();
    CHECK(file.name == panel.file + ending);
    return file.bytes;
  }

 private:
  // The one that was used last keeps the keyboard and stays in sight, so there may be two.
  ui::Rect nearest_menu(const ui::Rect& panel) const {
    ui::Rect nearest;
    float least = INFINITY;
    for (const ui::Audit::Item& item : headless_.audit().items()) {
      const ui::Point p = item.rect.centre();
      const float aside = std::max({panel.x - p.x, p.x - panel.right(), 0.0f});
      const float above = std::max({panel.y - p.y, p.y - panel.bottom(), 0.0f});
      if (item.name == "save" && std::hypot(aside, above) < least)
        least = std::hypot(aside, above), nearest = item.rect;
    }
    return nearest;
  }

  ui::Headless& headless_;
  std::function<void()> settle_;
};

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

std::size_t fields_of(const std::string& line) {
  bool quoted = false;
  std::size_t fields = 1;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) ++fields;
  }
  return fields;
}

// A head, a row at least, all of them as wide, and a number among them.
void check_csv(const std::string& text) {
  std::istringstream lines(text);
  std::string head, line;
  REQUIRE(std::getline(lines, head));
  std::size_t rows = 0, numbers = 0;
  while (std::getline(lines, line)) {
    ++rows;
    CHECK(fields_of(line) == fields_of(head));
    std::istringstream words(line);
    for (std::string word; std::getline(words, word, ',');) numbers += parse_real(word) ? 1 : 0;
  }
  CHECK(rows > 0);
  CHECK(numbers > 0);
}

void check_svg(const std::string& text) {
  CHECK(testing::well_formed(text));
  CHECK(count(text, "</text>") > 0);
  CHECK(count(text, "<path") + count(text, "<rect") + count(text, "<polygon") + count(text, "<circle") > 0);
}

constexpr int kFlat = 250;  // pixels of one colour that deflate packs into a byte, and less

// Three times as fine as on screen, and more than its ground.
void check_png(const std::string& bytes) {
  REQUIRE(bytes.starts_with("\x89PNG"));
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  const int width = number(16), height = number(20);
  CHECK(std::min(width, height) > ui::kFigureScale * 20);
  const int least = width * height / kFlat;
  CHECK(static_cast<int>(bytes.size()) > least);
}

void check_panel(Hand& hand, const Panel& panel, bool is_program = false) {
  CAPTURE(panel.at);
  REQUIRE(hand.place(panel.at).w > 0);
  REQUIRE(hand.take(panel, is_program ? "Copy as text" : "Copy as CSV"));
  const std::string copied = ImGui::GetClipboardText();
  if (is_program)
    CHECK(count(copied, "\n") > 10);
  else
    check_csv(copied);
  check_svg(hand.saved(panel, "Save as SVG", ".svg"));
  check_png(hand.saved(panel, "Save as PNG", ".png"));
}

struct Walk {
  Stage stage;
  Hand hand{stage.headless, [this] { stage.settle(); }};

  Walk(std::string_view exhibit, const std::vector<work::Command>& commands, bool compact = false)
      : stage(*find_exhibit(exhibit), compact ? 1280 : 1600, compact ? 720 : 1000,
              ui::Theme(ui::Look::dark, 1, compact)) {
    go(commands);
  }
  void go(const std::vector<work::Command>& commands) {
    for (const work::Command& command : commands) stage.tell(command);
    stage.settle();
  }
  void check(const std::vector<Panel>& panels) {
    for (const Panel& panel : panels) check_panel(hand, panel);
    CHECK(stage.faults() == "");
  }
  // What can be pointed at and is as large as a panel is one of those that offer themselves.
  void check_that_all_offer() {
    const float least = 80;
    std::string silent;
    const std::vector<ui::Audit::Item> items = stage.headless.audit().items();
    for (const ui::Audit::Item& item : items) {
      if (item.inner || std::min(item.rect.w, item.rect.h) < least) continue;
      const ui::Point inside = item.rect.centre();
      stage.headless.push(ui::input::move(inside.x, inside.y));
      stage.settle();
      if (stage.place("save").w <= 0) silent += item.name + " ";
    }
    CHECK(silent == "");
  }
};

Set choice(const std::string& path, const std::string& value) {
  return {path, value};
}

TEST_CASE("every panel of First neuron is copied and saved") {
  Walk walk("neuron", {Step{5}});
  walk.check_that_all_offer();
  walk.check({{"answers", "answers"}, {"landscape", "landscape"}, {"answer", "data"}, {"Forward", "inside step"}});
  walk.go({choice("stage", "polynomial"), Step{5}});
  walk.check_that_all_offer();
  walk.check({{"blocks", "blocks"}, {"fit", "fit"}, {"loss", "loss"}, {"Forward", "inside step"}});
  check_panel(walk.hand, {"code", "program"}, true);
}

TEST_CASE("every panel of the Playground is copied and saved") {
  Walk walk("playground", {choice("learning.penalty", "L2"), Step{30}}, true);
  walk.check_that_all_offer();
  walk.check({{"network", "network"},
              {"field", "field"},
              {"loss", "loss"},
              {"confusion", "confusion"},
              {"gradients", "gradients"}});
  for (const auto& [instrument, panel] : {std::pair{"weights", Panel{"weights", "weights"}},
                                          {"slopes", {"slopes", "slopes"}},
                                          {"units", {"still units", "still units"}},
                                          {"classes", {"classes", "classes"}},
                                          {"runs", {"runs", "runs"}}}) {
    walk.go({choice("view.instrument", instrument)});
    walk.check_that_all_offer();
    walk.check({panel});
  }
  walk.go({choice("view.instrument", "code")});
  check_panel(walk.hand, {"code", "program"}, true);
  walk.go({choice("view.instrument", "gradients"), Set{"view.surface", true}});
  walk.check({{"surface", "surface"}});
}

TEST_CASE("inside a step the sums of a unit are a panel, too, and hand out the numbers that they are made of") {
  Walk walk("playground", {StepInside{}, StepInside{}, StepInside{}});
  walk.check({{"Output, first point", "sums"}});
  REQUIRE(walk.hand.take({"Output, first point", "sums"}, "Copy as CSV"));
  const std::string csv = ImGui::GetClipboardText();
  CHECK(csv.starts_with("input,weight,product"));
  CHECK(count(csv, "\n") == 6);  // a head, two units, bias, sum, answer
}

TEST_CASE("of values the figures of the test set are a panel, of many classes their confusion") {
  std::string table = "x1,x2,label\n";
  for (int i = 0; i < 40; ++i)
    table += to_text(std::int64_t{i % 5}) + "," + to_text(std::int64_t{i % 8}) + ",kind " +
             to_text(std::int64_t{i % 5}) + "\n";
  Walk walk("playground", {choice("data.set", "reg-plane"), Step{5}});
  walk.check({{"Test set", "test set"}});
  walk.go({choice("data.set", "own"), choice("data.table", table), Step{5}});
  walk.check({{"Test set", "confusion"}});
  REQUIRE(walk.hand.take({"Test set", "confusion"}, "Copy as CSV"));
  CHECK(std::string(ImGui::GetClipboardText()).starts_with("is,kind 0,kind 1,kind 2,kind 3,kind 4\nkind 0,"));
}

TEST_CASE("where A and B differ is a panel of both") {
  Stage a(*find_exhibit("playground"), 900, 400, ui::Theme(ui::Look::dark, 1));
  const auto began = a.runner.snapshot();
  a.tell(Step{20});
  const auto now = a.runner.snapshot();
  const auto view = find_exhibit("playground")->view();
  ui::Headless headless(600, 300, ui::Theme(ui::Look::dark, 1));
  Hand hand(headless, [&] {
    headless.settle([&](ui::Ui& ui) {
      const ui::Region region(ui, "difference", ui.window(), ui.theme->pane);
      view->draw_difference(ui, ui.window().inset(20), *began, *now);
    });
  });
  hand.click({});
  check_panel(hand, {"difference", "difference"});
}

TEST_CASE("every panel of Heartbeats is copied and saved") {
  Walk walk("heartbeats", {Set{"data.beats", std::int64_t{200}}, Step{3}});
  walk.check_that_all_offer();
  walk.check({{"beat", "beat"},
              {"Nearest normal", "nearest normal"},
              {"decode", "layers"},
              {"errors", "errors"},
              {"bottleneck", "bottleneck"},
              {"areas", "areas"}});
  walk.hand.click(walk.hand.place("Verdicts"));
  walk.check({{"verdicts", "verdicts"}});
  walk.hand.click(walk.hand.place("Loss"));
  walk.check({{"loss", "loss"}});
  walk.hand.click(walk.hand.place("Curves"));
  walk.check_that_all_offer();
  walk.check({{"roc", "roc"}, {"precision", "precision"}});
  for (const auto& [shows, panel] :
       {std::pair{"point", Panel{"beat", "beat"}}, {"drawn", {"pen", "beat"}}, {"inside", {"inside", "inside"}}}) {
    walk.go({choice("stage.shows", shows)});
    walk.check_that_all_offer();
    walk.check({panel});
  }
  walk.go({choice("stage.shows", "scaling")});
  walk.check_that_all_offer();
  walk.check({{"scaling-before", "scaling-before"}, {"scaling-after", "scaling-after"}});
  walk.go({choice("stage.shows", "code")});
  check_panel(walk.hand, {"code", "program"}, true);
}

TEST_CASE("a beat is copied with all that is drawn with it") {
  Walk walk("heartbeats", {Set{"data.beats", std::int64_t{200}}, Step{3}});
  REQUIRE(walk.hand.take({"beat", "beat"}, "Copy as CSV"));
  const std::string csv = ImGui::GetClipboardText();
  CHECK(csv.starts_with("time,recorded,rebuilt,squared error,normal from,normal to\n"));
  CHECK(count(csv, "\n") == 141);
}

}  // namespace
}  // namespace vitrine::views
