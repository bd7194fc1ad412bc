// All widgets on one page: they fit and read in every look at every scale, obey hands and keys, and survive a monkey.
#include <doctest/doctest.h>

#include <cmath>

#include "app/ui/headless.h"
#include "tests/ui/data_sheet.h"
#include "tests/ui/joined.h"

using namespace vitrine::ui;

namespace {
struct Desk {
  Headless headless{1600, 1000, Theme(Look::dark, 1)};
  DataSheet sheet;

  Desk() { settle(); }
  void settle() {
    headless.settle([this](Ui& ui) { sheet.draw(ui); });
  }
  void press(Key key, bool shift = false) {
    headless.press(key, false, shift);
    settle();
  }
  Rect place(const std::string& name) {
    for (const Audit::Item& item : headless.audit().items())
      if (item.name == name) return item.rect;
    FAIL("no item is called " << name);
    return {};
  }
  bool offers(const std::string& name) {
    for (const Audit::Item& item : headless.audit().items())
      if (item.name == name) return true;
    return false;
  }
  void point_at(Point p) {
    headless.push(input::move(p.x, p.y));
    settle();
  }
};
}  // namespace

TEST_CASE("the data sheet has no fault in any look at any scale") {
  for (float scale : {0.75f, 1.0f, 1.25f, 1.5f, 2.0f, 3.0f}) {
    auto fonts = std::make_shared<Fonts>(scale);
    for (Look look : {Look::dark, Look::light, Look::contrast}) {
      CAPTURE(scale);
      CAPTURE(static_cast<int>(look));
      Headless headless(static_cast<int>(std::lround(1600 * scale)), static_cast<int>(std::lround(1000 * scale)),
                        Theme(look, scale), fonts);
      DataSheet sheet;
      for (int i = 0; i < 2; ++i) headless.frame([&](Ui& ui) { sheet.draw(ui); });
      CHECK(headless.audit().items().size() >= 10);
      CHECK(headless.audit().runs().size() >= 60);
      CHECK(joined(headless.audit().faults()) == "");
    }
  }
}

TEST_CASE("hovering anything leaves no fault") {
  Desk desk;
  for (Look look : {Look::dark, Look::light, Look::contrast}) {
    desk.headless.set_look(look);
    for (float x = 10; x < 1600; x += 60)
      for (float y = 10; y < 1000; y += 55) {
        desk.headless.push(input::move(x, y));
        desk.headless.frame([&](Ui& ui) { desk.sheet.draw(ui); });
        CHECK(joined(desk.headless.audit().faults()) == "");
      }
  }
}

TEST_CASE("linked plots share one hair line, and only the hovered one reads out") {
  Desk desk;
  CHECK_FALSE(desk.sheet.brush.active);
  CHECK_FALSE(desk.offers("save"));
  Rect loss = desk.place("loss");
  desk.point_at({loss.x + loss.w / 2, loss.middle_y()});
  CHECK(desk.sheet.brush.active);
  CHECK(desk.sheet.brush.x == doctest::Approx(700).epsilon(0.01));
  CHECK(desk.offers("save"));
  int read_outs = 0;
  for (const Audit::Run& run : desk.headless.audit().runs()) read_outs += run.text == "epoch";
  CHECK(read_outs == 2);  // the run bar's caption and one read-out
  desk.headless.click(loss.right() - 2, loss.middle_y());
  desk.settle();
  CHECK(desk.sheet.chosen_x == doctest::Approx(1392).epsilon(0.01));
  desk.point_at({5, 5});
  CHECK_FALSE(desk.sheet.brush.active);
}

TEST_CASE("log switches, and the copy is the whole table") {
  Desk desk;
  Rect loss = desk.place("loss");
  desk.point_at(loss.centre());
  desk.headless.click(desk.place("log").middle_x(), desk.place("log").middle_y());
  desk.settle();
  CHECK(desk.sheet.loss_state.switched);
  desk.headless.click(desk.place("save").middle_x(), desk.place("save").middle_y());
  desk.settle();
  desk.headless.click(desk.place("Copy as CSV").middle_x(), desk.place("Copy as CSV").middle_y());
  desk.settle();
  std::string copied = ImGui::GetClipboardText();
  CHECK(copied.starts_with("epoch,train,test\n0,"));
  CHECK(std::count(copied.begin(), copied.end(), '\n') == 1402);
  CHECK(desk.headless.ui().toast.text == "Copied 1,401 rows as CSV");
}

TEST_CASE("a place on the loss surface is taken by hand and by arrows") {
  Desk desk;
  Rect surface = desk.place("surface");
  desk.headless.click(surface.x + surface.w * 0.625f, surface.y + surface.h / 2);
  desk.settle();
  CHECK(desk.sheet.w == doctest::Approx(2).epsilon(0.02));
  CHECK(desk.sheet.b == doctest::Approx(0).epsilon(0.05));
  desk.press(Key::enter);
  REQUIRE(desk.sheet.surface_state.inside);
  double w = desk.sheet.w, b = desk.sheet.b;
  desk.press(Key::right);
  CHECK(desk.sheet.w == doctest::Approx(w + 0.08));
  desk.press(Key::up, true);
  CHECK(desk.sheet.b == doctest::Approx(b + 1.1));
  desk.press(Key::escape);
  CHECK_FALSE(desk.sheet.surface_state.inside);
}

