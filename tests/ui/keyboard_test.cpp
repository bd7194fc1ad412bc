// Rows by keyboard and by hand, through the same queue that the window feeds.
#include <doctest/doctest.h>

#include "app/ui/cards.h"
#include "app/ui/headless.h"
#include "app/ui/parts.h"

using namespace vitrine::ui;

namespace {
struct Board {
  Headless headless{1600, 1000, Theme(Look::dark, 1)};
  Parts parts;

  Board() { settle(); }
  void settle() {
    headless.settle([this](Ui& ui) { parts.draw(ui); });
  }
  void press(Key key, bool ctrl = false, bool shift = false, bool alt = false) {
    headless.press(key, ctrl, shift, alt);
    settle();
  }
  void type(const std::string& value) {  // into the row that has the keyboard
    press(Key::enter);
    headless.type(value);
    press(Key::enter);
  }
  Rect place(const std::string& name) {
    for (const Audit::Item& item : headless.audit().items())
      if (item.name == name) return item.rect;
    FAIL("no item is called " << name);
    return {};
  }
  void click(const std::string& name, int count = 1) {
    headless.click(place(name).middle_x(), place(name).middle_y(), count);
    settle();
  }
  void focus(const std::string& name) {
    press(Key::tab);
    for (int i = 0; i < 40 && focused() != name; ++i) press(Key::tab);
    REQUIRE(focused() == name);
  }
  std::string focused() {
    std::string found;
    headless.frame([&](Ui& ui) {
      parts.draw(ui);
      for (const Audit::Item& item : headless.audit().items())
        if (imgui_compat::focused(ImGui::GetID(item.name.c_str()))) found = item.name;
    });
    return found;
  }
};
}  // namespace

TEST_CASE("arrows move a slider by one step, Shift by ten, Alt by a tenth") {
  Board desk;
  desk.focus("share");
  desk.press(Key::right);
  CHECK(desk.parts.share == doctest::Approx(5.5));
  CHECK(desk.parts.last == Edit::committed);
  desk.press(Key::right, false, true);
  CHECK(desk.parts.share == doctest::Approx(10.5));
  desk.press(Key::left, false, false, true);
  CHECK(desk.parts.share == doctest::Approx(10.45));
  desk.press(Key::home);
  CHECK(desk.parts.share == 0);
  desk.press(Key::end);
  CHECK(desk.parts.share == 50);
  CHECK(desk.focused() == "share");  // none of them left the row
  desk.press(Key::remove);
  CHECK(desk.parts.last == Edit::reset);
  CHECK(desk.parts.last_row == "share");
}

TEST_CASE("up and down leave a row, left and right do not") {
  Board desk;
  desk.focus("share");
  desk.press(Key::down);
  CHECK(desk.focused() == "samples");
  desk.press(Key::right);
  CHECK(desk.parts.samples == 270);
  desk.press(Key::up);
  CHECK(desk.focused() == "share");
}

TEST_CASE("Enter types a value in place and gives the keyboard back") {
  Board desk;
  desk.focus("rate");
  desk.press(Key::enter);
  desk.settle();
  desk.headless.type("0.3");
  desk.settle();
  desk.press(Key::enter);
  CHECK(desk.parts.rate == 0.3);
  CHECK(desk.parts.last == Edit::committed);
  CHECK(desk.focused() == "rate");
  desk.press(Key::right);
  CHECK(desk.parts.rate > 0.3);
}

TEST_CASE("a typed value stays inside its range, a wrong one changes nothing, Escape neither") {
  Board desk;
  desk.focus("share");
  desk.type("900");
  CHECK(desk.parts.share == 50);
  desk.type("many");
  CHECK(desk.parts.share == 50);
  desk.press(Key::enter);
  desk.headless.type("7");
  desk.settle();
  desk.press(Key::escape);
  CHECK(desk.parts.share == 50);
}

TEST_CASE("a track that may be left by typing is left by typing and by keys, and its hand comes back onto it") {
  Board desk;
  desk.focus("samples");
  desk.press(Key::end);
  CHECK(desk.parts.samples == 500);
  desk.type("90000");
  CHECK(desk.parts.samples == 90000);
  desk.press(Key::left);
  CHECK(desk.parts.samples == 89990);
  desk.type("100001");
  CHECK(desk.parts.samples == 100000);
  const Rect row = desk.place("samples");
  desk.headless.click(row.right() - 1, row.middle_y());
  desk.settle();
  CHECK(desk.parts.samples == 500);
}

TEST_CASE("a drag changes while it lasts and commits when it ends") {
  Board desk;
  Rect row = desk.place("zero");
  auto frame = [&] { desk.headless.frame([&](Ui& ui) { desk.parts.draw(ui); }); };
  desk.headless.push(input::move(row.middle_x() + 60, row.middle_y()));
  frame();
  desk.headless.push(input::button(0, true));
  frame();
  CHECK(desk.parts.last == Edit::changed);
  CHECK(desk.parts.from_zero == doctest::Approx(0.36));
  desk.headless.push(input::move(row.right() + 500, row.middle_y()));
  frame();
  CHECK(desk.parts.from_zero == 1);
  desk.headless.push(input::button(0, false));
  frame();
  CHECK(desk.parts.last == Edit::committed);
}

