// The network diagram: where things lie, and what hands and keys do to it.
#include <doctest/doctest.h>

#include "app/ui/headless.h"
#include "tests/ui/data_sheet.h"

using namespace vitrine::ui;

namespace {
struct Bench {
  Headless headless{1000, 600, Theme(Look::dark, 1)};
  DataSheet sheet;
  NetworkEvents last, seen;  // of the last frame; the last that said something
  Rect place{40, 40, 900, 520};

  Bench() { settle(); }
  void draw(Ui& ui) {
    last = network(ui, "network", place, sheet.net, sheet.net_state);
    if (last.edit != Edit::none || last.deed != LinkDeed::none || last.toggled.valid() || last.pinned.valid() ||
        last.add_to >= 0 || last.remove_from >= 0)
      seen = last;
  }
  void settle() {
    headless.settle([this](Ui& ui) { draw(ui); });
  }
  void press(Key key, bool shift = false) {
    headless.press(key, false, shift);
    settle();
  }
  void click(Point at) {
    headless.click(at.x, at.y);
    settle();
  }
  NetworkLayout layout() { return layout_network(headless.ui(), place, sheet.net); }
};
}  // namespace

TEST_CASE("tiles of 1 to 12 units fit, stand apart and are never smaller than a finger needs") {
  Headless headless(1000, 600, Theme(Look::dark, 1));
  DataSheet sheet;
  headless.frame([](Ui&) {});
  for (Rect place : {Rect{40, 40, 900, 420}, Rect{0, 0, 620, 520}})
    for (int n = 1; n <= 12; ++n) {
      sheet.make_network({n, 13 - n});
      NetworkLayout layout = layout_network(headless.ui(), place, sheet.net);
      CAPTURE(n);
      CHECK(layout.tile >= 24);
      CHECK(layout.tile <= 48);
      std::vector<Rect> all;
      for (std::size_t c = 0; c < layout.tiles.size(); ++c) {
        CHECK_FALSE(layout.strip[c]);
        for (const Rect& tile : layout.tiles[c]) {
          CHECK(layout.body.holds(tile, 1));
          for (const Rect& other : all) CHECK_FALSE(tile.overlaps(other));
          all.push_back(tile);
        }
      }
    }
  sheet.make_network({13, 64});
  NetworkLayout layout = layout_network(headless.ui(), {40, 40, 900, 520}, sheet.net);
  CHECK(layout.strip[1]);
  CHECK(layout.strip[2]);
  CHECK_FALSE(layout.strip[0]);
  for (const Rect& unit : layout.tiles[2]) CHECK(layout.body.holds(unit, 1));
}

TEST_CASE("many layers have smaller tiles, and strips when those would be too small for a hand") {
  Headless headless(1000, 600, Theme(Look::dark, 1));
  DataSheet sheet;
  headless.frame([](Ui&) {});
  for (const int layers : {2, 6, 8, 12, 20, 60, 300}) {
    sheet.make_network(std::vector<int>(static_cast<std::size_t>(layers), 8));
    const NetworkLayout layout = layout_network(headless.ui(), {40, 40, 500, 520}, sheet.net);
    CAPTURE(layers);
    CHECK(layout.strip[1] == (layers > 12));
    if (!layout.strip[1]) CHECK(layout.tile >= 24);
    for (std::size_t c = 1; c < layout.tiles.size(); ++c) {
      CHECK(layout.body.holds(layout.tiles[c].front(), 1));
      if (layers <= 60) CHECK(layout.tiles[c].front().x >= layout.tiles[c - 1].front().right());
    }
  }
}

TEST_CASE("a feature switches, a unit is pinned and let go again") {
  Bench bench;
  NetworkLayout layout = bench.layout();
  bench.click(layout.tiles[0][4].centre());
  CHECK(bench.seen.toggled == UnitAt{0, 4});
  bench.click(layout.tiles[1][2].centre());
  CHECK(bench.sheet.net_state.pinned == UnitAt{1, 2});
  bench.headless.push(input::move(5, 5));
  bench.settle();
  CHECK(bench.last.shown == UnitAt{1, 2});
  bench.headless.push(input::move(layout.tiles[2][0].middle_x(), layout.tiles[2][0].middle_y()));
  bench.settle();
  CHECK(bench.last.shown == UnitAt{2, 0});  // what is pointed at comes before what is pinned
  bench.click(layout.tiles[1][2].centre());
  CHECK_FALSE(bench.sheet.net_state.pinned.valid());
}

