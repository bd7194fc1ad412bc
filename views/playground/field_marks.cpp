// Points thin out where there are too many to see; those outside are never forgotten.
#include "views/playground/field_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "engine/core/number.h"
#include "views/playground/field.h"
#include "views/playground/plane.h"

namespace vitrine::views::playground {

using namespace ui;

namespace {

namespace look {
constexpr float kRing = 7;                          // px, round the points of a batch
constexpr float kArrowLength = 9, kArrowWidth = 9;  // px, at the edges
}  // namespace look

constexpr std::size_t kMostValueMarks = 300;  // values tell less each
constexpr int kStretches = 16;                // of an edge

// What is shown of a point: all but test points that are not asked for.
std::size_t shown_points(const Snapshot& s, bool test) {
  return test ? s.points->all.size() : s.points->train;
}

std::size_t stride_of(const Snapshot& s, std::size_t most) {
  return std::max<std::size_t>(1, s.points->all.size() / most);
}

EdgeMark::Side side_of(const Window& window, const datasets::PlanePoint& p) {
  const double right = p.x - window.x, above = p.y - window.y;
  if (std::fabs(right) >= std::fabs(above)) return right < 0 ? EdgeMark::Side::left : EdgeMark::Side::right;
  return above < 0 ? EdgeMark::Side::bottom : EdgeMark::Side::top;
}

// The tip is on the edge, the foot inside.
std::array<Point, 3> arrow(const Theme& theme, EdgeMark::Side side, Point tip) {
  const float length = theme.mark(look::kArrowLength), half = theme.mark(look::kArrowWidth) / 2;
  switch (side) {
    case EdgeMark::Side::left:
      return {tip, {tip.x + length, tip.y - half}, {tip.x + length, tip.y + half}};
    case EdgeMark::Side::right:
      return {tip, {tip.x - length, tip.y + half}, {tip.x - length, tip.y - half}};
    case EdgeMark::Side::top:
      return {tip, {tip.x + half, tip.y + length}, {tip.x - half, tip.y + length}};
    case EdgeMark::Side::bottom:
      break;
  }
  return {tip, {tip.x - half, tip.y - length}, {tip.x + half, tip.y - length}};
}

// In the lower left corner, on a ground of its own.
void draw_count(Ui& ui, const Rect& area, int count) {
  const Theme& theme = ui.theme;
  const std::string words = number_text(count, {.decimals = 0}) + (count == 1 ? " point outside" : " points outside");
  const float padding = theme.u(2), height = theme.line(Type::small) + theme.u(1);
  const float width = text_width(ui, Type::small, words) + 2 * padding;
  if (width + 2 * padding > area.w) return;
  const Rect tag = snap(Rect{area.x + padding, area.bottom() - padding - height, width, height});
  fill(ui, tag, theme->pane, theme.px(measure::radius_cell));
  const Ground ground(ui, theme->pane);
  text(ui, tag.inset(padding, 0), words, {.type = Type::small, .colour = theme->ink2});
}

}  // namespace

std::vector<MapMark> marks_of(const Snapshot& s, bool test) {
  std::vector<MapMark> marks;
  const auto& all = s.points->all;
  const std::size_t stride = stride_of(s, kMostMarks);
  for (std::size_t i = 0; !s.points->are_values() && i < shown_points(s, test); i += stride)
    marks.push_back({all[i].x, all[i].y, s.points->class_of(all[i].label), i >= s.points->train});
  return marks;
}

void draw_points(Ui& ui, const Plane& plane, const Snapshot& s, bool test) {
  const std::size_t stride = stride_of(s, s.points->are_values() ? kMostValueMarks : kMostMarks);
  for (std::size_t i = 0; i < shown_points(s, test); i += stride) draw_point(ui, plane, *s.points, i);
}

void draw_errors(Ui& ui, const Plane& plane, const Snapshot& s, bool test) {
  const std::size_t stride = stride_of(s, kMostMarks);
  for (std::size_t i = 0; i < shown_points(s, test); i += stride) {
    const datasets::PlanePoint& p = s.points->all[i];
    if (is_wrong(s, i))
      ring(ui, plane.at(p.x, p.y), ui.theme.px(look::kRing), ui.theme->warning, ui.theme.stroke(measure::stroke_ring));
  }
}

void draw_batch(Ui& ui, const Plane& plane, const Snapshot& s) {
  for (std::size_t i = s.first_row; s.batch >= 0 && i < s.first_row + s.rows; ++i) {
    const datasets::PlanePoint& p = s.points->all[i];
    ring(ui, plane.at(p.x, p.y), ui.theme.px(look::kRing), ui.theme->ink, ui.theme.stroke(measure::stroke_ring));
  }
}

TestItems test_items(const Snapshot& s) {
  const std::size_t count = s.points->all.size();
  TestItems items{std::vector(count, TestItems::kNone), std::vector(count, TestItems::kNone)};
  for (std::size_t i = s.points->train; i < count && !s.points->are_values(); ++i) {
    const double answer = static_cast<double>((*s.answers)[i]);
    if (std::isnan(answer)) continue;
    items.truth[i] = static_cast<std::uint8_t>(s.points->class_of(s.points->all[i].label));
    items.answer[i] = static_cast<std::uint8_t>(s.points->class_of(answer));
  }
  return items;
}

std::int64_t point_under(const Ui& ui, const Plane& plane, const Snapshot& s, bool test, Point at) {
  std::int64_t nearest = Selection::kNone;
  float best = ui.theme.px(look::kRing);
  for (std::size_t i = 0; i < shown_points(s, test); ++i) {
    const Point p = plane.at(s.points->all[i].x, s.points->all[i].y);
    const float away = std::hypot(p.x - at.x, p.y - at.y);
    if (away <= best) best = away, nearest = static_cast<std::int64_t>(i);
  }
  return nearest;
}

void draw_selected(Ui& ui, const Plane& plane, const Snapshot& s, const Selection& selection) {
  const std::size_t stride = std::max<std::size_t>(1, selection.group.size() / kMostMarks);
  const auto draw = [&](std::int64_t item, Colour colour) {
    if (item < 0 || item >= std::ssize(s.points->all)) return;
    const datasets::PlanePoint& p = s.points->all[static_cast<std::size_t>(item)];
    draw_point(ui, plane, *s.points, static_cast<std::size_t>(item));
    ring(ui, plane.at(p.x, p.y), ui.theme.px(look::kRing), colour, ui.theme.stroke(measure::stroke_ring));
  };
  for (std::size_t i = 0; i < selection.group.size(); i += stride) draw(selection.group[i], ui.theme->ink2);
  draw(selection.chosen, ui.theme->ink);
  draw(selection.hovered, ui.theme->ink);
}

std::vector<EdgeMark> outside(const Snapshot& s, bool test) {
  const Window& window = s.window();
  struct Stretch {
    std::map<int, std::pair<int, std::size_t>> classes;  // how many, and one of them
    int count = 0;
  };
  std::map<std::pair<EdgeMark::Side, int>, Stretch> stretches;
  for (std::size_t i = 0; i < shown_points(s, test); ++i) {
    const datasets::PlanePoint& p = s.points->all[i];
    if (window.holds(p.x, p.y)) continue;
    const EdgeMark::Side side = side_of(window, p);
    const bool upright = side == EdgeMark::Side::left || side == EdgeMark::Side::right;
    const double along = (upright ? p.y - window.y : p.x - window.x) / (2 * window.half()) + 0.5;
    Stretch& stretch = stretches[{side, std::clamp(static_cast<int>(along * kStretches), 0, kStretches - 1)}];
    auto& [count, example] = stretch.classes[s.points->are_values() ? (p.label < 0) : s.points->class_of(p.label)];
    ++count, ++stretch.count, example = i;
  }
  std::vector<EdgeMark> marks;
  for (const auto& [place, stretch] : stretches) {
    const auto& [side, at] = place;
    const auto most = std::ranges::max_element(stretch.classes, {}, [](const auto& each) { return each.second.first; });
    const double along = ((at + 0.5) / kStretches - 0.5) * 2 * window.half();
    EdgeMark mark{.side = side, .example = most->second.second, .count = stretch.count};
    const bool upright = side == EdgeMark::Side::left || side == EdgeMark::Side::right;
    const double away = side == EdgeMark::Side::left || side == EdgeMark::Side::bottom ? -window.half() : window.half();
    mark.x = window.x + (upright ? away : along), mark.y = window.y + (upright ? along : away);
    marks.push_back(mark);
  }
  return marks;
}

void draw_outside(Ui& ui, const Plane& plane, const Snapshot& s, bool test) {
  const std::vector<EdgeMark> marks = outside(s, test);
  int count = 0;
  for (const EdgeMark& mark : marks) {
    const std::array<Point, 3> corners = arrow(ui.theme, mark.side, plane.at(mark.x, mark.y));
    polygon(ui, corners, colour_of(ui.theme, *s.points, s.points->all[mark.example]));
    polyline(ui, corners, ui.theme->point_casing, ui.theme.stroke(measure::point_casing), true);
    count += mark.count;
  }
  if (count > 0) draw_count(ui, plane.area, count);
}

}  // namespace vitrine::views::playground
