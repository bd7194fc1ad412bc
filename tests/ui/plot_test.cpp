// Axes, curves and iso-lines by their numbers, without a window.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "app/ui/heat_map.h"
#include "app/ui/line_plot.h"

using namespace vitrine::ui;

namespace {
std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> found;
  for (const Tick& tick : ticks(axis)) found.push_back(tick.label);
  return found;
}
using Labels = std::vector<std::string>;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
}  // namespace

TEST_CASE("a palette has the colours of its map, to a step of one byte") {
  const Theme theme(Look::dark, 1);
  std::vector<float> values{kNan, -7, -1, -0.5f, 0, 0.001f, 0.25f, 1, 9};
  Image exact(3, 3), looked_up(3, 3);
  for (const ColourMap map : {ColourMap::diverging, ColourMap::sequential}) {
    colour_values(theme, values, -1, 1, map, 0.8f, exact);
    Palette(theme, map, 0.8f).paint(values, -1, 1, looked_up);
    for (std::size_t i = 0; i < exact.rgba.size(); ++i) CHECK(std::abs(exact.rgba[i] - looked_up.rgba[i]) <= 1);
    CHECK(looked_up.rgba != Image(3, 3).rgba);
  }
}

TEST_CASE("every range has three to five round ticks inside it") {
  unsigned noise = 7;
  auto random = [&noise] { return (noise = noise * 1664525u + 1013904223u) / 4294967296.0; };
  for (int i = 0; i < 2000; ++i) {
    double size = std::pow(10.0, 12 * random() - 6), low = (random() - 0.5) * size * 10;
    Axis axis{.low = low, .high = low + size};
    std::vector<Tick> found = ticks(axis);
    CAPTURE(axis.low);
    CAPTURE(axis.high);
    REQUIRE(found.size() >= 3);
    REQUIRE(found.size() <= 5);
    for (const Tick& tick : found) {
      REQUIRE(axis.share(tick.value) > -1e-6);
      REQUIRE(axis.share(tick.value) < 1 + 1e-6);
    }
  }
}

TEST_CASE("ticks are the numbers a person would choose") {
  CHECK(labels({.low = 0, .high = 1}) == Labels{"0.00", "0.25", "0.50", "0.75", "1.00"});
  CHECK(labels({.low = -4, .high = 8}) == Labels{"−2.5", "0.0", "2.5", "5.0", "7.5"});
  CHECK(labels({.low = 0, .high = 1400}) == Labels{"0", "500", "1,000"});
  CHECK(labels({.low = 0, .high = 3, .whole = true}) == Labels{"0", "1", "2", "3"});
  CHECK(labels({.low = 0.0001, .high = 1, .logarithmic = true}) == Labels{"0.0001", "0.001", "0.01", "0.1", "1"});
  CHECK(labels({.low = 1e-8, .high = 1, .logarithmic = true}).size() == 5);
  CHECK(labels({.low = 0.1, .high = 1, .logarithmic = true}) == Labels{"0.1", "0.2", "0.5", "1"});
  CHECK(labels({.low = -6, .high = 6, .at = {-6, 0, 6}}) == Labels{"−6", "0", "6"});
  CHECK(labels({.low = 1, .high = 1}).empty());
}

TEST_CASE("a rounded axis ends on ticks and survives any data") {
  Axis loss = rounded({.low = 0.0007, .high = 0.55, .logarithmic = true});
  CHECK(loss.low == doctest::Approx(0.0001));
  CHECK(loss.high == doctest::Approx(1));
  CHECK(rounded({.low = 0.3, .high = 9.7}).high == doctest::Approx(10));
  for (bool logarithmic : {false, true})
    for (auto [low, high] : {std::pair{0.0, 0.0}, {5.0, 5.0}, {-3.0, -3.0}, {1.0, 0.0}, {-2.0, 7.0}}) {
      Axis axis = rounded({.low = low, .high = high, .logarithmic = logarithmic});
      CHECK(axis.low < axis.high);
      CHECK(ticks(axis).size() >= 2);
    }
}

TEST_CASE("a value goes to a pixel and comes back") {
  for (bool logarithmic : {false, true}) {
    Plane plane{{.low = 0.01, .high = 100, .logarithmic = logarithmic}, {.low = 2, .high = 3}, {100, 50, 640, 480}};
    for (double share : {0.0, 0.25, 0.7, 1.0}) {
      double x = plane.x.value(share), y = plane.y.value(share);
      Point p = plane.at(x, y);
      CHECK(plane.x_at(p.x) == doctest::Approx(x).epsilon(1e-4));
      CHECK(plane.y_at(p.y) == doctest::Approx(y).epsilon(1e-4));
    }
    CHECK(plane.at(0.01, 2) == Point{100, 530});
    CHECK(plane.at(100, 3) == Point{740, 50});
  }
}

