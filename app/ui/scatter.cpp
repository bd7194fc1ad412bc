// Points, their picture, the nearest one.
#include "app/ui/scatter.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float scatter_reach = 12, scatter_ring = 6, scatter_handle = 7, scatter_step = 2.2f;
}
namespace {
constexpr std::size_t kMostRings = 2000;  // of a group; more would be one blot
constexpr double kHandleStep = 0.02;      // of the range, by one arrow
constexpr float kFull = 3;                // points on a pixel that leave nothing of the ground: 1 − e⁻³ is 95 %

std::size_t count(const Scatter& plot) {
  return std::min(plot.x.size(), plot.y.size());
}
int category_of(const Scatter& plot, std::size_t i) {
  return i < plot.category.size() ? plot.category[i] : 0;
}
bool shown(const Scatter& plot, std::size_t i) {
  return std::isfinite(plot.x[i]) && std::isfinite(plot.y[i]);
}
Point place(const Plane& plane, const Scatter& plot, std::size_t i) {
  return plane.at(static_cast<double>(plot.x[i]), static_cast<double>(plot.y[i]));
}

std::int64_t nearest(const Plane& plane, const Scatter& plot, Point to, float reach) {
  std::int64_t best = Selection::kNone;
  float least = reach * reach;
  for (std::size_t i = 0; i < count(plot); ++i) {
    const Point p = place(plane, plot, i);
    const float away = (p.x - to.x) * (p.x - to.x) + (p.y - to.y) * (p.y - to.y);
    if (away <= least) least = away, best = static_cast<std::int64_t>(i);  // NaN is never less
  }
  return best;
}

void refresh(const Theme& theme, ImGuiID id, const Splat& splat, ScatterState& state) {
  if (state.look == theme.look() && state.picture.version == splat.version) return;
  state.look = theme.look();
  state.picture = {"scatter." + to_text(std::int64_t{id}), splat.version, Filter::linear,
                   Image(splat.width, splat.height)};
  for (std::size_t i = 0; i < splat.weight.size(); ++i) {
    const Colour c = fade(theme.category(splat.category[i]), 1 - std::exp(-splat.weight[i] * kFull / 2));
    for (std::size_t k = 0; k < 4; ++k) state.picture.image.rgba[4 * i + k] = static_cast<std::uint8_t>(c >> (8 * k));
  }
}

void draw_points(Ui& ui, const Plane& plane, const Scatter& plot, ImGuiID id, ScatterState& state) {
  const Theme& theme = ui.theme;
  Clip clip(ui, plane.area);
  if (plot.splat) {
    refresh(theme, id, *plot.splat, state);
    return picture(ui, state.picture, plane.area);
  }
  const std::size_t n = std::min(count(plot), kDirectPoints);
  for (std::size_t i = 0; i < n; ++i) {
    if (!shown(plot, i)) continue;
    const int category = category_of(plot, i);
    shape(ui, category, place(plane, plot, i), theme.mark(measure::point), theme.category(category),
          theme->point_casing, theme.mark(measure::point_casing));
  }
}

void draw_ring(Ui& ui, const Plane& plane, const Scatter& plot, std::int64_t item, Colour colour) {
  if (item < 0 || item >= static_cast<std::int64_t>(count(plot)) || !shown(plot, static_cast<std::size_t>(item)))
    return;
  const Point at = place(plane, plot, static_cast<std::size_t>(item));
  if (plane.area.outset(1).holds(at))
    ring(ui, at, ui.theme.mark(measure::scatter_ring), colour, ui.theme.stroke(measure::stroke_ring));
}

void draw_trail(Ui& ui, const Plane& plane, const Scatter& plot) {
  if (plot.trail.empty()) return;
  const Theme& theme = ui.theme;
  Clip clip(ui, plane.area);
  std::vector<Point> way;
  for (const ScatterPlace& each : plot.trail) way.push_back(plane.at(each.x, each.y));
  polyline(ui, way, theme->ink, theme.stroke(measure::stroke_curve));
  for (const Point& at : way) disc(ui, at, theme.mark(measure::scatter_step), theme->ink);
}

// The handle as the hand or the arrows want it, within the plane.
void move_handle(const Canvas& c, const Plane& plane, const Scatter& plot, ScatterState& state) {
  state.moved.reset(), state.edit = Edit::none;
  if (!plot.handle) return;
  ScatterPlace wanted = *plot.handle;
  if (c.item.held || c.let_go) wanted = {plane.x_at(c.pointer.x), plane.y_at(c.pointer.y)};
  const double step = c.shift ? kHandleStep * 10 : kHandleStep;
  if (c.inside) {
    wanted.x += c.across * step * (plot.range.x_high - plot.range.x_low);
    wanted.y -= c.down * step * (plot.range.y_high - plot.range.y_low);
  }
  wanted.x = std::clamp(wanted.x, plot.range.x_low, plot.range.x_high);
  wanted.y = std::clamp(wanted.y, plot.range.y_low, plot.range.y_high);
  const bool same = wanted.x == plot.handle->x && wanted.y == plot.handle->y;
  if (same && !c.let_go) return;
  state.moved = wanted;
  state.edit = c.item.held ? Edit::changed : Edit::committed;
}

void draw_handle(Ui& ui, const Plane& plane, const ScatterPlace& at) {
  const Point p = plane.at(at.x, at.y);
  const float radius = ui.theme.mark(measure::scatter_handle);
  disc(ui, p, radius, ui.theme->accent);
  ring(ui, p, radius, ui.theme->point_casing, ui.theme.stroke(measure::stroke_ring));
}

void draw_readout(Ui& ui, const Plane& plane, const Scatter& plot, std::size_t i) {
  std::vector<Reading> rows{
      {"item", to_text(static_cast<std::int64_t>(i))},
      {plot.x_title.empty() ? "x" : std::string(plot.x_title), number_text(static_cast<double>(plot.x[i]))},
      {plot.y_title.empty() ? "y" : std::string(plot.y_title), number_text(static_cast<double>(plot.y[i]))}};
  const auto category = static_cast<std::size_t>(category_of(plot, i));
  if (category < plot.category_names.size()) rows.push_back({"class", plot.category_names[category]});
  readout(ui, place(plane, plot, i), region(), rows);
}
}  // namespace

