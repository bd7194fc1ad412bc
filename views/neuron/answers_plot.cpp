// A line, its ghosts, errors as bars, points on top.
#include "views/neuron/answers_plot.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

namespace look {
constexpr float kAnswerDot = 6, kAnswerRing = 10, kGhostShare = 0.10f;
constexpr std::size_t kGhosts = 8;  // earlier lines behind the line
constexpr float kFarthest = 50;     // of an answer that is drawn: far outside, yet exact in pixels
}  // namespace look

Point point_of(const Plane& plane, std::size_t i) {
  return plane.at(static_cast<double>(kX[i]), static_cast<double>(kY[i]));
}

void draw_neuron(Ui& ui, const Plane& plane, float w, float b, Colour colour, float width) {
  if (!drawable(w) || !drawable(b)) return;
  const auto at = [&](double x) { return plane.at(x, static_cast<double>(w) * x + static_cast<double>(b)); };
  line(ui, at(plane.x.low), at(plane.x.high), colour, width);
}

void draw_errors(Ui& ui, const Plane& plane, const Snapshot& s) {
  for (std::size_t i = 0; i < kPoints; ++i) {
    if (!std::isfinite(s.answers[i])) continue;
    const float answer = std::clamp(s.answers[i], -look::kFarthest, look::kFarthest);
    line(ui, point_of(plane, i), plane.at(static_cast<double>(kX[i]), static_cast<double>(answer)),
         ui.theme.category(1), ui.theme.stroke(measure::stroke_chosen));
  }
}

void draw_all(Ui& ui, const Plane& plane, const Snapshot& s) {
  const Theme& theme = ui.theme;
  const Clip clip(ui, plane.area);
  const std::size_t ghosts = std::min(look::kGhosts, s.path.size());
  for (auto stand = s.path.end() - static_cast<std::ptrdiff_t>(ghosts); stand != s.path.end(); ++stand)
    draw_neuron(ui, plane, stand->weight, stand->bias, theme.ink_share(look::kGhostShare),
                theme.stroke(measure::stroke_axis));
  draw_errors(ui, plane, s);
  draw_neuron(ui, plane, s.weight, s.bias, theme->ink, theme.stroke(measure::stroke_chosen));
  for (std::size_t i = 0; i < kPoints; ++i)
    shape(ui, 0, point_of(plane, i), theme.px(look::kAnswerDot), theme.category(0), ui.ground,
          theme.stroke(measure::stroke_ring));
}

// The point under the keyboard, or the nearest one below or above the pointer; −1: neither is here.
int pointed_at(const Canvas& c, const Plane& plane, AnswersState& state) {
  constexpr int kLast = static_cast<int>(kPoints) - 1;
  state.cursor = c.home ? 0 : c.end ? kLast : std::clamp(state.cursor + c.across, 0, kLast);
  if (c.inside) return state.cursor;
  if (!c.item.hovered || !plane.area.holds(c.pointer)) return -1;
  return std::clamp(static_cast<int>(std::lround(plane.x_at(c.pointer.x) - static_cast<double>(kX[0]))), 0, kLast);
}

void draw_readout(Ui& ui, const Plane& plane, const Snapshot& s, std::size_t i) {
  const auto row = [](std::string name, float v, bool sign = false) {
    return Reading{std::move(name), number_text(static_cast<double>(v), {.trim = !sign, .sign = sign})};
  };
  const Reading rows[] = {row("x", kX[i]), row("y", kY[i]), row("answer", s.answers[i]),
                          row("error", s.errors[i], true)};
  readout(ui, point_of(plane, i), region(), rows);
}

}  // namespace

bool drawable(float v) {
  return std::fabs(v) < look::kFarthest;
}

std::string csv(const Snapshot& s) {
  std::string out = "x,y,answer,error\n";
  for (std::size_t i = 0; i < kPoints; ++i)
    out += to_text(kX[i]) + "," + to_text(kY[i]) + "," + to_text(s.answers[i]) + "," + to_text(s.errors[i]) + "\n";
  return out;
}

void answers_plot(Ui& ui, std::string_view id, const Rect& rect, const Snapshot& s, AnswersState& state) {
  const Theme& theme = ui.theme;
  const LegendKey keys[] = {{.label = "data", .points = true},
                            {.label = "the neuron", .colour = theme->ink},
                            {.label = "error", .category = 1}};
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), "y = w x + b", keys);
  const Plane plane = plane_in(ui, body, {.low = -2, .high = 5, .title = "x", .most_ticks = 8},
                               {.low = -5, .high = 9, .most_ticks = 7}, false);
  draw_axes(ui, plane, false);
  const Canvas c = canvas(ui, id, plane.area, state.inside);
  draw_all(ui, plane, s);
  if (const int pointed = pointed_at(c, plane, state); pointed >= 0) {
    const auto i = static_cast<std::size_t>(pointed);
    if (c.inside)
      ring(ui, point_of(plane, i), theme.px(look::kAnswerRing), theme->accent, theme.stroke(measure::stroke_ring));
    draw_readout(ui, plane, s, i);
  }
  offers(ui, free, in_use(c, rect), export_of(id, rect, s, AnswersState{}, answers_plot));
}

}  // namespace vitrine::views::neuron
