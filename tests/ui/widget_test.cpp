// Scatter, histogram, rates, confusion, pictures, strip, table: they fit, read the right value, obey hand and keys.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/ui/data_parts.h"
#include "app/ui/headless.h"
#include "app/ui/rank_plot.h"
#include "tests/ui/fonts_at.h"
#include "tests/ui/joined.h"

using namespace vitrine::ui;

namespace {
struct Bench {
  Headless headless{1600, 1000, Theme(Look::dark, 1), fonts_at(1)};
  DataParts sheet;

  explicit Bench(std::size_t items = 300) : sheet(items) { settle(); }
  void settle() {
    headless.settle([this](Ui& ui) { sheet.draw(ui); });
  }
  void press(Key key) {
    headless.press(key);
    settle();
  }
  Rect place(const std::string& name) {
    for (const Audit::Item& item : headless.audit().items())
      if (item.name == name) return item.rect;
    FAIL("no item is called " << name);
    return {};
  }
  void point_at(Point p) {
    headless.push(input::move(p.x, p.y));
    settle();
  }
  void click(Point p) {
    headless.click(p.x, p.y);
    settle();
  }
  void drag(Point from, Point to) {
    headless.push(input::move(from.x, from.y));
    headless.push(input::button(0, true));
    settle();
    headless.push(input::move(to.x, to.y));
    headless.push(input::button(0, false));
    settle();
  }
  bool says(const std::string& words) {
    const auto& runs = headless.audit().runs();
    return std::any_of(runs.begin(), runs.end(), [&](const Audit::Run& run) { return run.text == words; });
  }
};
}  // namespace

TEST_CASE("the page of widgets has no fault in any state and look, at any size and scale") {
  struct Size {
    int width, height;
    float scale;
    bool compact;
  };
  for (const Size& size : {Size{1600, 1000, 1, false}, Size{1280, 720, 1, true}, Size{1200, 750, 0.75f, false},
                           Size{4800, 3000, 3, false}}) {
    for (Look look : {Look::dark, Look::light, Look::contrast})
      for (const PartState state : kPartStates) {
        CAPTURE(size.width);
        CAPTURE(static_cast<int>(look));
        CAPTURE(name_of(state));
        Headless headless(size.width, size.height, Theme(look, size.scale, size.compact), fonts_at(size.scale));
        DataParts parts(60, state);
        for (int i = 0; i < 2; ++i) headless.frame([&](Ui& ui) { parts.draw(ui); });
        CHECK(joined(headless.audit().faults()) == "");
        CHECK(headless.audit().items().size() >= 8);
      }
  }
}

TEST_CASE("every state of the page of widgets is another picture") {
  std::vector<std::vector<std::uint8_t>> seen;
  for (const PartState state : kPartStates) {
    Headless headless(1600, 1000, Theme(Look::dark, 1), fonts_at(1));
    DataParts parts(60, state);
    for (int i = 0; i < 2; ++i) headless.frame([&](Ui& ui) { parts.draw(ui); });
    CHECK(std::find(seen.begin(), seen.end(), headless.pixels().rgba) == seen.end());
    seen.push_back(headless.pixels().rgba);
    CHECK(widgets_page("widgets-" + std::string(name_of(state))) == state);
  }
  CHECK(widgets_page("widgets") == PartState::rest);
  CHECK_FALSE(widgets_page("widgets-"));
  CHECK_FALSE(widgets_page("widget"));
}

TEST_CASE("wherever the widgets are hovered there is no fault") {
  Bench bench;
  for (float x = 10; x < 1600; x += 70)
    for (float y = 10; y < 1000; y += 65) {
      bench.headless.push(input::move(x, y));
      bench.headless.frame([&](Ui& ui) { bench.sheet.draw(ui); });
      CHECK(joined(bench.headless.audit().faults()) == "");
    }
}

TEST_CASE("every widget is reached and entered by the keyboard alone") {
  Bench bench;
  std::vector<std::string> reached;
  for (int i = 0; i < 60; ++i) {
    for (const Key key : {Key::tab, Key::enter, Key::right}) {
      bench.press(key);
      for (const Audit::Item& item : bench.headless.audit().items())
        if (item.focused) reached.push_back(item.name);
    }
    CHECK(joined(bench.headless.audit().faults()) == "");
    bench.press(Key::escape);
  }
  for (const char* name : {"map", "scores", "pictures", "roc", "precision", "confusion", "gauge", "strip", "runs"})
    CHECK_MESSAGE(std::find(reached.begin(), reached.end(), name) != reached.end(), std::string(name));
}