Splat splat(std::span<const float> x, std::span<const float> y, std::span<const std::uint8_t> category,
            const Extent& range, int width, int height, std::uint64_t version) {
  Splat out{width, height, version, {}, {}};
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  out.weight.assign(pixels, 0);
  out.category.assign(pixels, 0);
  std::vector<float> layer;  // of one category at a time: eight of them at once would be eight pictures
  std::vector<float> most(pixels, 0);
  const double across = width / (range.x_high - range.x_low), down = height / (range.y_high - range.y_low);
  for (std::uint8_t c = 0; c < kCategories; ++c) {
    bool any = false;
    layer.assign(pixels, 0);
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
      if ((i < category.size() ? category[i] : 0) != c) continue;
      // Shared by the four pixels round the place, by how near their middles are.
      const double px = (static_cast<double>(x[i]) - range.x_low) * across - 0.5;
      const double py = (range.y_high - static_cast<double>(y[i])) * down - 0.5;
      if (!(px >= 0 && py >= 0 && px < width - 1 && py < height - 1)) continue;
      const auto column = static_cast<std::size_t>(px), row = static_cast<std::size_t>(py);
      const auto fx = static_cast<float>(px - static_cast<double>(column)),
                 fy = static_cast<float>(py - static_cast<double>(row));
      float* at = layer.data() + row * static_cast<std::size_t>(width) + column;
      at[0] += (1 - fx) * (1 - fy), at[1] += fx * (1 - fy);
      at[width] += (1 - fx) * fy, at[width + 1] += fx * fy;
      any = true;
    }
    for (std::size_t i = 0; any && i < pixels; ++i) {
      out.weight[i] += layer[i];
      if (layer[i] > most[i]) most[i] = layer[i], out.category[i] = c;
    }
  }
  return out;
}

