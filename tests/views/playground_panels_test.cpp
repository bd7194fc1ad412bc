// Every panel of the Playground hands out its numbers and its picture.
#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/views/stage.h"

namespace vitrine::views {
namespace {

using work::command::Set;

struct PanelDesk {
  Stage stage{*find_exhibit("playground"), 1600, 1000, ui::Theme(ui::Look::dark, 1)};

  void click(const ui::Rect& at) {
    stage.headless.click(at.centre().x, at.centre().y);
    stage.settle();
  }
  // Points into the panel, opens the menu that its heading holds out, and takes a way.
  bool take(const std::string& panel, const std::string& way) {
    stage.headless.ui().outbox.clear();
    ImGui::SetClipboardText("");
    const ui::Point inside = stage.place(panel).centre();
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

TEST_CASE("every panel is copied as CSV and saved as PNG and as SVG") {
  const std::pair<const char*, std::vector<std::string>> panels[] = {
      {"gradients", {"network", "field", "loss", "confusion", "gradients"}},
      {"weights", {"weights"}},
      {"slopes", {"slopes"}},
      {"units", {"still units"}},
      {"classes", {"classes"}},
      {"runs", {"loss", "runs"}},
  };
  PanelDesk desk;
  desk.stage.tell(work::command::Step{30});
  desk.stage.tell(Set{"learning.penalty", std::string("L2")});
  desk.stage.tell(work::command::Step{30});
  for (const auto& [instrument, names] : panels) {
    desk.stage.tell(Set{"view.instrument", std::string(instrument)});
    desk.stage.settle();
    for (const std::string& name : names) {
      CAPTURE(name);
      REQUIRE(desk.take(name, "Copy as CSV"));
      const std::string csv = ImGui::GetClipboardText();
      CHECK(csv.find('\n') < csv.size() - 1);  // a head, and a row at least
      CHECK(csv.find(',') != std::string::npos);
      for (const auto& [way, ending, begins] :
           {std::tuple{"Save as PNG", ".png", "\x89PNG"}, std::tuple{"Save as SVG", ".svg", "<"}}) {
        REQUIRE(desk.take(name, way));
        REQUIRE(desk.stage.headless.ui().outbox.size() == 1);
        const ui::Outgoing& file = desk.stage.headless.ui().outbox.front();
        CHECK(file.name == name + ending);
        CHECK(file.bytes.starts_with(begins));
        CHECK(file.bytes.size() > 500);
      }
      CHECK(desk.stage.faults() == "");
    }
  }
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
    const auto& runner = desk.stage.runner;
    return runner.session().controls().get(runner.session().settings(), "learning.rate");
  };
  CHECK(rate() == work::Value(0.03));
  CHECK(desk.stage.shown->step == 0);
  desk.stage.tell(work::command::Undo{});
  CHECK(rate() == work::Value(0.1));
}

}  // namespace
}  // namespace vitrine::views
