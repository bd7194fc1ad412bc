// Rows of squares, and those of them that are in sight.
#include "app/ui/image_grid.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/icons.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float grid_gap = 8, grid_radius = 7, badge = 8.5f, badge_cross = 9, grid_wheel = 72;
}
namespace {
constexpr float kWrongVeil = 0.35f;  // of the pane's colour, over a picture whose class is wrong

struct Squares {
  Rect area;
  float edge, pitch;
  std::int64_t columns;

  Rect at(std::int64_t i, float scrolled) const {
    const auto column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
    return snap(Rect{area.x + column * pitch, area.y + row * pitch - scrolled, edge, edge});
  }
  std::int64_t under(Point p, float scrolled, std::int64_t count) const {
    const auto column = static_cast<std::int64_t>((p.x - area.x) / pitch);
    const auto row = static_cast<std::int64_t>((p.y - area.y + scrolled) / pitch);
    const std::int64_t i = row * columns + column;
    const bool there = p.x >= area.x && column < columns && i >= 0 && i < count && at(i, scrolled).holds(p);
    return there ? i : Selection::kNone;
  }
};

Squares squares_in(const Ui& ui, const Rect& rect, const ImageGrid& grid) {
  const float ring = ui.theme.px(measure::focus_gap + measure::stroke_ring);  // of the chosen one: inside the area
  const Rect area = rect.inset(ring);
  const float edge = snap(ui.theme.px(grid.edge)), pitch = edge + snap(ui.theme.px(measure::grid_gap));
  return {area, edge, pitch, std::max<std::int64_t>(1, static_cast<std::int64_t>((area.w + pitch - edge) / pitch))};
}

void draw_wrong(Ui& ui, const Rect& box, float radius) {
  const Theme& theme = ui.theme;
  const float badge = theme.px(measure::badge);
  const Colour colour = theme.category(1);
  fill(ui, box, fade(theme->pane, kWrongVeil), radius);
  outline(ui, box, colour, theme.stroke(measure::stroke_ring), radius);
  const Point at{box.right() - badge, box.y + badge};
  disc(ui, at, badge, colour);
  icon(ui, Icon::cross, at, theme.px(measure::badge_cross), text_on(colour));
}

void draw_one(Ui& ui, const Rect& box, const ImageGrid& grid, std::int64_t i, const Selection& selection) {
  const float radius = ui.theme.px(measure::grid_radius);
  if (const Texture* texture = grid.picture ? grid.picture(i) : nullptr) {
    picture(ui, *texture, box, radius);
    if (grid.wrong && grid.wrong(i)) draw_wrong(ui, box, radius);
  } else {
    fill(ui, box, ui.ground == ui.theme->pane ? ui.theme->wall : ui.theme->pane, radius);
  }
  if (selection.lit(i)) outline(ui, box.outset(1), ui.theme->ink2, 1, radius);
  if (i == selection.chosen) chosen_ring(ui, box, radius);
}

void offer(Ui& ui, std::string_view id, const Canvas& c, const Rect& rect, const ImageGrid& grid,
           const ImageGridState& state) {
  if (grid.heading_line.empty()) return;
  offers(ui, grid.heading_line, in_use(c, rect) || in_use(c, grid.heading_line),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(grid); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                ImageGrid alone = grid;
                alone.heading_line = {};
                ImageGridState same{.scrolled = state.scrolled};
                Selection none;
                image_grid(page, id, whole, alone, same, none);
              }});
}
}  // namespace

std::string csv(const ImageGrid& grid) {
  std::string out = "picture,name,right\n";
  for (std::int64_t i = 0; i < grid.count; ++i)
    out += to_text(i) + "," + (grid.name ? csv_field(grid.name(i)) : "") + "," +
           (grid.wrong ? (grid.wrong(i) ? "no" : "yes") : "") + "\n";
  return out;
}

bool image_grid(Ui& ui, std::string_view id, const Rect& rect, const ImageGrid& grid, ImageGridState& state,
                Selection& selection) {
  const Squares squares = squares_in(ui, rect, grid);
  const float scale = ui.theme.scale();
  const Canvas c = canvas(ui, id, rect, state.inside);
  const std::int64_t rows = (grid.count + squares.columns - 1) / squares.columns;
  const float most = std::max(0.0f, static_cast<float>(rows) * squares.pitch - squares.area.h) / scale;
  std::int64_t pointed = Selection::kNone;
  if (c.item.hovered) state.scrolled -= ImGui::GetIO().MouseWheel * measure::grid_wheel;
  if (c.inside && grid.count > 0) {
    state.cursor = std::clamp<std::int64_t>(state.cursor + c.across + c.down * squares.columns, 0, grid.count - 1);
    if (c.home) state.cursor = 0;
    if (c.end) state.cursor = grid.count - 1;
    pointed = state.cursor;
    const float top = static_cast<float>(pointed / squares.columns) * squares.pitch;
    state.scrolled = std::clamp(state.scrolled, (top + squares.edge - squares.area.h) / scale, top / scale);
  }
  state.scrolled = std::clamp(state.scrolled, 0.0f, most);
  const float scrolled = snap(state.scrolled * scale);
  if (c.item.hovered && !c.inside) pointed = squares.under(c.pointer, scrolled, grid.count);
  selection.point(c.item.id, pointed);
  const bool chose = pointed != Selection::kNone && (c.clicked || c.act);
  if (chose) selection.chosen = pointed;
  if (!c.item.visible) return chose;

  {
    Clip clip(ui, rect);
    const auto first = static_cast<std::int64_t>(scrolled / squares.pitch) * squares.columns;
    const auto sight = static_cast<std::int64_t>(std::ceil(rect.h / squares.pitch) + 1) * squares.columns;
    for (std::int64_t i = first; i < std::min(first + sight, grid.count); ++i)
      draw_one(ui, squares.at(i, scrolled), grid, i, selection);
    if (c.inside && grid.count > 0)
      focus_ring(ui, squares.at(state.cursor, scrolled), ui.theme.px(measure::grid_radius));
  }
  offer(ui, id, c, rect, grid, state);
  if (pointed != Selection::kNone) {
    const Reading rows_of[] = {{"picture", number_text(static_cast<double>(pointed), {.decimals = 0})},
                               {"", grid.name ? grid.name(pointed) : std::string()}};
    const Rect box = squares.at(pointed, scrolled);
    readout(ui, {box.right(), box.middle_y()}, region(), std::span(rows_of).first(grid.name ? 2 : 1));
  }
  return chose;
}

}  // namespace vitrine::ui