std::string csv(const Scatter& plot) {
  std::string out = "item,x,y,class\n";
  for (std::size_t i = 0; i < count(plot); ++i) {
    const auto category = static_cast<std::size_t>(category_of(plot, i));
    out += to_text(static_cast<std::int64_t>(i)) + "," + to_text(plot.x[i]) + "," + to_text(plot.y[i]) + ",";
    out += category < plot.category_names.size() ? csv_field(plot.category_names[category])
                                                 : to_text(static_cast<std::int64_t>(category));
    out += '\n';
  }
  return out;
}

bool scatter(Ui& ui, std::string_view id, const Rect& rect, const Scatter& plot, ScatterState& state,
             Selection& selection) {
  Rect body = rect;
  const Rect line = body.take_top(plot_heading_height(ui));
  std::vector<LegendKey> keys;
  for (std::size_t c = 0; plot.legend && c < plot.category_names.size(); ++c)
    keys.push_back({.label = plot.category_names[c], .category = static_cast<int>(c), .points = true});
  Rect free = plot_heading(ui, line, plot.heading, keys);
  free = caption_after_heading(ui, free, plot.caption);
  const Plane plane =
      plane_in(ui, body, {.low = plot.range.x_low, .high = plot.range.x_high, .title = std::string(plot.x_title)},
               {.low = plot.range.y_low, .high = plot.range.y_high, .title = std::string(plot.y_title)});
  const Canvas c = canvas(ui, id, plane.area, state.inside, {.on_press = plot.handle.has_value()});
  move_handle(c, plane, plot, state);
  const std::size_t n = count(plot);
  std::int64_t pointed = Selection::kNone;
  if (plot.handle) {
    // The hand moves the handle; points stay behind it.
  } else if (c.inside && n > 0) {
    const auto by = static_cast<std::int64_t>((c.across - c.down) * (c.shift ? 10 : 1));
    const auto last = static_cast<std::int64_t>(n) - 1;
    pointed = std::clamp<std::int64_t>(static_cast<std::int64_t>(state.cursor) + by, 0, last);
    if (c.home) pointed = 0;
    if (c.end) pointed = last;
    state.cursor = static_cast<std::size_t>(pointed);
  } else if (c.item.hovered) {
    pointed = nearest(plane, plot, c.pointer, ui.theme.px(measure::scatter_reach));
  }
  selection.point(c.item.id, pointed);
  const bool chose = pointed != Selection::kNone && (c.clicked || c.act);
  if (chose) selection.chosen = pointed;

  draw_axes(ui, plane);
  draw_points(ui, plane, plot, c.item.id, state);
  draw_trail(ui, plane, plot);
  draw_ring(ui, plane, plot, selection.chosen, ui.theme->ink);
  for (const std::int64_t item : std::span(selection.group).first(std::min(selection.group.size(), kMostRings)))
    draw_ring(ui, plane, plot, item, ui.theme->ink2);
  draw_ring(ui, plane, plot, selection.hovered, c.inside ? ui.theme->accent : ui.theme->ink2);
  if (plot.handle) draw_handle(ui, plane, state.moved.value_or(*plot.handle));
  if (pointed != Selection::kNone && shown(plot, static_cast<std::size_t>(pointed)))
    draw_readout(ui, plane, plot, static_cast<std::size_t>(pointed));
  const auto alone = [](Ui& page, std::string_view name, const Rect& whole, const Scatter& same, ScatterState& own) {
    Selection none;
    scatter(page, name, whole, same, own, none);
  };
  offers(ui, free, in_use(c, rect), export_of(id, rect, plot, ScatterState{}, alone));
  return chose;
}

}  // namespace vitrine::ui
