// Every contrast and distance that the look promises, computed from the one table.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "app/ui/audit.h"
#include "app/ui/theme.h"

using namespace vitrine::ui;

namespace {
constexpr Look kAll[] = {Look::dark, Look::light, Look::contrast};

float to_tenth(float v) {
  return std::round(v * 10) / 10;
}

float least_distance(Look look) {
  float least = 10;
  const auto& c = tokens(look).categories;
  for (Sight sight : {Sight::normal, Sight::protan, Sight::deutan, Sight::tritan})
    for (std::size_t i = 0; i < c.size(); ++i)
      for (std::size_t j = i + 1; j < c.size(); ++j) least = std::min(least, oklab_distance(c[i], c[j], sight));
  return least;
}
}  // namespace

TEST_CASE("ink and signals have the contrasts that the look states, on wall and on pane") {
  struct Row {
    Look look;
    float wall[6], pane[6];  // ink, ink 2, ink 3, accent, warning, error
  } const rows[] = {{Look::dark, {16.1f, 8.0f, 5.6f, 9.7f, 10.5f, 7.5f}, {17.4f, 8.7f, 6.0f, 10.5f, 11.3f, 8.1f}},
                    {Look::light, {15.5f, 6.6f, 4.6f, 4.7f, 5.0f, 5.7f}, {17.6f, 7.5f, 5.2f, 5.3f, 5.7f, 6.5f}},
                    {Look::contrast, {21, 21, 14.4f, 16.5f, 15.2f, 10.3f}, {21, 21, 14.4f, 16.5f, 15.2f, 10.3f}}};
  for (const Row& row : rows) {
    const Tokens& t = tokens(row.look);
    const Colour marks[] = {t.ink, t.ink2, t.ink3, t.accent, t.warning, t.error};
    for (int i = 0; i < 6; ++i) {
      CAPTURE(i);
      CHECK(to_tenth(contrast(marks[i], t.wall)) == doctest::Approx(row.wall[i]).epsilon(1e-3));
      CHECK(to_tenth(contrast(marks[i], t.pane)) == doctest::Approx(row.pane[i]).epsilon(1e-3));
      CHECK(contrast(marks[i], t.raised) >= kTextContrast);
    }
  }
}

TEST_CASE("text on the accent is readable in every look") {
  const float stated[] = {10.2f, 5.3f, 16.5f};
  for (Look look : kAll) {
    const Tokens& t = tokens(look);
    CHECK(to_tenth(contrast(t.on_accent, t.accent)) == doctest::Approx(stated[static_cast<int>(look)]).epsilon(1e-3));
  }
}

TEST_CASE("ink and ink 2 stay readable on overlays and banners") {
  for (Look look : kAll) {
    Theme theme(look, 1);
    for (Colour ground : {theme->wall, theme->pane}) {
      Colour banner = over(fade(theme->error, theme->error_overlay), ground);
      CHECK(contrast(theme->ink2, banner) >= 4.9f);
      for (Overlay which : {Overlay::hovered_row, Overlay::tray, Overlay::quiet}) {
        CHECK(contrast(theme->ink, theme.overlay(which, ground)) >= kTextContrast);
        CHECK(contrast(theme->ink2, theme.overlay(which, ground)) >= 4.9f);
      }
    }
  }
}

TEST_CASE("category colours stay apart in every kind of sight") {
  CHECK(least_distance(Look::dark) == doctest::Approx(0.108).epsilon(0.005));
  CHECK(least_distance(Look::light) == doctest::Approx(0.114).epsilon(0.005));
  CHECK(least_distance(Look::contrast) >= 0.10f);
}

TEST_CASE("category colours stand out from the pane") {
  for (Colour c : tokens(Look::dark).categories) CHECK(to_tenth(contrast(c, tokens(Look::dark).pane)) >= 4.2f);
  for (Colour c : tokens(Look::light).categories) CHECK(to_tenth(contrast(c, tokens(Look::light).pane)) >= 3.1f);
  for (Colour c : tokens(Look::contrast).categories) CHECK(contrast(c, tokens(Look::contrast).pane) >= 3.0f);
}

TEST_CASE("text on a coloured cell never falls below 4.58 to 1") {
  for (Look look : kAll)
    for (int i = -100; i <= 100; ++i) {
      Colour cell = Theme(look, 1).diverging(static_cast<float>(i) / 100);
      CHECK(contrast(text_on(cell), cell) >= 4.58f);
    }
}

TEST_CASE("the diverging map melts into the pane at zero and meets its stops") {
  Theme theme(Look::dark, 1);
  CHECK(theme.diverging(-1) == rgb(0xFF9A4A));
  CHECK(theme.diverging(0.75f) == rgb(0x3D8FD6));
  CHECK(theme.diverging(7) == rgb(0x67B7FF));
  CHECK(theme.sequential(-1) == theme.diverging(0));
  CHECK(theme.diverging(std::nanf("")) == theme->error);
  for (Look look : kAll) CHECK(contrast(tokens(look).diverging[4], tokens(look).pane) < 1.2f);
}