TEST_CASE("a link bends with the hand: upwards more, downwards less") {
  Bench bench;
  bench.sheet.net.links.assign(1, {1, 0, 0, 1.0f, 0.5f});
  bench.settle();
  NetworkLayout layout = bench.layout();
  Rect a = layout.tiles[1][0], b = layout.tiles[2][0];
  Point middle{(a.right() + b.x) / 2, (a.middle_y() + b.middle_y()) / 2};
  bench.headless.push(input::move(middle.x, middle.y));
  bench.headless.push(input::button(0, true));
  bench.headless.push(input::move(middle.x + 9, middle.y - 60));
  bench.settle();
  CHECK(bench.last.edit == Edit::changed);
  CHECK(bench.last.link == 0);
  CHECK(bench.last.weight == doctest::Approx(2));
  bench.headless.push(input::move(middle.x, middle.y + 30));
  bench.headless.push(input::button(0, false));
  bench.settle();
  CHECK(bench.seen.edit == Edit::committed);
  CHECK(bench.seen.weight == doctest::Approx(0.5));
  CHECK_FALSE(bench.sheet.net_state.pinned.valid());
  CHECK(bench.last.edit == Edit::none);
}

TEST_CASE("the heads of layers add and remove units, and say when they cannot") {
  Bench bench;
  auto place = [&](const std::string& name, std::size_t which) {
    for (const Audit::Item& item : bench.headless.audit().items())
      if (item.name == name && which-- == 0) return item.rect.centre();
    FAIL("no " << name);
    return Point{};
  };
  bench.click(place("more", 1));
  CHECK(bench.seen.add_to == 2);
  bench.click(place("fewer", 0));
  CHECK(bench.seen.remove_from == 1);
  bench.seen = {};
  bench.sheet.net.columns[1].cannot_remove = "A layer has one unit at least.";
  bench.click(place("fewer", 0));
  CHECK(bench.seen.remove_from == -1);
}

TEST_CASE("the keyboard goes into the network, about, and out again") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.press(Key::tab);  // past the heads of two layers
  CHECK_FALSE(bench.sheet.net_state.inside);
  bench.press(Key::enter);
  REQUIRE(bench.sheet.net_state.inside);
  bench.press(Key::down);
  bench.press(Key::enter);
  CHECK(bench.seen.toggled == UnitAt{0, 1});
  bench.press(Key::right);
  bench.press(Key::space);
  CHECK(bench.sheet.net_state.pinned == UnitAt{1, 1});
  bench.press(Key::down, true);  // the first link that ends here
  const Network::Link& link = bench.sheet.net.links[static_cast<std::size_t>(bench.sheet.net_state.link)];
  CHECK(link.to == 1);
  CHECK(link.column == 0);
  float weight = link.weight;
  bench.press(Key::minus);
  CHECK(bench.seen.edit == Edit::committed);
  CHECK(bench.seen.weight == doctest::Approx(weight - 0.1f));
  bench.press(Key::escape);
  CHECK_FALSE(bench.sheet.net_state.inside);
  bench.press(Key::enter);
  CHECK(bench.sheet.net_state.inside);  // Esc left the inside only: the keyboard is still here
}

namespace {
// One link of weight 1 between the first tiles of two layers; the pointer on its middle.
Point on_one_link(Bench& bench, Network::Fate fate = Network::Fate::learns) {
  bench.sheet.net.links.assign(1, {1, 0, 0, 1.0f, 0.5f, fate});
  bench.settle();
  NetworkLayout layout = bench.layout();
  const Rect a = layout.tiles[1][0], b = layout.tiles[2][0];
  const Point middle{(a.right() + b.x) / 2, (a.middle_y() + b.middle_y()) / 2};
  bench.headless.push(input::move(middle.x, middle.y));
  bench.settle();
  return middle;
}
void turn_over(Bench& bench) {
  bench.headless.push(input::button(1, true));
  bench.headless.push(input::button(1, false));
  bench.settle();
}
}  // namespace

