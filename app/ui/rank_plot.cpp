// Rows, dots, and the axis that they share.
#include "app/ui/rank_plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float rank_pitch_least = 34, rank_pitch_most = 72, rank_line_below = 5, rank_dot = 4.5f;
constexpr float rank_ticks_room = 50 * unit;  // for the labels of all of them
}  // namespace measure
namespace {
constexpr int kDecimals = 3;
constexpr int kTickSteps = 4;  // from the axis' low end to 1
// How far below 1 the axis may begin: each a round number of steps.
constexpr std::array kSpans = {0.004, 0.02, 0.04, 0.1, 0.2, 0.4, 1.0};

std::vector<Ranked> best_first(std::span<const Ranked> rows, std::size_t room) {
  std::vector<Ranked> all(rows.begin(), rows.end());
  std::ranges::stable_sort(all, std::ranges::greater{}, &Ranked::value);
  for (std::size_t i = all.size(); i-- > 0 && all.size() > room;)
    if (!all[i].ours) all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
  return all;
}

void draw_row(Ui& ui, const Plane& plane, Rect row, const Ranked& each, bool pointed) {
  const Theme& theme = ui.theme;
  const float dot = theme.mark(measure::rank_dot), inset = theme.u(2);
  Rect words = row.take_top(theme.line(Type::body));
  const std::string value = number_text(each.value, {.decimals = kDecimals});
  const Colour ink = each.ours || pointed ? theme->ink : theme->ink2;
  const Type type = each.ours ? Type::value : Type::body;
  const float baseline = baseline_in(ui, words, type);
  const float room = number_width(ui, value, type) + inset;
  text_on(ui, words.x + inset, words.right() - room, baseline, each.label,
          {.type = type, .colour = ink, .may_cut = true});
  number(ui, words.x, words.right() - inset, baseline, value, {.type = type, .colour = ink});
  const float y = snap(words.bottom() + theme.px(measure::rank_line_below));
  const double at = std::isfinite(each.value) ? plane.x.share(each.value) : 0;
  const float share = static_cast<float>(std::clamp(at, 0.0, 1.0));
  const Point end{plane.area.x + plane.area.w * share, y};
  const Point ends[] = {{plane.area.x, y}, end};
  const Colour colour = each.ours ? theme.category(0) : theme->ink2;
  polyline(ui, ends, colour, theme.stroke(each.ours ? measure::stroke_chosen : measure::stroke_axis));
  disc(ui, end, dot, each.ours ? colour : ui.ground);
  ring(ui, end, dot, colour, theme.stroke(measure::stroke_curve));
}

int pointed_at(const Canvas& c, const Rect& body, float pitch, int count, RankPlotState& state) {
  if (count == 0) return -1;
  state.cursor = std::clamp(state.cursor + c.down + c.across, 0, count - 1);
  if (c.home) state.cursor = 0;
  if (c.end) state.cursor = count - 1;
  if (c.inside) return state.cursor;
  const int at = static_cast<int>((c.pointer.y - body.y) / pitch);
  return c.item.hovered && at < count ? at : -1;
}
}  // namespace

Axis rank_axis(std::span<const Ranked> rows) {
  double least = 1;
  for (const Ranked& each : rows)
    if (std::isfinite(each.value)) least = std::min(least, each.value);
  const auto* span = std::ranges::find_if(kSpans, [&](double s) { return least >= 1 - s; });
  const double length = span == kSpans.end() ? kSpans.back() : *span;
  Axis axis{.low = 1 - length, .high = 1};
  for (int i = 0; i <= kTickSteps; ++i) axis.at.push_back(1 - length * (kTickSteps - i) / kTickSteps);
  return axis;
}

std::string csv(const RankPlot& plot) {
  std::string out = "name,value\n";
  for (const Ranked& each : plot.rows) out += csv_field(each.label) + "," + to_text(each.value) + "\n";
  return out;
}

int rank_plot(Ui& ui, std::string_view id, const Rect& rect, const RankPlot& plot, RankPlotState& state) {
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), plot.heading);
  Axis across = rank_axis(plot.rows);
  across.title = plot.x_title;
  Plane plane = plane_in(ui, body, across, {.at = {0}});
  plane.area.w += plane.area.x - body.x, plane.area.x = body.x;  // there are no labels at the left
  if (plane.area.w < ui.theme.px(measure::rank_ticks_room)) plane.x.at = {plane.x.low, plane.x.high};
  const auto room = static_cast<std::size_t>(std::max(1.0f, plane.area.h / ui.theme.px(measure::rank_pitch_least)));
  const std::vector<Ranked> rows = best_first(plot.rows, room);
  const int count = static_cast<int>(rows.size());
  const float pitch =
      snap(std::min(plane.area.h / static_cast<float>(std::max(1, count)), ui.theme.px(measure::rank_pitch_most)));
  const Canvas c = canvas(ui, id, plane.area, state.inside);
  const int pointed = pointed_at(c, plane.area, pitch, count, state);
  draw_uprights(ui, plane);
  Rect left = plane.area;
  for (int i = 0; i < count; ++i) {
    const Rect row = left.take_top(pitch);
    draw_row(ui, plane, row, rows[static_cast<std::size_t>(i)], i == pointed);
    if (c.inside && i == pointed) focus_ring(ui, row.inset(0, ui.theme.u(0.5f)), ui.theme.px(measure::radius_cell));
  }
  offers(ui, free, in_use(c, rect), export_of(id, rect, plot, RankPlotState{}, rank_plot));
  return pointed;
}

}  // namespace vitrine::ui