TEST_CASE("the run is dragged to any step, and keys go from keyframe to keyframe") {
  Desk desk;
  Rect bar = desk.place("history");
  desk.headless.push(input::move(bar.middle_x(), bar.middle_y()));
  desk.headless.push(input::button(0, true));
  desk.settle();
  CHECK(desk.sheet.last_history.dragging);
  CHECK(desk.sheet.step == doctest::Approx(700).epsilon(0.01));
  desk.headless.push(input::move(bar.right() + 400, bar.middle_y()));
  desk.headless.push(input::button(0, false));
  desk.settle();
  CHECK(desk.sheet.step == 1400);
  CHECK_FALSE(desk.sheet.last_history.dragging);
  std::int64_t expected[] = {1100, 725, 500};
  for (std::int64_t step : expected) {
    desk.press(Key::left);
    CHECK(desk.sheet.step == step);
  }
  desk.press(Key::right);
  CHECK(desk.sheet.step == 725);
  desk.press(Key::home);
  CHECK(desk.sheet.step == 0);
  desk.press(Key::left);
  CHECK(desk.sheet.step == 0);
  desk.press(Key::end);
  CHECK(desk.sheet.step == 1400);
}

TEST_CASE("a row of a table is chosen by hand and by keys") {
  Desk desk;
  Rect data = desk.place("data");
  desk.headless.click(data.middle_x(), data.y + 2.5f * data.h / 6);
  desk.settle();
  CHECK(desk.sheet.chosen == 2);
  desk.press(Key::enter);
  desk.press(Key::end);
  desk.press(Key::up);
  desk.press(Key::enter);
  CHECK(desk.sheet.chosen == 4);
}

TEST_CASE("what has nothing to show yet shows nothing, and can be used") {
  Headless headless(800, 600, Theme(Look::light, 1));
  LinePlotState plot;
  HeatMapState map;
  NetworkState net;
  TableState rows;
  BarsState bar_rows;
  Brush brush;
  HistoryEvents history;
  auto draw = [&](Ui& ui) {
    line_plot(ui, "plot", {20, 20, 300, 200}, {.heading = "Loss"}, plot, brush);
    heat_map(ui, "map", {360, 20, 200, 200}, {.values = {}}, map);
    network(ui, "network", {20, 240, 300, 200}, {}, net);
    table(ui, "table", {360, 240, 300, 100}, {.columns = {}, .cells = {}, .can_choose = true}, rows);
    bars(ui, "bars", {360, 360, 300, 100}, {}, bar_rows);
    history = history_bar(ui, "history", {20, 540, 760, 50}, {.steps = {}, .values = {}});
  };
  for (Key key :
       {Key::tab, Key::enter, Key::right, Key::end, Key::escape, Key::tab, Key::tab, Key::tab, Key::left, Key::end}) {
    headless.press(key);
    headless.click(200, 120);
    headless.click(400, 560);
    headless.settle(draw);
    CHECK(joined(headless.audit().faults()) == "");
    CHECK_FALSE(history.step);
  }
  CHECK_FALSE(brush.active);
}

TEST_CASE("ten thousand random inputs leave the page whole") {
  Desk desk;
  unsigned noise = 20;
  auto random = [&noise](unsigned n) { return ((noise = noise * 1664525u + 1013904223u) >> 8) % n; };
  for (int i = 0; i < 10'000; ++i) {
    switch (random(8)) {
      case 0:
      case 1:
      case 2:
        desk.headless.push(input::move(static_cast<float>(random(1700)) - 50, static_cast<float>(random(1100)) - 50));
        break;
      case 3:
        desk.headless.push(input::button(static_cast<int>(random(3)), random(2) == 0));
        break;
      case 4:
        desk.headless.push(input::wheel(0, static_cast<float>(random(5)) - 2));
        break;
      case 5:
        desk.headless.push(input::text(32 + random(600)));
        break;
      default:
        desk.headless.push(input::key(static_cast<Key>(1 + random(kKeys - 1)), random(2) == 0));
        break;
    }
    if (random(4) == 0) desk.headless.frame([&](Ui& ui) { desk.sheet.draw(ui); });
    if (i % 500 == 499) {  // the model changes under the hands
      desk.sheet.make_network({1 + static_cast<int>(random(20)), 1 + static_cast<int>(random(8))});
      desk.sheet.net_state.cursor.unit += static_cast<int>(random(9));
    }
  }
  desk.settle();
  CHECK(std::isfinite(desk.sheet.w));
  CHECK(desk.sheet.step >= 0);
  CHECK(desk.sheet.step <= 1400);
}
