// Pointer and keys to strokes.
#include "views/heartbeats/pen.h"

#include <algorithm>

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

constexpr double kKeyShare = 0.02;  // of the height of the stage, by one arrow

Place place_on(const Plane& plane, Point at) {
  return {std::clamp(plane.x_at(at.x), plane.x.low, plane.x.high),
          std::clamp(plane.y_at(at.y), plane.y.low, plane.y.high)};
}

}  // namespace

Edit Pen::follow(Ui& ui, const Plane& plane, std::vector<float>& beat) {
  const Canvas c = canvas(ui, "pen", plane.area, inside_, {.on_press = true});
  if (c.item.held) {
    const Place now = place_on(plane, c.pointer);
    const bool begins = !at_;
    if (begins) at_ = now, axis_ = plane.y, beat_ = beat;
    const bool moved = begins || !(*at_ == now);
    if (moved && tool == 0) draw_stroke(beat_, *at_, now);
    if (moved && tool == 1) bend(beat_, now.step, now.value - at_->value);
    at_ = now;
    beat = beat_;
    return moved ? Edit::changed : Edit::none;
  }
  if (at_) {
    at_.reset();
    beat = beat_;
    return Edit::committed;
  }
  if (!c.inside) return Edit::none;
  cursor_ = std::clamp(cursor_ + c.across * (c.shift ? 10 : 1), plane.x.low, plane.x.high);
  if (c.home) cursor_ = plane.x.low;
  if (c.end) cursor_ = plane.x.high;
  const auto here = beat[std::min(static_cast<std::size_t>(cursor_), beat.size() - 1)];
  ring(ui, plane.at(cursor_, static_cast<double>(here)), ui.theme.px(measure::knob), ui.theme->accent,
       ui.theme.stroke(measure::stroke_ring));
  if (c.down == 0) return Edit::none;
  bend(beat, cursor_, -c.down * kKeyShare * (plane.y.high - plane.y.low));
  return Edit::committed;
}

}  // namespace vitrine::views::heartbeats
