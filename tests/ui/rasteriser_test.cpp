// The rasteriser against triangles whose pixels are known.
#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <utility>

#include "engine/core/random.h"
#include "tests/ui/scene.h"

using namespace vitrine::ui;

namespace {

int lit(const Image& image) {
  int count = 0;
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) count += image.rgba[i] > 0;
  return count;
}

constexpr ImU32 kWhite = rgb(0xFFFFFF), kHalf = rgb(0xFFFFFF, 128);

// Whether a centre belongs to a triangle that turns clockwise on the screen; positions are whole 256ths of a pixel, so
// that nothing is rounded.
bool holds(const std::array<ImVec2, 3>& corners, int x, int y) {
  const double px = x + 0.5, py = y + 0.5;
  for (std::size_t i = 0; i < 3; ++i) {
    const ImVec2 a = corners[i], b = corners[(i + 1) % 3];
    const double ax = static_cast<double>(a.x), ay = static_cast<double>(a.y);
    const double ex = static_cast<double>(b.x) - ax, ey = static_cast<double>(b.y) - ay;
    const double side = ex * (py - ay) - ey * (px - ax);
    const bool top_left = ey < 0 || (ey == 0 && ex > 0);
    if (side < 0 || (side == 0 && !top_left)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every triangle covers exactly the centres it holds, slivers and giants alike") {
  constexpr int kSize = 40;
  vitrine::random::Draw draw(7, 0, 0);
  int covered = 0;
  for (int n = 0; n < 3000; ++n) {
    const int step = n % 4 == 0 ? 128 : 1;                                // often through centres and along rows
    const int room = n % 3 == 0 ? kSize : n % 3 == 1 ? 8 * kSize : 3000;  // px that the corners may be apart
    const auto place = [&] {
      const int steps = 256 * room / step;
      const int at = static_cast<int>(draw.word() % static_cast<unsigned>(steps)) - steps / 2;
      return static_cast<float>(at * step) / 256 + kSize / 2;
    };
    std::array<ImVec2, 3> corners;
    for (ImVec2& corner : corners) corner = {place(), place()};
    if (n % 5 == 0) corners[1].y = corners[0].y;  // a level edge
    if (n % 7 == 0) corners[2].x = corners[1].x;  // an upright one
    Scene s;
    s.triangle(corners[0], corners[1], corners[2], kWhite, kWhite, kWhite);
    s.command(s.white);
    const Image& image = s.draw(kSize, kSize);
    const double turn =
        static_cast<double>(corners[1].x - corners[0].x) * static_cast<double>(corners[2].y - corners[0].y) -
        static_cast<double>(corners[2].x - corners[0].x) * static_cast<double>(corners[1].y - corners[0].y);
    if (turn < 0) std::swap(corners[1], corners[2]);
    int wrong = 0;
    for (int y = 0; y < kSize; ++y)
      for (int x = 0; x < kSize; ++x) wrong += (image.at(x, y)[0] > 0) != (turn != 0 && holds(corners, x, y));
    covered += lit(image);
    CAPTURE(n);
    REQUIRE(wrong == 0);
  }
  CHECK(covered > 100'000);
}

TEST_CASE("a right triangle covers the pixels whose centres it holds") {
  Scene s;
  s.triangle({0, 0}, {4, 0}, {0, 4}, kWhite, kWhite, kWhite);
  s.command(s.white);
  const Image& image = s.draw();
  // Rows of 3, 2, 1 centres lie inside; those on the slanted edge belong to the triangle below.
  CHECK(lit(image) == 6);
  CHECK(image.at(2, 0)[0] == 255);
  CHECK(image.at(3, 0)[0] == 0);
}

TEST_CASE("two triangles that share an edge paint every pixel once") {
  Scene s;
  s.triangle({1, 1}, {9, 2}, {3, 10}, kHalf, kHalf, kHalf);
  s.triangle({9, 2}, {12, 11}, {3, 10}, kHalf, kHalf, kHalf);
  s.command(s.white);
  const Image& image = s.draw();
  for (std::size_t i = 0; i < image.rgba.size(); i += 4) CHECK((image.rgba[i] == 0 || image.rgba[i] == 128));
}

TEST_CASE("the same square is the same by quad and by triangles, whatever their winding") {
  Scene quad, pair;
  quad.quad({1.3f, 2.5f}, {8.5f, 9.7f}, kWhite);
  quad.command(quad.white);
  pair.triangle({1.3f, 2.5f}, {8.5f, 9.7f}, {8.5f, 2.5f}, kWhite, kWhite, kWhite);
  pair.triangle({1.3f, 2.5f}, {1.3f, 9.7f}, {8.5f, 9.7f}, kWhite, kWhite, kWhite);
  pair.command(pair.white);
  CHECK(quad.draw().rgba == pair.draw().rgba);
}

TEST_CASE("nothing is drawn outside the clip rectangle or the target") {
  Scene s;
  s.quad({-20, -20}, {40, 40}, kWhite);
  s.triangle({-30, -30}, {60, -30}, {0, 60}, kWhite, kWhite, kWhite);
  s.command(s.white, {3, 4, 6, 9});
  CHECK(lit(s.draw()) == 3 * 5);
}

TEST_CASE("indices count from the command's vertex offset") {
  Scene s;
  s.quad({0, 0}, {2, 2}, kWhite);
  s.command(s.white);
  auto first = static_cast<unsigned>(s.list.VtxBuffer.Size);
  s.quad({4, 4}, {6, 6}, kWhite);
  for (int i = 6; i < 12; ++i) s.list.IdxBuffer[i] = static_cast<ImDrawIdx>(s.list.IdxBuffer[i] - first);
  s.command(s.white, {0, 0, 100, 100}, first);
  const Image& image = s.draw();
  CHECK(lit(image) == 8);
  CHECK(image.at(5, 5)[0] == 255);
}

TEST_CASE("colours run straight between the corners") {
  Scene s;
  s.triangle({0, 0}, {16, 0}, {0, 16}, rgb(0xFF0000), rgb(0x0000FF), rgb(0xFF0000));
  s.command(s.white);
  const Image& image = s.draw();
  CHECK(image.at(0, 0)[0] == 247);  // 255 · (1 − 0.5 / 16)
  CHECK(image.at(8, 2)[2] == 135);  // 255 · 8.5 / 16
}

TEST_CASE("half opacity mixes half and half, twice leaves a quarter") {
  Scene s;
  s.quad({0, 0}, {4, 4}, kHalf);
  s.quad({0, 0}, {2, 4}, kHalf);
  s.command(s.white);
  const Image& image = s.draw();
  CHECK(image.at(3, 1)[0] == 128);
  CHECK(image.at(1, 1)[0] == 192);
}

TEST_CASE("a nearest texture shows its pixels as squares, a linear one blends them") {
  Texture texture;
  texture.image = Image(2, 1);
  texture.image.rgba = {0, 0, 0, 255, 255, 255, 255, 255};
  texture.filter = Filter::nearest;
  Scene squares;
  squares.quad({0, 0}, {8, 2}, kWhite, {0, 0}, {1, 1});
  squares.command(texture);
  CHECK(squares.draw().at(3, 0)[0] == 0);
  CHECK(squares.draw().at(4, 0)[0] == 255);
  texture.filter = Filter::linear;
  Scene smooth;
  smooth.quad({0, 0}, {8, 2}, kWhite, {0, 0}, {1, 1});
  smooth.command(texture);
  CHECK(smooth.draw().at(0, 0)[0] == 0);   // clamped at the edge
  CHECK(smooth.draw().at(3, 0)[0] == 96);  // 255 · (3.5 / 4 − 0.5)
  CHECK(smooth.draw().at(7, 0)[0] == 255);
}

TEST_CASE("positions that are no numbers draw without harm") {
  Scene s;
  float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
  s.triangle({nan, 0}, {inf, 3}, {-inf, 1e30f}, kWhite, kWhite, kWhite);
  s.quad({-inf, -inf}, {inf, inf}, kWhite);
  s.command(s.white);
  CHECK(lit(s.draw()) == 256);
}
