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
  const Window window = wall.look().window();
  CHECK(window.zoom == doctest::Approx(1.25 * 1.25 * 1.25));
  CHECK(window.x + 0.5 * window.half() == doctest::Approx(3).epsilon(0.01));
  CHECK(window.y + 0.5 * window.half() == doctest::Approx(3).epsilon(0.01));
  wall.point({at.x + 5, at.y});
  wall.stage.tell(work::command::Undo{});  // all notches are one edit
  wall.stage.settle();
  CHECK(wall.look().window() == Window{});
}

TEST_CASE(
    "a drag takes the plane along, by either button; a double click goes home; with a brush the left one paints") {
  Wall wall;
  const ui::Rect field = wall.stage.place("field");
  const ui::Point from = field.centre(), to{from.x + field.w / 4, from.y + field.h / 4};
  for (const int button : {0, 2}) {
    CAPTURE(button);
    wall.drag(button, from, to);
    CHECK(wall.look().window().x == doctest::Approx(-3).epsilon(0.02));
    CHECK(wall.look().window().y == doctest::Approx(3).epsilon(0.02));
    wall.stage.headless.click(from.x, from.y, 2);
    wall.stage.settle();
    CHECK(wall.look().window() == Window{});
  }
  wall.stage.tell(Set{"view.brush", std::string("first")});
  wall.drag(0, from, to);
  CHECK(wall.look().window() == Window{});
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
  CHECK(wall.look().window().zoom == doctest::Approx(1.25));
  for (int i = 0; i < 12; ++i) press(ui::Key::right, true);
  CHECK(wall.look().window().x > 0);
  press(ui::Key::home);
  CHECK(wall.look().window() == Window{});
}

// What a unit of the default network answers, in double, from the weights that a snapshot shows; more is added to the
// sum of one unit, as a hand would that asks what follows.
struct Added {
  UnitPlace to;
  double sum = 0;
};
double answer_by_hand(const Snapshot& s, double x, double y, const UnitPlace& of, const Added& added = {}) {
  std::vector<double> answers{x, y};
  for (int layer = 1; layer <= of.layer; ++layer) {
    const auto at = static_cast<std::size_t>(layer) - 1;
    std::vector<double> next;
    for (int unit = 0; unit < s.shape.units(layer); ++unit) {
      const auto units = static_cast<std::size_t>(s.shape.units(layer)), to = static_cast<std::size_t>(unit);
      double sum = static_cast<double>(s.biases[at][to]);
      for (std::size_t from = 0; from < answers.size(); ++from)
        sum += static_cast<double>(s.weights[at][from * units + to]) * answers[from];
      next.push_back(std::tanh(added.to == UnitPlace{layer, unit} ? sum + added.sum : sum));
    }
    answers = std::move(next);
  }
  return answers[static_cast<std::size_t>(of.unit)];
}