TEST_CASE("a point is pointed at in the map, ringed in the pictures, and chosen") {
  Bench bench;
  const Rect map = bench.place("map");
  const auto at = [&](std::size_t i) {
    return Point{map.x + map.w * (bench.sheet.x[i] + 2) / 4, map.bottom() - map.h * (bench.sheet.y[i] + 2) / 4};
  };
  bench.point_at(at(7));
  CHECK(bench.sheet.selection.hovered >= 0);
  CHECK(bench.says(bench.sheet.names[static_cast<std::size_t>(bench.sheet.selection.hovered) % 3]));
  bench.click(at(7));
  CHECK(bench.sheet.selection.chosen == bench.sheet.selection.hovered);
  bench.point_at({5, 5});
  CHECK(bench.sheet.selection.hovered == Selection::kNone);
}

TEST_CASE("a hundred thousand points cost one picture") {
  Bench few, many(100'000);
  const auto marks = [](Bench& bench) { return bench.headless.draw_data().TotalVtxCount; };
  CHECK(marks(many) < marks(few));
  const Splat& cloud = many.sheet.cloud;
  double total = 0;
  for (float w : cloud.weight) total += static_cast<double>(w);
  CHECK(total == doctest::Approx(100'000).epsilon(0.02));  // all but those beyond the edges
}

TEST_CASE("a splat keeps the category that most points on a pixel have") {
  const float x[] = {0.5f, 0.5f, 0.5f, 0.9f}, y[] = {0.5f, 0.5f, 0.5f, std::nanf("")};
  const std::uint8_t category[] = {2, 2, 1, 0};
  const Splat one = splat(x, y, category, {0, 1, 0, 1}, 3, 3, 1);
  CHECK(one.weight[4] == doctest::Approx(3));
  CHECK(one.category[4] == 2);
}

TEST_CASE("a histogram counts every value once, the ends too") {
  const float values[] = {0, 0.1f, 0.25f, 0.5f, 0.99f, 1, -0.1f, 1.1f, std::nanf("")};
  CHECK(binned(values, 0, 1, 4) == std::vector<float>{2, 1, 1, 2});
  CHECK(binned(values, 1, 1, 4) == std::vector<float>(4, 0));
}

TEST_CASE("the steps of a logarithmic histogram are equal by ratio, and what is not above its low end is in none") {
  const float values[] = {0.125f, 0.25f, 1, 4, 8, 0, -1, 20};
  CHECK(binned(values, {.low = 0.125, .high = 8, .logarithmic = true}, 3) == std::vector<float>{2, 1, 2});
}

TEST_CASE("ranks stand on an axis from a round number below the least of them to 1") {
  const Ranked good[] = {{"ours", 0.994, true}, {"mean", 0.977}}, bad[] = {{"ours", 0.31, true}, {"mean", 0.977}};
  CHECK(rank_axis(good).low == doctest::Approx(0.96));
  CHECK(rank_axis(bad).low == 0);
  CHECK(rank_axis(good).at.size() == 5);
}

TEST_CASE("the threshold is dragged by hand and moved by arrows") {
  Bench bench;
  const Rect scores = bench.place("scores");
  bench.drag({scores.x + scores.w * 0.4f, scores.middle_y()}, {scores.x + scores.w * 0.75f, scores.middle_y()});
  CHECK(bench.sheet.threshold == doctest::Approx(0.75).epsilon(0.01));
  bench.press(Key::enter);
  bench.press(Key::left);
  CHECK(bench.sheet.threshold == doctest::Approx(0.74).epsilon(0.01));
  bench.press(Key::home);
  CHECK(bench.sheet.threshold == 0);
}

TEST_CASE("a threshold that nobody touches stays where it is, even outside of the axis") {
  Bench bench;
  bench.sheet.threshold = 7;
  bench.place("scores");
  CHECK(bench.sheet.threshold == 7);
}

TEST_CASE("a click beside the threshold chooses a bar and leaves the threshold") {
  Bench bench;
  const Rect scores = bench.place("scores");
  bench.click({scores.x + scores.w * 0.8f, scores.middle_y()});
  CHECK(bench.sheet.threshold == 0.4);
  CHECK(bench.sheet.chosen_bin == static_cast<int>(0.8 * 24));
}

TEST_CASE("rates of a small list are those counted by hand") {
  const float scores[] = {0.9f, 0.8f, 0.8f, 0.4f, 0.1f};
  const std::uint8_t there[] = {1, 1, 0, 1, 0};
  const RateCurve roc = rate_curve(scores, there, Rates::roc);
  CHECK(roc.x == std::vector<float>{0, 0, 0.5f, 0.5f, 1});
  CHECK(roc.y[1] == doctest::Approx(1.0 / 3));
  CHECK(roc.y[2] == doctest::Approx(2.0 / 3));
  CHECK(roc.area == doctest::Approx(0.75));
  const RateCurve exact = rate_curve(scores, there, Rates::precision_recall);
  CHECK(exact.chance == doctest::Approx(0.6));
  CHECK(exact.y[2] == doctest::Approx(2.0 / 3));
  const std::uint8_t all[] = {1, 1, 1, 1, 1};
  CHECK(rate_curve(scores, all, Rates::roc).x.empty());
}

TEST_CASE("a cell of the confusion is read, chosen by hand and by keys") {
  Bench bench;
  const Rect cells = bench.place("confusion");
  bench.click({cells.x + cells.w * 0.5f, cells.y + cells.h * 0.84f});
  CHECK(bench.sheet.last_confusion.truth == 2);
  CHECK(bench.sheet.last_confusion.answer == 1);
  CHECK(bench.says("16.0 %"));
  bench.press(Key::enter);
  bench.press(Key::end);
  CHECK(bench.sheet.last_confusion.answer == 2);
}

TEST_CASE("of ten thousand pictures only those in sight are asked for") {
  Bench bench;
  CHECK(bench.sheet.asked > 10);
  CHECK(bench.sheet.asked < 80);
  const Rect grid = bench.place("pictures");
  bench.click({grid.x + 40, grid.y + 40});
  CHECK(bench.sheet.selection.chosen == 0);
  bench.press(Key::enter);
  bench.press(Key::end);
  CHECK(bench.sheet.grid_state.cursor == 9'999);
  CHECK(bench.sheet.grid_state.scrolled > 10'000);
  CHECK(bench.sheet.asked < 80);
  bench.press(Key::enter);
  CHECK(bench.sheet.selection.chosen == 9'999);
}

TEST_CASE("a strip shows the channels that fit and goes to the last one") {
  Bench bench;
  const Rect strip = bench.place("strip");
  bench.point_at({strip.x + 10, strip.y + 10});
  CHECK(bench.sheet.last_channel == 0);
  bench.click({strip.x + 10, strip.y + 10});
  bench.press(Key::enter);
  bench.press(Key::end);
  CHECK(bench.sheet.last_channel == 15);
  CHECK(bench.says("15 of 16"));
}

TEST_CASE("a table sorts upwards, downwards and back; what is no number comes last") {
  Bench bench;
  const auto order = [&] {
    std::vector<std::string> found;
    for (const Audit::Run& run : bench.headless.audit().runs())
      if (run.text.starts_with("spiral")) found.push_back(run.text.substr(7));
    return found;
  };
  using Order = std::vector<std::string>;
  CHECK(order() == Order{"3", "2", "1"});
  const auto press = [&] { bench.click(bench.place("sort test loss").centre()); };
  press();
  CHECK(order() == Order{"3", "2", "1"});
  press();
  CHECK(order() == Order{"2", "3", "1"});
  const Rect rows = bench.place("runs");
  bench.click({rows.middle_x(), rows.y + rows.h / 6});
  CHECK(bench.sheet.chosen_row == 1);  // as it was given
  press();
  CHECK(order() == Order{"3", "2", "1"});
  CHECK(bench.sheet.table_state.sorted == -1);
}

TEST_CASE("what widgets copy reads back") {
  DataParts sheet(6);
  CHECK(csv(sheet.points).starts_with("item,x,y,class\n0,"));
  const Confusion cells{.classes = sheet.names, .counts = sheet.counts};
  CHECK(csv(cells) == "is,normal,early beat,other\nnormal,59,1,0\nearly beat,3,70,2\nother,0,4,21\n");
  const float two[] = {1, 2};
  const HistogramSet set[] = {{"a, b", two}};
  CHECK(csv(Histogram{.sets = set}) == "from,to,\"a, b\"\n0,0.5,1\n0.5,1,2\n");
  const float values[] = {1, 2, 3, 4};
  CHECK(csv(TensorStrip{.channels = 2, .height = 1, .width = 2, .values = values}) ==
        "channel,row,column,value\n0,0,0,1\n0,0,1,2\n1,0,0,3\n1,0,1,4\n");
}