TEST_CASE("a logarithmic slider moves by hand to two digits and by keys in both directions") {
  Board desk;
  Rect row = desk.place("rate");
  desk.headless.click(row.middle_x(), row.middle_y());
  desk.settle();
  CHECK(desk.parts.rate == 0.01);  // the middle of 0.00001 and 10
  desk.press(Key::right);
  CHECK(desk.parts.rate == 0.0115);
  desk.press(Key::left);
  CHECK(desk.parts.rate == 0.01);
}

TEST_CASE("a disabled slider ignores hand and keys") {
  Board desk;
  desk.click("off");
  desk.press(Key::right);
  CHECK(desk.parts.off == 0);
}

TEST_CASE("a toggle turns with a click and with Space, once each") {
  Board desk;
  desk.click("on");
  CHECK_FALSE(desk.parts.on);
  desk.focus("on");
  desk.press(Key::space);
  CHECK(desk.parts.on);
  desk.press(Key::enter);
  CHECK_FALSE(desk.parts.on);
}

TEST_CASE("a choice opens under its row, filters as one types, and takes the chosen option") {
  Board desk;
  desk.focus("loss");
  desk.press(Key::enter);
  desk.press(Key::down);
  desk.press(Key::enter);
  CHECK(desk.parts.loss == 2);
  CHECK(desk.focused() == "loss");
  desk.press(Key::enter);
  desk.headless.type("ab");
  desk.settle();
  desk.click("Absolute");
  CHECK(desk.parts.loss == 0);
  desk.press(Key::right);
  CHECK(desk.parts.loss == 1);
  desk.press(Key::enter);
  desk.press(Key::escape);
  CHECK(desk.parts.loss == 1);
}

TEST_CASE("segments follow the arrows and the pointer") {
  Board desk;
  Rect tray = desk.place("segment");
  desk.headless.click(tray.x + 10, tray.middle_y());
  desk.settle();
  CHECK(desk.parts.segment == 0);
  desk.press(Key::right);
  CHECK(desk.parts.segment == 1);
  desk.press(Key::end);
  CHECK(desk.parts.segment == 2);
}

TEST_CASE("a click on the dot of a modified value asks for the default") {
  Board desk;
  desk.click("zero.reset");
  CHECK(desk.parts.last == Edit::reset);
  CHECK(desk.parts.last_row == "zero");
  CHECK(desk.parts.from_zero == -0.31);
}

TEST_CASE("a text is edited in place") {
  Board desk;
  desk.click("name");
  desk.settle();
  desk.headless.type("moons ŷ");
  desk.settle();
  desk.press(Key::enter);
  CHECK(desk.parts.name == "moons ŷ");
}

TEST_CASE("help comes after 400 ms of rest, or at once by F1") {
  Board desk;
  Rect row = desk.place("rate");
  auto frames = [&](int n) {
    for (int i = 0; i < n; ++i) desk.headless.frame([&](Ui& ui) { desk.parts.draw(ui); });
  };
  desk.headless.push(input::move(row.middle_x(), row.middle_y()));
  frames(20);
  CHECK_FALSE(desk.headless.ui().help.show);
  frames(8);
  CHECK(desk.headless.ui().help.show);
  desk.headless.push(input::move(790, 990));
  frames(2);
  CHECK_FALSE(desk.headless.ui().help.show);
  desk.focus("rate");
  desk.press(Key::f1);
  CHECK(desk.headless.ui().help.show);
  desk.press(Key::f1);
  CHECK_FALSE(desk.headless.ui().help.show);
}

TEST_CASE("the toast's action is taken by a click") {
  Board desk;
  show_toast(desk.headless.ui(), "Wiped 41 recordings", "Undo");
  desk.settle();
  Rect undo = desk.place("toast.action");
  desk.headless.click(undo.middle_x(), undo.middle_y());
  bool taken = false;
  for (int i = 0; i < 6; ++i) taken = desk.headless.frame([&](Ui& ui) { desk.parts.draw(ui); }) || taken;
  CHECK(taken);
  CHECK(desk.headless.ui().toast.text.empty());
}

TEST_CASE("random input neither aborts nor leaves a value outside its range") {
  Board desk;
  std::uint32_t state = 12345;
  auto random = [&](std::uint32_t n) { return (state = state * 1664525u + 1013904223u) % 65536u * n / 65536u; };
  for (int i = 0; i < 3000; ++i) {
    switch (random(5)) {
      case 0:
        desk.headless.push(input::move(static_cast<float>(random(1700)) - 50, static_cast<float>(random(1100)) - 50));
        break;
      case 1:
        desk.headless.push(input::button(static_cast<int>(random(3)), random(2) == 0));
        break;
      case 2:
        desk.headless.push(input::key(static_cast<Key>(1 + random(kKeys - 1)), random(2) == 0));
        break;
      case 3:
        desk.headless.push(input::text(random(400) + 1));
        break;
      default:
        desk.headless.push(input::wheel(0, static_cast<float>(random(5)) - 2));
        break;
    }
    desk.headless.frame([&](Ui& ui) { desk.parts.draw(ui); });
    REQUIRE(desk.parts.rate >= 1e-5);
    REQUIRE(desk.parts.rate <= 10);
    REQUIRE(desk.parts.samples >= 10);
    REQUIRE(desk.parts.samples <= 500);
    REQUIRE(desk.parts.loss < 3);
  }
}