TEST_CASE("the wheel moves a link in steps that are one edit until the pointer leaves it") {
  Bench bench;
  on_one_link(bench);
  for (int i = 0; i < 3; ++i) bench.headless.push(input::wheel(0, 1)), bench.settle();
  CHECK(bench.seen.edit == Edit::changed);
  CHECK(bench.seen.weight == doctest::Approx(1.3));
  bench.headless.push(input::move(5, 5));
  bench.settle();
  CHECK(bench.seen.edit == Edit::committed);
  CHECK(bench.seen.weight == doctest::Approx(1.3));
}

TEST_CASE("the menu of a link freezes it, lets it go, deletes and restores it") {
  using Fate = Network::Fate;
  struct Choice {
    Fate fate;
    const char* word;
    LinkDeed deed;
  };
  for (const Choice& choice : {Choice{Fate::learns, "Freeze", LinkDeed::freeze},
                               {Fate::frozen, "Unfreeze", LinkDeed::free},
                               {Fate::learns, "Delete link", LinkDeed::remove},
                               {Fate::gone, "Restore link", LinkDeed::free}}) {
    CAPTURE(choice.word);
    Bench bench;
    on_one_link(bench, choice.fate);
    turn_over(bench);
    Point place{};
    for (const Audit::Item& item : bench.headless.audit().items())
      if (item.name == choice.word) place = item.rect.centre();
    REQUIRE(place.x > 0);
    bench.click(place);
    CHECK(bench.seen.deed == choice.deed);
    CHECK(bench.seen.link == 0);
  }
}

TEST_CASE("Delete takes the link under the keyboard away, Enter opens its menu, plus and minus bend a bias") {
  Bench bench;
  for (int i = 0; i < 5; ++i) bench.press(Key::tab);
  bench.press(Key::enter);
  bench.press(Key::right);
  bench.press(Key::plus);
  CHECK(bench.seen.bias == UnitAt{1, 0});
  CHECK(static_cast<double>(bench.seen.weight) ==
        doctest::Approx(*bench.sheet.net.columns[1].units[0].bias + 0.1).epsilon(1e-4));
  bench.press(Key::down, true);
  bench.press(Key::remove);
  CHECK(bench.seen.deed == LinkDeed::remove);
  CHECK(bench.seen.link == bench.sheet.net_state.link);
  const UnitAt pinned = bench.sheet.net_state.pinned;
  bench.press(Key::enter);
  CHECK(ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId));
  CHECK(bench.sheet.net_state.pinned == pinned);
}

TEST_CASE("a bias is bent at its dot, the output's among them; a mere press is one on the unit") {
  Bench bench;
  const NetworkLayout layout = bench.layout();
  const Rect output = layout.tiles.back()[0], unit = layout.tiles[1][0];
  const double before = *bench.sheet.net.columns.back().units[0].bias;
  bench.headless.push(input::move(output.x, output.bottom()));
  bench.headless.push(input::button(0, true));
  bench.headless.push(input::move(output.x, output.bottom() - 30));
  bench.settle();
  CHECK(bench.last.edit == Edit::changed);
  CHECK(bench.last.bias == UnitAt{3, 0});
  CHECK(static_cast<double>(bench.last.weight) == doctest::Approx(before + 0.5).epsilon(1e-4));
  bench.headless.push(input::move(output.x, output.bottom()));  // back where it was taken: still one edit
  bench.headless.push(input::button(0, false));
  bench.settle();
  CHECK(bench.seen.edit == Edit::committed);
  bench.seen = {};
  bench.click({unit.x, unit.bottom()});
  CHECK(bench.seen.edit == Edit::none);
  CHECK(bench.sheet.net_state.pinned == UnitAt{1, 0});
}
