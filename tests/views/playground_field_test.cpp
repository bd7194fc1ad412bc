// The big field in a person's hand: another part of the plane, points outside it, and the surface in its place.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/views/playground_bench.h"
#include "tests/views/stage.h"
#include "views/playground/field.h"
#include "views/playground/field_marks.h"
#include "views/playground/plane.h"
#include "views/playground/surface.h"
#include "views/playground/unit_readings.h"

namespace vitrine::views::playground {
namespace {

const Settings& settings_of(const Snapshot& s) {
  return *static_cast<const Settings*>(s.settings.get());
}

struct Wall {
  Stage stage{*find_exhibit("playground"), 1600, 1000, ui::Theme(ui::Look::dark, 1), fonts()};

  static std::shared_ptr<ui::Fonts> fonts() {
    static const auto one = std::make_shared<ui::Fonts>(1.0f);
    return one;
  }
  Wall() { stage.settle(); }
  const Snapshot& look() { return static_cast<const Snapshot&>(*stage.shown); }
  void point(ui::Point at) {
    stage.headless.push(ui::input::move(at.x, at.y));
    stage.settle();
  }
  void button(int which, bool down) {
    stage.headless.push(ui::input::button(which, down));
    stage.settle();
  }
  void drag(int which, ui::Point from, ui::Point to) {
    point(from), button(which, true);
    point({(from.x + to.x) / 2, (from.y + to.y) / 2}), point(to);
    button(which, false);
  }
};

TEST_CASE("the wheel goes closer at the pointer, and what is under it stays") {
  Wall wall;
  const ui::Rect field = wall.stage.place("field");
  REQUIRE(field.w > 100);
  const ui::Point at{field.x + 0.75f * field.w, field.y + 0.25f * field.h};  // 3, 3
  wall.point(at);
  for (int i = 0; i < 3; ++i) wall.stage.headless.push(ui::input::wheel(0, 1)), wall.stage.settle();
  const Window window = wall.look().window;
  CHECK(window.zoom == doctest::Approx(1.25 * 1.25 * 1.25));
  CHECK(window.x + 0.5 * window.half() == doctest::Approx(3).epsilon(0.01));
  CHECK(window.y + 0.5 * window.half() == doctest::Approx(3).epsilon(0.01));
  wall.point({at.x + 5, at.y});
  wall.stage.tell(work::command::Undo{});  // all notches are one edit
  wall.stage.settle();
  CHECK(wall.look().window == Window{});
}

TEST_CASE(
    "a drag takes the plane along, by either button; a double click goes home; with a brush the left one paints") {
  Wall wall;
  const ui::Rect field = wall.stage.place("field");
  const ui::Point from = field.centre(), to{from.x + field.w / 4, from.y + field.h / 4};
  for (const int button : {0, 2}) {
    CAPTURE(button);
    wall.drag(button, from, to);
    CHECK(wall.look().window.x == doctest::Approx(-3).epsilon(0.02));
    CHECK(wall.look().window.y == doctest::Approx(3).epsilon(0.02));
    wall.stage.headless.click(from.x, from.y, 2);
    wall.stage.settle();
    CHECK(wall.look().window == Window{});
  }
  wall.stage.tell(Set{"view.brush", std::string("first")});
  wall.drag(0, from, to);
  CHECK(wall.look().window == Window{});
  CHECK(settings_of(wall.look()).set == kOwn);
}

TEST_CASE("inside with the keyboard plus goes closer, arrows push on at the edge, Home goes home") {
  Wall wall;
  const ui::Rect field = wall.stage.place("field");
  wall.stage.headless.click(field.middle_x(), field.middle_y());
  wall.stage.settle();
  const auto press = [&](ui::Key key, bool shift = false) {
    wall.stage.headless.press(key, false, shift);
    wall.stage.settle();
  };
  press(ui::Key::enter);
  press(ui::Key::plus);
  CHECK(wall.look().window.zoom == doctest::Approx(1.25));
  for (int i = 0; i < 12; ++i) press(ui::Key::right, true);
  CHECK(wall.look().window.x > 0);
  press(ui::Key::home);
  CHECK(wall.look().window == Window{});
}

TEST_CASE("a closer window is answered at its own places, with the numbers of home where they meet") {
  Bench bench;
  bench.tell(Step{30});
  const auto home = bench.look();
  CHECK(home->window_fields == home->fields);
  CHECK(home->window_features == home->features);
  bench.set("view.zoom", "4");
  bench.set("view.x", "1.5");
  bench.set("view.y", "-0.75");
  const auto close = bench.look();
  CHECK(close->fields->layers == home->fields->layers);  // tiles stay at home
  const Field& field = close->window_fields->layers[0][1];
  const double x = 1.5 - 1.5, y = -0.75 + 1.5;  // its upper left corner
  const double sum = static_cast<double>(close->weights[0][1]) * x + static_cast<double>(close->weights[0][4 + 1]) * y +
                     static_cast<double>(close->biases[0][1]);
  CHECK(static_cast<double>(field.front()) == doctest::Approx(std::tanh(sum)).epsilon(1e-4));
  CHECK(static_cast<double>((*close->window_features)[2].front()) == doctest::Approx(x * x));
  CHECK(bench.look()->window_fields == close->window_fields);  // not asked again while nothing moves
  bench.tell(Step{1});
  CHECK(bench.look()->window_fields != close->window_fields);
}

TEST_CASE("every point that the window does not hold is counted at the edge it lies behind") {
  Bench bench;
  CHECK(outside(*bench.look(), true).empty());
  bench.set("view.zoom", "4");
  bench.set("view.x", "2");
  const auto s = bench.look();
  int count = 0, left = 0, expected = 0, expected_left = 0;
  for (const EdgeMark& mark : outside(*s, true)) {
    count += mark.count;
    if (mark.side == EdgeMark::Side::left) left += mark.count;
    CHECK(std::max(std::fabs(mark.x - 2), std::fabs(mark.y)) == doctest::Approx(1.5));
  }
  for (const datasets::PlanePoint& p : s->points->all) {
    const bool is_outside = std::fabs(p.x - 2) > 1.5 || std::fabs(p.y) > 1.5;
    expected += is_outside;
    expected_left += is_outside && p.x - 2 < 0 && 2 - p.x >= std::fabs(p.y);
  }
  CHECK(expected > 100);
  CHECK(count == expected);
  CHECK(left == expected_left);
}

TEST_CASE("a point is wrong by what the network answers to it, wherever it lies") {
  Bench bench;
  bench.tell(Step{2});
  const auto s = bench.look();
  std::int64_t wrong = 0, judged = 0;
  for (std::size_t i = s->points->train; i < s->points->all.size(); ++i) wrong += is_wrong(*s, i);
  for (std::size_t cell = 0; cell < s->score.confusion.size(); ++cell)
    if (cell % 3 != 0) judged += s->score.confusion[cell];
  CHECK(wrong == judged);
  REQUIRE(s->answers->size() == s->points->all.size());
}

TEST_CASE("the sum that is read out, bent, is the answer, and the slopes are those of the answer") {
  Bench bench;
  bench.tell(Step{40});
  bench.set("view.zoom", "3");
  const auto s = bench.look();
  for (const ui::UnitAt unit : {ui::UnitAt{1, 3}, ui::UnitAt{2, 1}, ui::UnitAt{3, 0}}) {
    CAPTURE(unit.column);
    const Field& answers =
        s->window_fields->layers[static_cast<std::size_t>(unit.column) - 1][static_cast<std::size_t>(unit.unit)];
    const UnitReadings read = read_unit(*s, unit, answers, 40, 70);
    REQUIRE(read.sum);
    const double answer = static_cast<double>(answers[70 * 100 + 40]);
    CHECK(std::tanh(*read.sum) == doctest::Approx(answer).epsilon(1e-4));
    const double step = 4.0 / 99, right = static_cast<double>(answers[70 * 100 + 41]),
                 above = static_cast<double>(answers[69 * 100 + 40]);
    CHECK(read.across * step == doctest::Approx(right - answer).epsilon(0.1));
    CHECK(read.up * step == doctest::Approx(above - answer).epsilon(0.1));
  }
  const UnitReadings feature = read_unit(*s, {0, 0}, (*s->window_features)[0], 0, 0);
  CHECK_FALSE(feature.sum);
  CHECK(feature.across == doctest::Approx(1).epsilon(1e-3));
  CHECK(feature.up == doctest::Approx(0));
}

TEST_CASE("points and cells of the confusion are one selection: as many items in a cell as it counts") {
  Wall wall;
  wall.stage.tell(Step{3});
  wall.stage.settle();
  const Snapshot& s = wall.look();
  const TestItems items = test_items(s);
  for (int truth = 0; truth < 2; ++truth)
    for (int answer = 0; answer < 2; ++answer) {
      std::int64_t count = 0;
      for (std::size_t i = 0; i < items.truth.size(); ++i)
        count += items.truth[i] == truth && items.answer[i] == answer;
      CHECK(count == s.score.confusion[static_cast<std::size_t>(2 * truth + answer)]);
    }
  const ui::Rect field = wall.stage.place("field");
  const ui::Plane plane{across(s.window), up(s.window), field};
  const datasets::PlanePoint& p = s.points->all[7];
  const ui::Point at = plane.at(p.x, p.y);
  const std::int64_t found = point_under(wall.stage.headless.ui(), plane, s, false, at);
  REQUIRE(found >= 0);
  const datasets::PlanePoint& under = s.points->all[static_cast<std::size_t>(found)];
  CHECK(std::hypot(under.x - p.x, under.y - p.y) == 0);
  CHECK(point_under(wall.stage.headless.ui(), plane, s, false, {field.x - 50, field.y}) == ui::Selection::kNone);
}

TEST_CASE("the painter lays facets down from far to near, and every one once") {
  std::vector<float> values;
  for (int i = 0; i < 100 * 100; ++i) values.push_back(static_cast<float>(i % 7) / 7 - 0.4f);
  for (const double turn : {-170.0, -100.0, -30.0, 0.0, 30.0, 95.0, 180.0}) {
    CAPTURE(turn);
    const Camera camera(turn, 35, {0, 0, 400, 300});
    const std::vector<Facet> all = facets(values, 100, 1, camera);
    REQUIRE(all.size() == kMesh * kMesh);
    std::vector<bool> seen(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      seen[static_cast<std::size_t>(all[i].row * kMesh + all[i].column)] = true;
      for (const ui::Point& corner : all[i].corners) {
        CHECK(corner.x >= -1);
        CHECK(corner.x <= 401);
        CHECK(corner.y >= -1);
        CHECK(corner.y <= 301);
      }
      if (i % kMesh == 0) continue;  // within a row no step comes nearer and goes away again
      const auto depth = [&](const Facet& f) {
        return camera.depth(2.0 * f.column / kMesh - 1, 1 - 2.0 * f.row / kMesh);
      };
      CHECK(depth(all[i]) <= depth(all[i - 1]) + 1e-9);
    }
    CHECK(std::ranges::count(seen, false) == 0);
  }
}

TEST_CASE("a surface stands as high as its values, between their places, too") {
  const std::vector<float> values{-1, 1, 0, 0.5f};
  CHECK(height_at(values, 2, 1, -1, 1) == -1);
  CHECK(height_at(values, 2, 1, 1, 1) == 1);
  CHECK(height_at(values, 2, 1, 1, -1) == 0.5);
  CHECK(height_at(values, 2, 1, 0, 1) == doctest::Approx(0));
  CHECK(height_at(values, 2, 0.25f, 1, -1) == 1);  // cut at the end of the map
}

TEST_CASE("the surface turns with the hand and the keys, and one undo takes a gesture back") {
  Wall wall;
  wall.stage.tell(Set{"view.surface", true});
  wall.stage.settle();
  CHECK(wall.stage.faults() == "");
  const ui::Rect surface = wall.stage.place("surface");
  REQUIRE(surface.w > 100);
  const double turn = settings_of(wall.look()).turn, tilt = settings_of(wall.look()).tilt;
  wall.drag(0, surface.centre(), {surface.middle_x() + 40, surface.middle_y() + 20});
  CHECK(settings_of(wall.look()).turn == doctest::Approx(turn + 20));
  CHECK(settings_of(wall.look()).tilt == doctest::Approx(tilt + 10));
  wall.stage.tell(work::command::Undo{});
  wall.stage.settle();
  CHECK(settings_of(wall.look()).turn == turn);
  CHECK(settings_of(wall.look()).tilt == tilt);
  wall.stage.headless.press(ui::Key::enter);
  wall.stage.settle();
  wall.stage.headless.press(ui::Key::right);
  wall.stage.settle();
  CHECK(settings_of(wall.look()).turn != turn);
}

}  // namespace
}  // namespace vitrine::views::playground
