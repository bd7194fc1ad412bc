// A widget on paper: the same drawing as marks, with its words as words, and as pixels three times as fine.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/ui/figure.h"
#include "app/ui/headless.h"
#include "app/ui/line_plot.h"
#include "app/ui/offers.h"
#include "app/ui/svg.h"
#include "tests/support/well_formed.h"

using namespace vitrine::ui;

namespace {
std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

struct Curves {
  std::vector<std::int64_t> steps{0, 1, 2, 3, 4, 5};
  std::vector<float> train{1, 0.5f, 0.3f, 0.2f, 0.15f, 0.1f}, test{1, 0.7f, 0.5f, 0.4f, 0.4f, 0.4f};
  Series series[2] = {{.label = "train & co", .values = train, .category = 0},
                      {.label = "test", .values = test, .category = 1}};

  void draw(Ui& ui, const Rect& rect) {
    LinePlotState state;
    Brush brush;
    line_plot(ui, "loss", rect, {.heading = "Loss", .steps = steps, .series = series, .x_name = "epoch"}, state, brush);
  }
  Figure figure(Look look = Look::light) {
    return {look, 400, 240, false, [this](Ui& ui, const Rect& rect) { draw(ui, rect); }};
  }
};

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
}  // namespace

TEST_CASE("a plot saved as vectors has its words as words and its curves as curves") {
  Curves curves;
  const std::string svg = figure_svg(curves.figure());
  CHECK(vitrine::testing::well_formed(svg));
  CHECK(svg.find("width=\"448\" height=\"288\"") != std::string::npos);  // with six units round it
  CHECK(count(svg, ">Loss</text>") == 1);
  CHECK(count(svg, ">train &amp; co</text>") == 1);
  CHECK(count(svg, ">test</text>") == 1);
  CHECK(count(svg, "stroke-dasharray") == 2);  // the dashed curve, and its key
  CHECK(count(svg, "<image") == 0);
  const std::size_t curve = svg.find("<polyline", svg.find("clip-path="));  // the second series lies below the first
  const std::string points = svg.substr(curve, svg.find("/>", curve) - curve);
  CHECK(count(points, ",") == 6);
}

TEST_CASE("what is drawn on screen is written down mark by mark, and nothing else changes") {
  Curves curves;
  Headless headless(400, 240, Theme(Look::dark, 1));
  const auto draw = [&](Ui& ui) { curves.draw(ui, ui.window()); };
  headless.settle(draw);
  const std::vector<std::uint8_t> before = headless.pixels().rgba;
  Svg svg({0, 0, 400, 240}, 1);
  headless.frame([&](Ui& ui) {
    ui.svg = &svg;
    draw(ui);
    ui.svg = nullptr;
  });
  CHECK(headless.pixels().rgba == before);
  const std::string text = svg.finish();
  CHECK(count(text, "<text") == headless.audit().runs().size());
}

TEST_CASE("a plot saved as a picture is three times as fine") {
  Curves curves;
  const std::string png = figure_png(curves.figure(Look::dark));
  CHECK(png.substr(1, 3) == "PNG");
  CHECK(big_endian(png, 16) == 3 * 448);
  CHECK(big_endian(png, 20) == 3 * 288);
}

TEST_CASE("a figure is drawn in the middle of a frame without disturbing it") {
  Curves curves;
  Headless headless(400, 240, Theme(Look::dark, 1));
  std::string svg;
  headless.frame([&](Ui& ui) {
    curves.draw(ui, ui.window());
    ImGuiContext* here = ImGui::GetCurrentContext();
    svg = figure_svg(curves.figure());
    CHECK(ImGui::GetCurrentContext() == here);
    curves.draw(ui, ui.window());
  });
  CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("marks of every kind, clips and hostile words are written so that a reader understands them") {
  Svg svg({0, 0, 100, 50}, 2);
  const Point line[] = {{1, 2}, {3.5f, 4.25f}};
  svg.push_clip({0, 0, 10, 10});
  svg.path(line, rgb(0x5AAEF5, 128), 1.5f);
  svg.text({1, 2}, "a < b & \"c\"\x01", rgb(0), {.family = "In\"ter", .size = 13, .width = 20});
  Texture texture{"t", 1, Filter::nearest, Image(2, 2)};
  svg.picture(texture, {0, 0, 8, 8}, 3, 0.5f);
  const std::string text = svg.finish();  // the clip was left open
  CHECK(vitrine::testing::well_formed(text));
  CHECK(text.find("points=\"1,2 3.5,4.25\"") != std::string::npos);
  CHECK(text.find("stroke=\"#5aaef5\" stroke-opacity=\"0.5\"") != std::string::npos);
  CHECK(text.find("a &lt; b &amp; &quot;c&quot;</text>") != std::string::npos);
  CHECK(text.find("image-rendering:pixelated") != std::string::npos);
  CHECK(text.find("base64,iVBORw0KGgo") != std::string::npos);
}

TEST_CASE("a field of a copied table is quoted when it must be") {
  CHECK(csv_field("plain") == "plain");
  CHECK(csv_field("a,b") == "\"a,b\"");
  CHECK(csv_field("say \"x\"\n") == "\"say \"\"x\"\"\n\"");
}
