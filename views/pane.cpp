// Margins and gaps, in units.
#include "views/pane.h"

#include <algorithm>

#include "app/ui/draw.h"

namespace vitrine::views {

using namespace ui;

namespace {
constexpr float kMargin = 8, kMarginCompact = 5, kBelow = 7, kBelowCompact = 4;
constexpr float kFirstBaseline = 7;    // under the pane's edge, as in the columns beside it
constexpr float kCompactShare = 0.6f;  // of the gaps between plots
}  // namespace

Rect inside_pane(const Ui& ui, const Rect& pane) {
  const Theme& theme = ui.theme;
  Rect inside = pane.inset(theme.u(theme.compact() ? kMarginCompact : kMargin), 0);
  const float given = baseline_in(ui, {inside.x, inside.y, inside.w, theme.line(Type::section)}, Type::section);
  inside.take_top(std::max(0.0f, snap(inside.y + theme.u(kFirstBaseline) - given)));
  inside.take_bottom(theme.u(theme.compact() ? kBelowCompact : kBelow));
  return inside;
}

float gap_across(const Ui& ui) {
  return snap(ui.theme.px(measure::plot_gap_across) * (ui.theme.compact() ? kCompactShare : 1));
}

float gap_down(const Ui& ui) {
  return snap(ui.theme.px(measure::plot_gap_down) * (ui.theme.compact() ? kCompactShare : 1));
}

}  // namespace vitrine::views