TEST_CASE("the big field is answered at the middles of its pixels, coarsely while weights move, at rest at each") {
  Bench bench;
  bench.tell(Step{30});
  const UnitPlace unit{1, 1};
  const auto ask = [&](bool spare_time) { bench.session().look_at({.pixels = 333, .unit = unit}, spare_time); };
  ask(false);
  const auto moving = bench.look();
  CHECK_FALSE(moving->sharp);
  CHECK(moving->close_up->edge >= kFieldSize);
  CHECK(moving->close_up->edge < 333);
  ask(true);
  const auto at_rest = bench.look();
  CHECK(at_rest->sharp);
  REQUIRE(at_rest->close_up->edge == 333);
  CHECK(at_rest->fields == moving->fields);  // of the tiles
  for (const auto& s : {moving->close_up, at_rest->close_up}) {
    CAPTURE(s->edge);
    REQUIRE(s->answers.front().size() == static_cast<std::size_t>(s->edge * s->edge));
    for (const int pixel : {0, s->edge + 7, s->edge * s->edge / 2, s->edge * s->edge - 1}) {
      const double x = 12 * (pixel % s->edge + 0.5) / s->edge - 6, y = 6 - 12 * (pixel / s->edge + 0.5) / s->edge;
      CHECK(static_cast<double>(s->answers.front()[static_cast<std::size_t>(pixel)]) ==
            doctest::Approx(answer_by_hand(*at_rest, x, y, unit)).epsilon(1e-4));
    }
  }
  ask(true);
  CHECK(bench.look()->close_up == at_rest->close_up);  // not asked again while nothing moves
  bench.tell(Step{1});
  CHECK_FALSE(bench.look()->sharp);
  bench.set("view.zoom", "4");
  bench.set("view.x", "1.5");
  ask(true);
  const auto close = bench.look();
  CHECK(static_cast<double>(close->close_up->answers.front().front()) ==
        doctest::Approx(answer_by_hand(*close, 1.5 - 1.5 + 1.5 / 333, 1.5 - 1.5 / 333, unit)).epsilon(1e-4));
  CHECK(close->fields->layers == bench.look()->fields->layers);
  bench.session().look_at({.pixels = 333, .unit = {0, 2}}, true);
  CHECK(static_cast<double>(bench.look()->close_up->answers.front().front()) ==
        doctest::Approx((1.5 / 333) * (1.5 / 333)).epsilon(1e-3));  // x₁²
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

TEST_CASE("what is read out of a unit is what finite differences find of the loss, on one point and on all") {
  Bench bench;
  bench.tell(Step{40});
  const auto points = bench.look()->points;
  for (const UnitPlace unit : {UnitPlace{1, 3}, UnitPlace{2, 1}, UnitPlace{3, 0}}) {
    for (const std::size_t point : {std::size_t{7}, points->train + 3}) {
      CAPTURE(unit.layer);
      CAPTURE(point);
      bench.session().look_at({.unit = unit, .place = ReadPlace{1.25, -2, static_cast<int>(point)}}, true);
      const auto s = bench.look();
      REQUIRE(s->reading);
      const auto& p = points->all[point];
      CHECK(s->reading->place.x == p.x);
      CHECK(s->reading->answer == doctest::Approx(answer_by_hand(*s, p.x, p.y, unit)).epsilon(1e-4));
      CHECK(std::tanh(*s->reading->sum) == doctest::Approx(s->reading->answer).epsilon(1e-4));
      const auto gradient = [&](const datasets::PlanePoint& of) {
        constexpr double h = 1e-5;
        const auto loss = [&](double sum) {
          const double off = answer_by_hand(*s, of.x, of.y, {3, 0}, {unit, sum}) - of.label;
          return off * off / 2;
        };
        return (loss(h) - loss(-h)) / (2 * h);
      };
      double all = 0;
      for (std::size_t i = 0; i < points->train; ++i) all += gradient(points->all[i]);
      CHECK(*s->reading->gradient_here == doctest::Approx(gradient(p)).epsilon(1e-3));
      CHECK(*s->reading->gradient == doctest::Approx(all / static_cast<double>(points->train)).epsilon(1e-3));
    }
  }
}

TEST_CASE("beside all points there is no loss to read out, and a feature has one on a point while it is shown") {
  Bench bench;
  const auto read = [&](const UnitPlace& unit, int point) {
    bench.session().look_at({.unit = unit, .place = ReadPlace{1.5, 0.5, point}}, true);
    const auto s = bench.look();
    if (unit.layer == 0) CHECK(slopes_at(*s->close_up, 1.5, 0.5).across == doctest::Approx(1).epsilon(1e-3));
    return *s->reading;
  };
  const UnitReading beside = read({0, 0}, ReadPlace::kNoPoint), on = read({0, 0}, 7);
  CHECK(beside.answer == 1.5);
  CHECK_FALSE(beside.sum);
  CHECK_FALSE(beside.gradient_here);
  CHECK(*on.gradient_here != 0);
  CHECK_FALSE(read({}, ReadPlace::kNoPoint).gradient_here);
  bench.set("features.x1", "false");
  CHECK_FALSE(read({0, 0}, 7).gradient_here);
}

TEST_CASE("of several classes the gradients of the shares are what softmax and its cross-entropy make of them") {
  Bench bench;
  bench.set("data.set", "spiral-arms");
  bench.set("learning.loss", "cross_entropy");
  bench.tell(Step{20});
  const auto points = bench.look()->points;
  for (const int point : {11, 12, 13, 14, 15, 16}) {  // of all classes
    bench.session().look_at({.place = ReadPlace{0, 0, point}}, true);
    const auto s = bench.look();
    REQUIRE(s->close_up->answers.size() == 3);
    const bool first = points->class_of(points->all[static_cast<std::size_t>(point)].label) == 0;
    CHECK(*s->reading->gradient_here == doctest::Approx(s->reading->answer - (first ? 1 : 0)).epsilon(1e-3));
  }
}

TEST_CASE("test points are hollow in every kind of set") {
  Wall wall;
  for (const char* set : {"circle", "spiral-arms", "reg-plane"}) {
    CAPTURE(set);
    wall.stage.tell(Set{"data.set", std::string(set)});
    wall.stage.settle();
    const ui::Rect field = wall.stage.place("field");
    const auto pixels = [&](bool test) {
      wall.stage.tell(Set{"view.test", test});
      wall.stage.settle();
      return wall.stage.headless.pixels();
    };
    const ui::Image without = pixels(false), with = pixels(true);
    const Snapshot& s = wall.look();
    const ui::Plane plane{across(), up(), field};
    int filled = 0, seen = 0;
    for (std::size_t i = s.points->train; i < s.points->all.size(); ++i) {
      const ui::Point at = plane.at(s.points->all[i].x, s.points->all[i].y);
      const std::uint8_t* middle = with.at(static_cast<int>(at.x), static_cast<int>(at.y));
      const ui::Colour own = colour_of(wall.stage.headless.ui().theme, *s.points, s.points->all[i]);
      seen +=
          !std::equal(middle - 4 * 4, middle + 4 * 5, without.at(static_cast<int>(at.x) - 4, static_cast<int>(at.y)));
      filled += middle[0] == (own & 0xFF) && middle[1] == (own >> 8 & 0xFF) && middle[2] == (own >> 16 & 0xFF);
    }
    CHECK(seen > 50);
    CHECK(filled < seen / 5);  // one may lie on a training point
  }
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
  const ui::Plane plane{across(s.window()), up(s.window()), field};
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
