// Blocks are wired by the pointer, by the keyboard and by rows, and no hand breaks anything.
#include <doctest/doctest.h>

#include "tests/support/edits.h"
#include "tests/views/stage.h"
#include "views/neuron/diagram_layout.h"
#include "views/neuron/graph.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {
namespace {

using ui::Key;
using work::command::Set;

struct Wall {
  views::Stage stage{*find_exhibit("neuron"), 1600, 1000, ui::Theme(ui::Look::dark, 1)};

  Wall() {
    stage.tell(Set{"stage", std::string("polynomial")});
    stage.settle();
  }
  const Blocks& blocks() { return static_cast<const Settings*>(stage.shown->settings.get())->blocks; }
  DiagramLayout layout() {
    DiagramLayout all;
    const ui::Rect rect = stage.place("blocks");
    stage.headless.frame([&](ui::Ui& ui) { all = layout_diagram(ui, rect, blocks()); });
    stage.settle();  // the windows that this frame left out are there again
    return all;
  }
  void click(ui::Point at) {
    stage.headless.click(at.x, at.y);
    stage.settle();
  }
  void click(std::string_view name) {
    const ui::Rect rect = stage.place(name);
    REQUIRE_MESSAGE(rect.w > 0, name);
    click(rect.centre());
  }
  void press(Key key) {
    stage.headless.press(key);
    stage.settle();
  }
};

TEST_CASE("a port and then a block are a wire, and so are a block and then a port") {
  Wall wall;
  const DiagramLayout layout = wall.layout();
  wall.click(layout.blocks[5].ports[0]);
  CHECK(wall.blocks() == quadratic_blocks());
  wall.click(layout.blocks[2].card.centre());  // a · x² becomes b · x²
  CHECK(wall.blocks()[5].left == 3);
  CHECK(wall.stage.faults() == "");
  const DiagramLayout moved = wall.layout();
  wall.click(moved.blocks[1].card.centre());
  wall.click(moved.blocks[5].ports[0]);
  CHECK(wall.blocks() == quadratic_blocks());
  wall.stage.tell(work::command::Undo{});
  wall.stage.settle();
  CHECK(wall.blocks()[5].left == 3);
}

TEST_CASE("the keyboard opens a port and wires it again") {
  Wall wall;
  for (int i = 0; i < 60; ++i) {
    bool there = false;
    for (const auto& item : wall.stage.headless.audit().items())
      there = there || (item.name == "blocks" && item.focused);
    if (there) break;
    wall.press(Key::tab);
  }
  wall.press(Key::enter);  // in, with the cursor on x
  wall.press(Key::right);
  wall.press(Key::remove);
  REQUIRE(wall.blocks() != quadratic_blocks());
  CHECK(static_cast<const Snapshot&>(*wall.stage.shown).fit->fault);
  CHECK(wall.stage.faults() == "");
  wall.stage.tell(work::command::Undo{});
  wall.stage.settle();
  CHECK(wall.blocks() == quadratic_blocks());
  wall.press(Key::enter);  // the port is taken
  wall.press(Key::left);   // back on x
  wall.press(Key::enter);
  CHECK(wall.blocks() == quadratic_blocks());
  CHECK(!static_cast<const Snapshot&>(*wall.stage.shown).fit->fault);
}

TEST_CASE("the chosen block has rows, a new one comes unwired, and taking it away leaves the formula") {
  Wall wall;
  wall.click(wall.layout().blocks[7].card.centre());
  CHECK(wall.stage.place("graph.blocks[7].left").w > 0);
  CHECK(wall.stage.place("graph.blocks[7].right").w > 0);
  CHECK(wall.stage.faults() == "");
  wall.click("add constant");
  REQUIRE(wall.blocks().size() == quadratic_blocks().size() + 1);
  CHECK(wall.blocks().back().op == BlockOp::constant);
  CHECK(!static_cast<const Snapshot&>(*wall.stage.shown).fit->note.empty());
  CHECK(wall.stage.place("graph.blocks[10].value").w > 0);
  CHECK(wall.stage.faults() == "");
  wall.click("take block away");
  CHECK(wall.blocks() == quadratic_blocks());
}

TEST_CASE("the way on that a sentence offers is taken with a click") {
  Wall wall;
  wall.stage.tell(Set{"graph.blocks[8].left", std::int64_t{9}});
  wall.stage.settle();
  REQUIRE(static_cast<const Snapshot&>(*wall.stage.shown).fit->fault);
  CHECK(wall.stage.faults() == "");
  wall.click("way on");
  CHECK(!static_cast<const Snapshot&>(*wall.stage.shown).fit->fault);
  wall.stage.tell(Set{"fit.rate", 3.0});
  wall.stage.tell(work::command::Step{200});
  wall.stage.settle();
  REQUIRE(static_cast<const Snapshot&>(*wall.stage.shown).fit->flown);
  CHECK(wall.stage.faults() == "");
  wall.click("way on");
  CHECK(!static_cast<const Snapshot&>(*wall.stage.shown).fit->flown);
  CHECK(wall.stage.shown->step == 0);
}

TEST_CASE("any wiring can be drawn without a fault") {
  testing::Dice dice{9};
  Wall wall;
  for (int round = 0; round < 60; ++round) {
    Settings wild;
    wild.blocks.resize(static_cast<std::size_t>(dice.below(kMostBlocks + 1)));
    for (Block& block : wild.blocks)
      block = {static_cast<BlockOp>(dice.below(static_cast<int>(block_kinds().size()))), dice.below(kMostBlocks + 1),
               dice.below(kMostBlocks + 1)};
    wall.stage.tell(Set{"graph.blocks", control_table().get(&wild, "graph.blocks")});
    wall.stage.settle();
    CHECK(wall.stage.faults() == "");
    wall.stage.headless.push(
        ui::input::move(static_cast<float>(dice.below(1600)), static_cast<float>(dice.below(1000))));
  }
}

}  // namespace
}  // namespace vitrine::views::neuron