TEST_CASE("overlays are stronger in high contrast") {
  CHECK(alpha(Theme(Look::dark, 1).overlay(Overlay::track)) == 36);
  CHECK(alpha(Theme(Look::contrast, 1).overlay(Overlay::track)) == 79);
}

TEST_CASE("read-outs and toasts, inverse to the look, are readable") {
  for (Look look : kAll) {
    const Theme theme(look, 1);
    CHECK(contrast(theme->pane, theme->ink) >= kTextContrast);
    CHECK(contrast(theme.inverse_quiet(), theme->ink) >= kTextContrast);
  }
}

TEST_CASE("ink is readable on what is chosen, held or hovered, and on buttons") {
  for (Look look : kAll) {
    const Theme theme(look, 1);
    CHECK(contrast(theme->wall, theme->ink) >= kTextContrast);  // the primary button
    for (Colour ground : {theme->wall, theme->pane})
      for (Overlay which : {Overlay::quiet_hover, Overlay::segment})
        CHECK(contrast(theme->ink, theme.overlay(which, ground)) >= kTextContrast);
    if (theme->segment) CHECK(contrast(theme->ink, theme->segment) >= kTextContrast);
  }
}

TEST_CASE("signed numbers are readable in tables, chosen rows too") {
  for (Look look : kAll) {
    const Theme theme(look, 1);
    for (Colour ground : {theme->wall, theme->pane})
      for (float v : {-1.0f, 1.0f}) CHECK(contrast(theme.signed_ink(v), ground) >= kTextContrast);
  }
}

TEST_CASE("marks that must be seen reach 3 to 1 on every ground they stand on") {
  for (Look look : kAll) {
    const Theme theme(look, 1);
    const Tokens& t = theme.t();
    for (Colour ground : {t.wall, t.pane, t.raised})
      for (Colour mark : {t.accent, t.warning, t.error, t.ink, t.ink2}) CHECK(contrast(mark, ground) >= kMarkContrast);
    const Colour banner = over(fade(t.error, t.error_overlay), t.wall);
    CHECK(contrast(t.error, banner) >= kMarkContrast);
    for (Colour end : {t.diverging.front(), t.diverging.back()}) CHECK(contrast(end, t.pane) >= kMarkContrast);
    for (Colour point : {t.point1, t.point2, t.point_test}) CHECK(contrast(point, t.point_casing) >= kMarkContrast);
    for (Colour badge : t.categories) CHECK(contrast(text_on(badge), badge) >= 4.58f);
  }
}

TEST_CASE("two classes stay apart as points and as ends of the map, in every kind of sight") {
  for (Look look : kAll)
    for (Sight sight : {Sight::normal, Sight::protan, Sight::deutan, Sight::tritan}) {
      const Tokens& t = tokens(look);
      CHECK(oklab_distance(t.point1, t.point2, sight) >= 0.10f);
      CHECK(oklab_distance(t.diverging.front(), t.diverging.back(), sight) >= 0.10f);
    }
}

TEST_CASE("each half of the map grows more distinct from the pane, so that it reads in grey as well") {
  for (Look look : kAll) {
    const Tokens& t = tokens(look);
    for (std::size_t i = 4; i < 8; ++i) {
      CHECK(contrast(t.diverging[i + 1], t.pane) > contrast(t.diverging[i], t.pane));
      CHECK(contrast(t.diverging[7 - i], t.pane) > contrast(t.diverging[8 - i], t.pane));
    }
  }
}

TEST_CASE("overlays are the shares of ink that the look states") {
  const std::pair<Overlay, int> shares[] = {{Overlay::hovered_row, 5},  {Overlay::tray, 6},  {Overlay::quiet, 8},
                                            {Overlay::bar_track, 9},    {Overlay::area, 12}, {Overlay::track, 14},
                                            {Overlay::quiet_hover, 14}, {Overlay::axis, 28}, {Overlay::future, 22},
                                            {Overlay::hair_line, 35}};
  for (const auto& [which, percent] : shares)
    CHECK(alpha(Theme(Look::dark, 1).overlay(which)) == std::lround(2.55 * percent));
  CHECK(kDisabledOpacity == 0.40f);
}

TEST_CASE("before an audience lines, marks and tiles are a quarter heavier, and nothing else is") {
  const Theme alone(Look::dark, 2), presented(Look::dark, 2, false, true);
  CHECK(presented.stroke(measure::stroke_curve) == doctest::Approx(1.25f * alone.stroke(measure::stroke_curve)));
  CHECK(presented.mark(measure::point) == doctest::Approx(1.25f * alone.mark(measure::point)));
  CHECK(presented.px(8) == alone.px(8));
  CHECK(presented.u(3) == alone.u(3));
}
