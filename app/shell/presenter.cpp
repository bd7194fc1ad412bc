// Spotlight and key pill.
#include "app/shell/presenter.h"

#include "app/shell/clock.h"
#include "app/ui/draw.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kPillSeconds = 1.2;
constexpr float kShade = 0.72f;  // of the wall, over what is not meant

void draw_spotlight(Ui& ui) {
  const Rect all = ui.window(), lit = snap(ui.spot.inset(-ui.theme.u(2)));
  const Colour shade = fade(ui.theme->wall, kShade);
  fill(ui, {all.x, all.y, all.w, lit.y - all.y}, shade);
  fill(ui, {all.x, lit.bottom(), all.w, all.bottom() - lit.bottom()}, shade);
  fill(ui, {all.x, lit.y, lit.x - all.x, lit.h}, shade);
  fill(ui, {lit.right(), lit.y, all.right() - lit.right(), lit.h}, shade);
}

}  // namespace

void Presenter::pressed(const DeedRow& row, double now) {
  keys_ = keys_of(row);
  label_ = row.label;
  until_ = now + kPillSeconds;
}

double Presenter::redraw_after(double now) const {
  return now < until_ ? until_ - now : kNever;
}

void Presenter::draw(Ui& ui, double now) {
  const OnTop top(ui);
  if (!ui.spot.empty()) draw_spotlight(ui);
  if (now >= until_) return;
  const Theme& theme = ui.theme;
  const float pad = theme.u(5), gap = theme.u(3), tall = theme.u(12);
  const float width = 2 * pad + text_width(ui, Type::section, keys_) + gap + text_width(ui, Type::body, label_);
  Rect rest = ui.window();
  rest.take_bottom(theme.px(measure::run_bar) + theme.u(4));
  const Rect pill = snap(Rect{rest.middle_x() - width / 2, rest.bottom() - tall, width, tall});
  const Ground ground(ui, theme->ink);
  fill(ui, pill, theme->ink, tall / 2);
  const float baseline = baseline_in(ui, pill, Type::section),
              middle = pill.x + pad + text_width(ui, Type::section, keys_);
  text_on(ui, pill.x + pad, middle, baseline, keys_, {.type = Type::section, .colour = theme->pane});
  text_on(ui, middle + gap, pill.right() - pad, baseline, label_, {.colour = theme->pane});
}

}  // namespace vitrine::shell