TEST_CASE("thinning a long curve keeps every spike and both ends") {
  std::vector<std::int64_t> steps(20'000);
  std::vector<float> values(steps.size(), 0.5f);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = static_cast<std::int64_t>(i);
  values[777] = 0.9f, values[12'345] = 0.1f, values.back() = 0.7f, values[5'000] = kNan;
  Plane plane{{.low = 0, .high = 19'999}, {.low = 0, .high = 1}, {0, 0, 300, 100}};
  LinePlot plot{.steps = steps};
  std::vector<Point> points = decimated(plane, plot, values);
  CHECK(points.size() <= 4 * 301);
  CHECK(points.front().x == 0);
  CHECK(points.back() == plane.at(19'999, 0.7f));
  auto [top, bottom] = std::minmax_element(points.begin(), points.end(), [](Point a, Point b) { return a.y < b.y; });
  CHECK(*top == plane.at(777, 0.9f));
  CHECK(*bottom == plane.at(12'345, 0.1f));
  CHECK(std::is_sorted(points.begin(), points.end(), [](Point a, Point b) { return a.x < b.x; }));
}

TEST_CASE("a short curve is drawn as it is, without what is not finite") {
  std::vector<float> x{0, 1, 2, 3}, values{1, kNan, 3, 9};
  Plane plane{{.low = 0, .high = 3}, {.low = 0, .high = 4}, {0, 0, 300, 100}};
  std::vector<Point> points = decimated(plane, {.x = x}, values);
  CHECK(points == std::vector<Point>{{0, 75}, {200, 25}, {300, 0}});  // the last stays at the edge
}

TEST_CASE("the copied table reads back") {
  std::vector<std::int64_t> steps{0, 10, 20};
  std::vector<float> train{0.5f, 0.1f, kNan}, test{0.25f};
  Series series[] = {{.label = "train", .values = train}, {.label = "test", .values = test}};
  CHECK(csv({.steps = steps, .series = series, .x_name = "epoch"}) ==
        "epoch,train,test\n0,0.5,0.25\n10,0.1,\n20,nan,\n");
}

TEST_CASE("the iso-line of a round hill is one ring at its radius") {
  constexpr int n = 65;
  std::vector<float> hill;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x)
      hill.push_back(std::hypot((static_cast<float>(x) + 0.5f) / n - 0.5f, (static_cast<float>(y) + 0.5f) / n - 0.5f));
  float levels[] = {0.3f};
  std::vector<IsoLine> lines = iso_lines(hill, n, n, levels);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].points.front() == lines[0].points.back());
  CHECK(lines[0].points.size() > 100);
  for (Point p : lines[0].points) REQUIRE(std::hypot(p.x - 0.5f, p.y - 0.5f) == doctest::Approx(0.3f).epsilon(0.005));
}

TEST_CASE("the zero of a slope is one straight line from edge to edge") {
  constexpr int n = 8;
  std::vector<float> slope;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x) slope.push_back(static_cast<float>(x) - 2.25f);
  float levels[] = {0, 100};
  std::vector<IsoLine> lines = iso_lines(slope, n, n, levels);
  REQUIRE(lines.size() == 1);
  auto [low, high] =
      std::minmax_element(lines[0].points.begin(), lines[0].points.end(), [](Point a, Point b) { return a.y < b.y; });
  CHECK(low->y == 0);
  CHECK(high->y == 1);
  for (Point p : lines[0].points) CHECK(p.x == doctest::Approx(2.75f / 8));
}

TEST_CASE("every crossing of a rough field lies on exactly one line") {
  unsigned noise = 3;
  std::vector<float> rough(32 * 32);
  for (float& v : rough) v = static_cast<float>((noise = noise * 1664525u + 1013904223u) >> 8) / 16777216.0f - 0.5f;
  float levels[] = {0};
  std::size_t crossings = 0, drawn = 0;
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) {
      auto above = [&](int i, int j) {
        return rough[static_cast<std::size_t>(std::min(j, 31) * 32 + std::min(i, 31))] >= 0;
      };
      bool edge_x = y == 0 || y == 31, edge_y = x == 0 || x == 31;  // there the field goes on, flat, once more
      crossings += (above(x, y) != above(x + 1, y)) * (edge_x ? 2u : 1u);
      crossings += (above(x, y) != above(x, y + 1)) * (edge_y ? 2u : 1u);
    }
  for (const IsoLine& line : iso_lines(rough, 32, 32, levels)) {
    bool ring = line.points.front() == line.points.back();
    drawn += line.points.size() - ring;
    bool open_ends_on_edge = true;
    for (Point p : {line.points.front(), line.points.back()})
      open_ends_on_edge = open_ends_on_edge && (p.x == 0 || p.x == 1 || p.y == 0 || p.y == 1);
    CHECK((ring || open_ends_on_edge));
  }
  CHECK(drawn == crossings);
}
