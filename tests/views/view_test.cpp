// Every exhibit's view fits, reads, obeys the hand and survives a monkey.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "tests/support/counts.h"
#include "tests/views/stage.h"
#include "views/neuron/session.h"
#include "views/playground/session.h"

namespace vitrine::views {
namespace {

using ui::Look;
using ui::Theme;
using work::command::Set;
using work::command::Step;
using work::command::StepInside;

std::shared_ptr<ui::Fonts> fonts_at(float scale) {
  static std::map<float, std::shared_ptr<ui::Fonts>> built;
  auto& fonts = built[scale];
  if (!fonts) fonts = std::make_shared<ui::Fonts>(scale);
  return fonts;
}

struct Size {
  int width, height;
  float scale;
  bool compact;
};
constexpr Size kSizes[] = {{1280, 720, 1, true},      {1600, 1000, 1, false}, {3840, 2160, 2, false},
                           {1280, 720, 0.75f, false}, {900, 560, 1, true},    {1920, 1200, 1.5f, true}};

TEST_CASE("no exhibit's view has a fault at any size in any look") {
  for (const Exhibit& exhibit : exhibits()) {
    const auto run = Stage::run_of(exhibit);
    run->handle(Step{30});
    for (const Size& size : kSizes) {
      for (const Look look : {Look::dark, Look::light, Look::contrast}) {
        CAPTURE(exhibit.id);
        CAPTURE(size.width);
        CAPTURE(size.scale);
        CAPTURE(static_cast<int>(look));
        Stage stage(exhibit, size.width, size.height, Theme(look, size.scale, size.compact), fonts_at(size.scale), run);
        stage.settle();
        CHECK(stage.faults() == "");
        stage.tell(StepInside{});
        stage.tell(StepInside{});
        stage.settle();
        CHECK(stage.faults() == "");
        stage.draw_picture({0, 0, 300, 150});
        CHECK(stage.faults() == "");
      }
    }
  }
}

TEST_CASE("whatever is pointed at, nothing overlaps and everything reads") {
  for (const Exhibit& exhibit : exhibits()) {
    CAPTURE(exhibit.id);
    Stage stage(exhibit, 1600, 1000, Theme(Look::dark, 1), fonts_at(1));
    stage.settle();
    for (int y = 60; y < 900; y += 40) {
      for (int x = 20; x < 1280; x += 60) {
        stage.headless.push(ui::input::move(static_cast<float>(x), static_cast<float>(y)));
        stage.frame();
        CHECK_MESSAGE(stage.faults() == "", x << ", " << y);
      }
    }
  }
}

TEST_CASE("dragging a place of the landscape moves weight and bias, and one undo takes both back") {
  Stage stage(*find_exhibit("neuron"), 1600, 1000, Theme(Look::dark, 1), fonts_at(1));
  stage.settle();
  const Hash start = work::state_hash(stage.runner.session());
  const ui::Rect map = stage.place("landscape");
  REQUIRE(map.w > 100);
  const auto go = [&](float x, float y) { stage.headless.push(ui::input::move(map.x + x * map.w, map.y + y * map.h)); };
  go(0.5f, 0.5f);
  stage.settle();
  stage.headless.push(ui::input::button(0, true));
  stage.settle();
  for (const float at : {0.55f, 0.6f, 0.625f}) {
    go(at, 0.59f);
    stage.settle();
  }
  stage.headless.push(ui::input::button(0, false));
  stage.settle();
  const auto& s = static_cast<const neuron::Snapshot&>(*stage.shown);
  CHECK(s.weight == doctest::Approx(2).epsilon(0.02));
  CHECK(s.bias == doctest::Approx(-1).epsilon(0.05));
  CHECK(s.tried[0]);
  stage.tell(work::command::Undo{});
  CHECK(work::state_hash(stage.runner.session()) == start);
}

TEST_CASE("a run that diverged can be looked at") {
  for (const Exhibit& exhibit : exhibits()) {
    CAPTURE(exhibit.id);
    Stage stage(exhibit, 1280, 720, Theme(Look::light, 1, true), fonts_at(1));
    stage.tell(Set{"learning.rate", exhibit.id == "neuron" ? 1.0 : 10.0});
    if (exhibit.id == "playground") stage.tell(Set{"learning.activation", std::string("linear")});
    for (const std::int64_t steps : {3, 5, 20, 300}) {
      stage.tell(Step{steps});
      stage.settle();
      CHECK(stage.faults() == "");
      CHECK(stage.headless.pixels().width == 1280);
      stage.draw_picture({0, 0, 300, 150});
      CHECK(stage.headless.pixels().width == 1280);
    }
  }
}

TEST_CASE("the diagram's heads and tiles edit the network") {
  Stage stage(*find_exhibit("playground"), 1600, 1000, Theme(Look::dark, 1), fonts_at(1));
  stage.settle();
  const auto shape = [&] { return static_cast<const playground::Snapshot&>(*stage.shown).shape; };
  const auto click = [&](std::string_view name) {
    const ui::Rect rect = stage.place(name);
    REQUIRE_MESSAGE(rect.w > 0, name);
    stage.headless.click(rect.middle_x(), rect.middle_y());
    stage.settle();
  };
  click("more layers");
  CHECK(shape().hidden == std::vector{4, 2, 2});
  click("fewer layers");
  CHECK(shape().hidden == std::vector{4, 2});
  click("set spiral");
  CHECK(static_cast<const playground::Settings*>(stage.shown->settings.get())->set == "spiral");
}

TEST_CASE("a monkey at mouse and keyboard breaks nothing") {
  constexpr int kEvents = testing::kSanitised ? 2'500 : 10'000, kEventsAFrame = 8;
  for (const Exhibit& exhibit : exhibits()) {
    CAPTURE(exhibit.id);
    Stage stage(exhibit, 1280, 720, Theme(Look::dark, 1, true), fonts_at(1));
    stage.settle();
    std::minstd_rand random(7);
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random()) % n; };
    constexpr ui::Key kKeys[] = {ui::Key::tab,  ui::Key::enter, ui::Key::space, ui::Key::escape,
                                 ui::Key::left, ui::Key::right, ui::Key::up,    ui::Key::down,
                                 ui::Key::home, ui::Key::end,   ui::Key::plus,  ui::Key::minus};
    for (int i = 0; i < kEvents; ++i) {
      switch (below(5)) {
        case 0:
        case 1:
          stage.headless.push(ui::input::move(static_cast<float>(below(1280)), static_cast<float>(below(720))));
          break;
        case 2:
          stage.headless.push(ui::input::button(0, below(2) == 0));
          break;
        case 3:
          stage.headless.press(kKeys[below(std::size(kKeys))], false, below(4) == 0);
          break;
        default:
          stage.headless.push(ui::input::text(U'0' + below(10)));
          break;
      }
      if (i % 500 == 0) stage.tell(Step{1});
      if (i % 700 == 0) stage.tell(StepInside{});
      if (i % kEventsAFrame == 0) stage.frame();
    }
    stage.settle();
    CHECK(stage.runner.snapshot()->handled > kEvents / 100);  // it did get through to the session
  }
}

}  // namespace
}  // namespace vitrine::views
