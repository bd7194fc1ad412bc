// Every component in every state fits, reads and stands alone, in every look and at every scale.
#include <doctest/doctest.h>

#include <cmath>

#include "app/ui/cards.h"
#include "app/ui/headless.h"
#include "app/ui/parts.h"
#include "tests/ui/fonts_at.h"
#include "tests/ui/joined.h"

using namespace vitrine::ui;

TEST_CASE("the parts sheet has no fault in any look at any scale") {
  for (float scale : {0.75f, 1.0f, 1.5f, 2.0f, 3.0f})
    for (Look look : {Look::dark, Look::light, Look::contrast})
      for (bool compact : {false, true}) {
        CAPTURE(scale);
        CAPTURE(static_cast<int>(look));
        Headless headless(static_cast<int>(std::lround(1600 * scale)), static_cast<int>(std::lround(1000 * scale)),
                          Theme(look, scale, compact), fonts_at(scale));
        Parts parts;
        for (int i = 0; i < 2; ++i) headless.frame([&](Ui& ui) { parts.draw(ui); });
        CHECK(headless.audit().items().size() >= 20);
        CHECK(headless.audit().runs().size() >= 60);
        CHECK(joined(headless.audit().faults()) == "");
      }
}

TEST_CASE("hovered rows, open menus, help and toast have no fault either") {
  for (Look look : {Look::dark, Look::light, Look::contrast}) {
    CAPTURE(static_cast<int>(look));
    Headless headless(1600, 1000, Theme(look, 1), fonts_at(1));
    Parts parts;
    auto draw = [&](Ui& ui) { parts.draw(ui); };
    headless.settle(draw);
    const auto items = headless.audit().items();
    for (const Audit::Item& item : items) {
      headless.push(input::move(item.rect.middle_x(), item.rect.middle_y()));
      for (int i = 0; i < 27; ++i) headless.frame(draw);  // 400 ms and a little: the help card is there
      CHECK_MESSAGE(joined(headless.audit().faults()) == "", item.name);
    }
    for (const Audit::Item& item : items)
      if (item.name == "loss") headless.click(item.rect.middle_x(), item.rect.middle_y());
    headless.settle(draw);
    show_toast(headless.ui(), "Saved as spiral.vitrine", "Undo");
    headless.settle(draw);
    CHECK(headless.audit().items().size() == items.size() + 3 + 1);  // three options, one Undo
    CHECK(joined(headless.audit().faults()) == "");
  }
}

TEST_CASE("an audit finds what is wrong") {
  Headless headless(400, 300, Theme(Look::dark, 1), fonts_at(1));
  headless.frame([](Ui& ui) {
    text(ui, {10, 10, 30, 20}, "far too long for its box");
    text(ui, {10, 40, 200, 20}, "faint", {.colour = ui.theme->hair});
    item(ui, "one", {10, 80, 50, 50});
    item(ui, "two", {40, 100, 50, 50});
    item(ui, "out", {380, 100, 50, 50});
  });
  std::string faults = joined(headless.audit().faults());
  CHECK(headless.audit().faults().size() == 4);
  CHECK(faults.find("px of width") != std::string::npos);
  CHECK(faults.find("contrast") != std::string::npos);
  CHECK(faults.find("overlaps") != std::string::npos);
  CHECK(faults.find("outside the window") != std::string::npos);
}

TEST_CASE("text over text is a fault, unless a ground was laid between the two") {
  Headless headless(400, 300, Theme(Look::dark, 1), fonts_at(1));
  auto faults = [&](auto draw) {
    headless.frame(draw);
    return joined(headless.audit().faults());
  };
  const Rect here{10, 10, 200, 20}, there{30, 12, 200, 20};
  CHECK(faults([&](Ui& ui) { text(ui, here, "below"), text(ui, there, "above"); }).find("lies over") !=
        std::string::npos);
  CHECK(faults([&](Ui& ui) { text(ui, here, "below"), text(ui, {10, 40, 200, 20}, "beside"); }) == "");
  CHECK(faults([&](Ui& ui) {
          text(ui, here, "below");
          fill(ui, {0, 0, 300, 50}, ui.theme->wall);
          text(ui, there, "above");
        }) == "");
  CHECK(faults([&](Ui& ui) {
          text(ui, here, "below");
          OnTop top(ui);
          text(ui, there, "a read-out");
        }) == "");
}

TEST_CASE("the same frames make the same pixels") {
  auto picture = [] {
    Headless headless(800, 500, Theme(Look::light, 0.5f), fonts_at(0.5f));
    Parts parts;
    for (int i = 0; i < 3; ++i) headless.frame([&](Ui& ui) { parts.draw(ui); });
    return headless.pixels().rgba;
  };
  CHECK(picture() == picture());
}

TEST_CASE("the text fonts have every character our texts use") {
  auto fonts = fonts_at(1);
  for (Type type : {Type::section, Type::body, Type::value, Type::small, Type::small_value, Type::mono})
    CHECK(
        fonts->missing("ŷ = w₁x₁ + w₂x₂ + b − η ∂L/∂w × 10⁻⁷ · ≤ ≥ ≈ ∞ Σ √ → ← ↑ ↓ … “ ” ’ – ° µ é ß ∇ α β λ σ θ", type)
            .empty());
  CHECK(fonts->missing("−1.5×10⁻⁷ %").empty());
  CHECK(fonts->missing("漢字").size() == 2);
}
