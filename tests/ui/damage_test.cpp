// What changed from one recording to the next, and that drawing only this is as good as drawing all.
#include "app/ui/damage.h"

#include <doctest/doctest.h>

#include <memory>

#include "engine/core/random.h"
#include "tests/ui/scene.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {

constexpr int kWidth = 200, kHeight = 150;  // no whole tiles
constexpr Colour kGround = rgb(0x102030);

int pixels_in(const std::vector<PixelBox>& boxes) {
  int sum = 0;
  for (const PixelBox& box : boxes) sum += (box.x1 - box.x0) * (box.y1 - box.y0);
  return sum;
}

// Shapes that stay, with one that the number moves.
std::unique_ptr<Scene> scene_of(std::uint64_t seed, int moved, const Texture& white) {
  auto scene = std::make_unique<Scene>();
  random::Draw draw(seed, 0, 0);
  const auto across = [&](float room) { return draw.uniform() * room; };
  for (int i = 0; i < 60; ++i) {
    const float shift = i == moved % 60 ? static_cast<float>(moved) : 0;
    const ImVec2 a{across(kWidth) + shift, across(kHeight)}, b{a.x + across(40), a.y + across(30)};
    const auto colour = ImU32{draw.word()};
    if (i % 3 == 0)
      scene->quad(a, b, colour);
    else
      scene->triangle(a, b, {across(kWidth), across(kHeight)}, colour, i % 3 == 1 ? colour : ~colour, colour);
    if (i % 20 == 19) scene->command(white, {5, 3, kWidth - across(20), kHeight});
  }
  return scene;
}

}  // namespace

TEST_CASE("drawing only what changed gives the whole picture, to the last bit") {
  Damage damage;
  Image kept(kWidth, kHeight);
  const Scene other;  // its texture, so that this is no change
  int least = kWidth * kHeight;
  for (int moved = 0; moved < 120; ++moved) {
    const auto scene = scene_of(static_cast<std::uint64_t>(moved / 30), moved, other.white);
    const ImDrawData& data = scene->recorded(kWidth, kHeight);
    const std::vector<PixelBox> changed = damage.of(data, kGround);
    least = std::min(least, pixels_in(changed));
    rasterise(data, kept, kGround, changed);
    Image whole;
    rasterise(data, whole, kGround);
    REQUIRE(kept.rgba == whole.rgba);
  }
  CHECK(least < kWidth * kHeight);
}

TEST_CASE("a recording like the one before damages nothing, one small shape little") {
  Damage damage;
  Scene scene;
  scene.quad({0, 0}, {kWidth, kHeight}, rgb(0x808080));
  scene.quad({40, 40}, {45, 45}, rgb(0xFFFFFF));
  scene.command(scene.white, {0, 0, kWidth, kHeight});
  const ImDrawData& data = scene.recorded(kWidth, kHeight);
  CHECK(pixels_in(damage.of(data, kGround)) == kWidth * kHeight);
  CHECK(damage.of(data, kGround).empty());
  for (int i = 4; i < 8; ++i) scene.list.VtxBuffer[i].pos.x += 1;
  CHECK(pixels_in(damage.of(data, kGround)) == 32 * 32);
  CHECK(pixels_in(damage.of(data, rgb(0x000000))) == kWidth * kHeight);
}

TEST_CASE("another picture under the same shape is a change where it is shown") {
  Damage damage;
  Scene scene;
  Texture texture{.key = "tile", .image = Image(2, 2)};
  scene.quad({70, 70}, {90, 90}, rgb(0xFFFFFF), {0, 0}, {1, 1});
  scene.command(texture, {0, 0, kWidth, kHeight});
  const ImDrawData& data = scene.recorded(kWidth, kHeight);
  static_cast<void>(damage.of(data, kGround));
  CHECK(damage.of(data, kGround).empty());
  texture.version = 1;
  CHECK(pixels_in(damage.of(data, kGround)) == 32 * 32);
  const ImDrawData& larger = scene.recorded(kWidth + 1, kHeight);
  CHECK(pixels_in(damage.of(larger, kGround)) == (kWidth + 1) * kHeight);
}
