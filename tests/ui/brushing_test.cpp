// What is pointed at in one widget is marked in all others of its view, by hand and by keys.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "app/ui/confusion.h"
#include "app/ui/headless.h"
#include "app/ui/histogram.h"
#include "app/ui/line_plot.h"
#include "app/ui/rate_plot.h"
#include "app/ui/scatter.h"
#include "app/ui/table.h"
#include "app/ui/tensor_strip.h"
#include "tests/ui/fonts_at.h"

using namespace vitrine::ui;

namespace {
constexpr Rect kPlace{40, 40, 400, 300};
using Items = std::vector<std::int64_t>;

// One widget on an empty page, and the selection it shares.
struct Linked {
  Headless headless{480, 380, Theme(Look::dark, 1), fonts_at(1)};
  std::function<void(Ui&, Selection&)> draw;
  Selection selection;

  explicit Linked(std::function<void(Ui&, Selection&)> widget) : draw(std::move(widget)) { settle(); }
  void settle() {
    headless.settle([this](Ui& ui) { draw(ui, selection); });
    CHECK(headless.audit().faults() == std::vector<std::string>());
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
  void press(Key key) {
    headless.press(key);
    settle();
  }
  void go_inside() {
    point_at({2, 2});
    press(Key::tab);
    press(Key::enter);
  }
  std::vector<std::uint8_t> pixels() { return headless.pixels().rgba; }
  // Somebody else points at an item: this widget must show it, and show nothing once that ends.
  void check_marks(std::int64_t item) {
    point_at({2, 2});
    const auto before = pixels();
    selection.point(1, item);
    settle();
    CHECK(pixels() != before);
    CHECK(selection.hovered == item);  // it was not this widget's to end
    selection.point(1, Selection::kNone);
    settle();
    CHECK(pixels() == before);
  }
};

const float kScores[] = {0.9f, 0.15f, 0.8f, 0.8f, 0.4f, 0.1f};
const std::uint8_t kThere[] = {1, 0, 1, 0, 1, 0};
const std::uint8_t kAnswers[] = {1, 0, 1, 1, 0, 0};
const std::string kNames[] = {"absent", "there"};
}  // namespace

TEST_CASE("a selection points at one or at many, and only who began may end it") {
  Selection selection;
  selection.point(1, 4);
  selection.point(2, Selection::kNone);
  CHECK(selection.hovered == 4);
  selection.point_at_all(2, {3, 5, 9});
  CHECK(selection.hovered == 3);
  CHECK((selection.lit(5) && selection.lit(9) && !selection.lit(4)));
  selection.point(1, Selection::kNone);
  CHECK(selection.lit(9));
  selection.point_at_all(2, {});
  CHECK((!selection.lit(9) && selection.hovered == Selection::kNone && selection.by == 0));
  CHECK_FALSE(selection.lit(Selection::kNone));
  CHECK_FALSE(selection.choose_next({}));
}

TEST_CASE("pressing what stands for many goes through them, round and round") {
  Selection selection;
  const Items items{2, 5, 7};
  for (const std::int64_t wanted : {2, 5, 7, 2}) {
    CHECK(selection.choose_next(items));
    CHECK(selection.chosen == wanted);
  }
}

TEST_CASE("a row of a table is an item, whatever column sorts it") {
  TableState state;
  Linked linked([&](Ui& ui, Selection& selection) {
    static const TableColumn columns[] = {{.title = "run", .number = false}, {.title = "loss", .sorts = true}};
    static const TableCell cells[] = {{"first"}, {"0.3"}, {"second"}, {"0.1"}, {"third"}, {"0.2"}};
    static const std::int64_t items[] = {30, 10, 20};
    table(ui, "runs", kPlace, {.columns = columns, .cells = cells, .items = items}, state, &selection);
  });
  linked.check_marks(20);
  const Rect rows = linked.place("runs");
  linked.click({rows.middle_x(), rows.y + rows.h / 6});
  CHECK(linked.selection.chosen == 30);
  linked.click(linked.place("sort loss").centre());
  linked.point_at({rows.middle_x(), rows.y + rows.h / 6});
  CHECK(linked.selection.hovered == 10);
  linked.click({rows.middle_x(), rows.y + rows.h / 6});
  linked.press(Key::enter);
  linked.press(Key::end);
  CHECK(linked.selection.hovered == 30);
  linked.press(Key::enter);
  CHECK(linked.selection.chosen == 30);
}

TEST_CASE("a cell of a confusion points at its items, and pressing it goes through them") {
  ConfusionState state;
  Linked linked([&](Ui& ui, Selection& selection) {
    static const std::int64_t counts[] = {2, 1, 1, 2};
    confusion(ui, "cells", kPlace, {.classes = kNames, .counts = counts, .truth = kThere, .answer = kAnswers}, state,
              &selection);
  });
  linked.check_marks(3);
  const Rect cells = linked.place("cells");
  const Point right{cells.x + cells.w * 0.75f, cells.y + cells.h * 0.75f};
  linked.point_at(right);
  CHECK(linked.selection.group == Items{0, 2});
  for (const std::int64_t wanted : {0, 2, 0}) {
    linked.click(right);
    CHECK(linked.selection.chosen == wanted);
  }
  linked.press(Key::enter);
  linked.press(Key::right);
  CHECK(linked.selection.group == Items{3});
  linked.press(Key::enter);
  CHECK(linked.selection.chosen == 3);
}

TEST_CASE("a count that a cell has no room for is written in thousands, and read out in full") {
  ConfusionState state;
  Linked linked([&](Ui& ui, Selection& selection) {
    static const std::int64_t counts[] = {7, 24'600, 1'000'000'000'000'000, 49'499};
    const Rect small{kPlace.x, kPlace.y, 130, 130};
    confusion(ui, "cells", small, {.classes = kNames, .counts = counts}, state, &selection);
  });
  const auto says = [&](std::string_view words) {
    return std::ranges::any_of(linked.headless.audit().runs(), [&](const auto& run) { return run.text == words; });
  };
  CHECK((says("7") && says("25k") && says("49k")));
  CHECK_FALSE(says("24600"));
  CHECK_FALSE(says("1000000000000k"));
  const Rect cells = linked.place("cells");
  linked.point_at({cells.x + cells.w * 0.75f, cells.y + cells.h * 0.25f});
  CHECK(says("24600"));
}

TEST_CASE("a bar of a histogram points at its items") {
  HistogramState state;
  const std::vector<float> counts = binned(kScores, 0, 1, 5);
  Linked linked([&](Ui& ui, Selection& selection) {
    const HistogramSet sets[] = {{"all", counts}};
    histogram(ui, "scores", kPlace, {.sets = sets, .items = kScores}, state, &selection);
  });
  linked.check_marks(4);
  const Rect bars = linked.place("scores");
  const Point first{bars.x + bars.w * 0.1f, bars.middle_y()};
  linked.point_at(first);
  CHECK(linked.selection.group == Items{1, 5});
  linked.click(first);
  CHECK(linked.selection.chosen == 1);
  linked.press(Key::enter);
  linked.press(Key::end);
  CHECK(linked.selection.group == Items{0, 2, 3});
  linked.press(Key::enter);
  CHECK(linked.selection.chosen == 2);
}

TEST_CASE("a point of a rate curve points at the items that have its score") {
  RatePlotState state;
  const RateCurve curve = rate_curve(kScores, kThere, Rates::roc);
  Linked linked([&](Ui& ui, Selection& selection) {
    const RateSeries series[] = {{"ours", &curve}};
    rate_plot(ui, "roc", kPlace, {.series = series, .scores = kScores}, state, &selection);
  });
  linked.check_marks(4);
  const Rect area = linked.place("roc");
  linked.click({area.x + area.w * curve.x[2], area.bottom() - area.h * curve.y[2]});
  CHECK(linked.selection.group == Items{2, 3});
  CHECK(linked.selection.chosen == 2);
  linked.press(Key::enter);
  linked.press(Key::home);
  CHECK(linked.selection.group.empty());
  linked.press(Key::right);
  CHECK(linked.selection.hovered == 0);
}

TEST_CASE("a curve is an item: the nearest one stands out, Up and Down go from one to the next") {
  LinePlotState state;
  Brush brush;
  const std::vector<std::int64_t> steps{0, 1, 2};
  const std::vector<float> low{0, 0, 0}, high{1, 1, 1};
  Linked linked([&](Ui& ui, Selection& selection) {
    const Series series[] = {{.label = "low", .values = low, .item = 7},
                             {.label = "high", .values = high, .category = 1, .item = 9}};
    line_plot(ui, "runs", kPlace, {.steps = steps, .series = series}, state, brush, &selection);
  });
  linked.check_marks(9);
  const Rect area = linked.place("runs");
  linked.point_at({area.middle_x(), area.middle_y()});
  CHECK(linked.selection.hovered == Selection::kNone);
  linked.click({area.middle_x(), area.y + 3});
  CHECK(linked.selection.chosen == 9);
  linked.press(Key::enter);
  linked.press(Key::up);
  CHECK(linked.selection.hovered == 7);
  linked.press(Key::down);
  CHECK(linked.selection.hovered == 9);
  linked.press(Key::home);
  CHECK(brush.x == 0);
}

TEST_CASE("a channel of a tensor strip is an item") {
  TensorStripState state;
  std::vector<float> values(4 * 9);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 7) / 7;
  Linked linked([&](Ui& ui, Selection& selection) {
    tensor_strip(ui, "strip", {40, 40, 400, 110},
                 {.channels = 4, .height = 3, .width = 3, .values = values, .version = 1}, state, &selection);
  });
  linked.check_marks(2);
  const Rect strip = linked.place("strip");
  linked.click({strip.x + 10, strip.y + 10});
  CHECK(linked.selection.chosen == 0);
  linked.press(Key::enter);
  linked.press(Key::end);
  CHECK(linked.selection.hovered == 3);
  linked.press(Key::enter);
  CHECK(linked.selection.chosen == 3);
}

TEST_CASE("a scatter rings all items of a bar that is pointed at elsewhere") {
  ScatterState state;
  const float x[] = {0.2f, 0.4f, 0.6f, 0.8f};
  Linked linked([&](Ui& ui, Selection& selection) { scatter(ui, "map", kPlace, {.x = x, .y = x}, state, selection); });
  const auto before = linked.pixels();
  linked.selection.point(1, 0);
  linked.settle();
  const auto one = linked.pixels();
  linked.selection.point_at_all(1, {0, 2});
  linked.settle();
  CHECK(one != before);
  CHECK(linked.pixels() != one);
}
