// Cells, links, words under them.
#include "views/heartbeats/inside_pane.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

namespace look {
constexpr float kColumn = 5, kCell = 8, kCellGap = 1;  // units: width of a column, most height of a cell
constexpr std::size_t kMostCells = 140;                // of a column: beyond, each stands for several units
constexpr std::size_t kMostLinks = 300;                // between two layers: the strongest
constexpr int kLinkPieces = 16;
constexpr float kThin = 0.6f, kWide = 3.4f;  // px of a link
}  // namespace look

struct CellColumn {
  Rect area;
  std::vector<float> values;  // of the cells
  std::size_t per_cell = 1;
  float pitch = 0, height = 0, scale = 1;
  Rect cell(std::size_t i) const {
    return {area.x, area.y + pitch * static_cast<float>(i), area.w, std::max(1.0f, height)};
  }
};

float largest(std::span<const float> values) {
  float most = 0;
  for (const float value : values)
    if (std::isfinite(value)) most = std::max(most, std::fabs(value));
  return most;
}

CellColumn column_of(const Ui& ui, const Rect& rect, const Inside::Layer& layer) {
  CellColumn column;
  column.per_cell = (layer.answers.size() + look::kMostCells - 1) / look::kMostCells;
  for (std::size_t i = 0; i < layer.answers.size(); i += column.per_cell) {
    const auto part = std::span(layer.answers).subspan(i, std::min(column.per_cell, layer.answers.size() - i));
    column.values.push_back(*std::ranges::max_element(part, {}, [](float v) { return std::fabs(v); }));
  }
  const float most = largest(layer.answers);
  column.scale = most > 0 ? most : 1;
  const auto count = static_cast<float>(std::max<std::size_t>(1, column.values.size()));
  column.pitch = std::min(rect.h / count, ui.theme.u(look::kCell + look::kCellGap));
  const float gap = column.pitch > ui.theme.u(2 * look::kCellGap) ? ui.theme.u(look::kCellGap) : 0;
  column.height = column.pitch - gap;
  column.area = rect.centred(ui.theme.u(look::kColumn), column.pitch * count);
  return column;
}

struct WeightLink {
  std::size_t from, to;
  float weight;
};
// The weakest first, so that the strongest lie on top.
std::vector<WeightLink> strongest(const Inside::Layer& layer) {
  std::vector<WeightLink> links;
  const std::size_t units = layer.answers.size();
  for (std::size_t i = 0; i < layer.weights.size(); ++i)
    if (std::isfinite(layer.weights[i])) links.push_back({i / units, i % units, layer.weights[i]});
  std::ranges::stable_sort(links, {}, [](const WeightLink& link) { return std::fabs(link.weight); });
  if (links.size() > look::kMostLinks)
    links.erase(links.begin(), links.end() - static_cast<std::ptrdiff_t>(look::kMostLinks));
  return links;
}

// Leaves and arrives level.
void draw_link(Ui& ui, Point from, Point to, Colour colour, float width) {
  std::vector<Point> path;
  for (int i = 0; i <= look::kLinkPieces; ++i) {
    const float t = static_cast<float>(i) / look::kLinkPieces, bend = t * t * (3 - 2 * t);
    path.push_back({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * bend});
  }
  polyline(ui, path, colour, width);
}

void draw_links(Ui& ui, const CellColumn& from, const CellColumn& to, const Inside::Layer& layer) {
  const float most = largest(layer.weights);
  for (const WeightLink& link : strongest(layer)) {
    const float share = most > 0 ? std::fabs(link.weight) / most : 0;
    const Colour colour = ui.theme.diverging(std::copysign(0.35f + 0.65f * share, link.weight));
    const Rect a = from.cell(link.from / from.per_cell), b = to.cell(link.to / to.per_cell);
    draw_link(ui, {a.right(), a.middle_y()}, {b.x, b.middle_y()}, fade(colour, 0.15f + 0.6f * share),
              ui.theme.stroke(look::kThin + look::kWide * share));
  }
}

void draw_cells(Ui& ui, const CellColumn& column) {
  const float radius = column.height > ui.theme.px(measure::radius_cell) * 2 ? ui.theme.px(measure::radius_cell) : 0;
  for (std::size_t i = 0; i < column.values.size(); ++i) {
    const float value = column.values[i];
    Rect cell = column.cell(i);
    if (radius > 0) fill(ui, cell, ui.theme.overlay(Overlay::tray), radius);
    fill(ui, cell, ui.theme.diverging(std::isfinite(value) ? value / column.scale : value), radius);
  }
}

void draw_words(Ui& ui, Rect words, const Inside& inside, const Inside::Layer& layer) {
  const Theme& theme = ui.theme;
  const float line = theme.line(Type::small);
  const std::string units = to_text(static_cast<std::int64_t>(layer.answers.size()));
  text(ui, words.take_top(line), layer.name, {.type = Type::small_value, .align = Align::centre, .may_cut = true});
  text(ui, words.take_top(line), units, {.type = Type::small, .colour = theme->ink3, .align = Align::centre});
  if (!inside.has_gradients || layer.gradient == 0) return;
  text(ui, words.take_top(line), number_text(layer.gradient),
       {.type = Type::small, .colour = theme->ink2, .align = Align::centre, .may_cut = true});
}

}  // namespace

std::string csv(const Inside& inside) {
  std::string out = "what,layer,from,unit,value\n";
  const auto add = [&](std::string_view what, const Inside::Layer& layer, std::string from, std::string unit,
                       const std::string& value) {
    out += std::string(what) + "," + csv_field(layer.name) + "," + from + "," + unit + "," + value + "\n";
  };
  const auto number = [](std::size_t i) { return to_text(static_cast<std::int64_t>(i) + 1); };
  for (const Inside::Layer& layer : inside.layers) {
    for (std::size_t i = 0; i < layer.answers.size(); ++i)
      add("answer", layer, "", number(i), to_text(layer.answers[i]));
    for (const WeightLink& link : strongest(layer))
      add("weight", layer, number(link.from), number(link.to), to_text(link.weight));
    if (inside.has_gradients) add("gradient", layer, "", "", to_text(layer.gradient));
  }
  return out;
}

void InsidePane::draw(Ui& ui, Rect rect, const Inside& inside) {
  const Theme& theme = ui.theme;
  const float line = theme.line(Type::small);
  const auto count = inside.layers.size();
  const Rect whole = rect;
  Rect caption = rect.take_bottom(line);
  const Rect held_out = caption.take_right(offers_width(ui));
  text(ui, caption,
       inside.has_gradients ? "Layer, units, and how hard this beat pulls at its weights (norm of the gradient)"
                            : "Layer and units; gradients come when the step is over",
       {.type = Type::small, .colour = theme->ink3, .may_cut = true});
  Rect below = rect.take_bottom(3 * line + theme.u(2));
  below.take_top(theme.u(2));
  rect.take_top(theme.u(2));
  std::vector<CellColumn> columns;
  for (std::size_t i = 0; i < count; ++i)
    columns.push_back(column_of(ui, rect.column(static_cast<int>(i), static_cast<int>(count), 0), inside.layers[i]));
  const Canvas c = canvas(ui, "inside", rect, inside_);
  const auto alone = [](Ui& page, std::string_view, const Rect& area, const Inside& same, InsidePane& own) {
    own.draw(page, area, same);
  };
  offers(ui, held_out, in_use(c, whole), export_of("inside", whole, inside, InsidePane{}, alone));
  for (std::size_t i = 1; i < count; ++i) draw_links(ui, columns[i - 1], columns[i], inside.layers[i]);
  for (std::size_t i = 0; i < count; ++i) {
    draw_cells(ui, columns[i]);
    draw_words(ui, below.column(static_cast<int>(i), static_cast<int>(count), theme.u(1)), inside, inside.layers[i]);
  }
  if (c.inside) {
    layer_ = std::clamp(layer_ + c.across, 0, static_cast<int>(count) - 1);
    unit_ =
        std::clamp(unit_ + c.down, 0, static_cast<int>(columns[static_cast<std::size_t>(layer_)].values.size()) - 1);
  } else if (c.item.hovered) {
    layer_ = std::clamp(static_cast<int>((c.pointer.x - rect.x) / rect.w * static_cast<float>(count)), 0,
                        static_cast<int>(count) - 1);
    const CellColumn& column = columns[static_cast<std::size_t>(layer_)];
    unit_ = static_cast<int>(std::floor((c.pointer.y - column.area.y) / column.pitch));
    if (unit_ < 0 || unit_ >= static_cast<int>(column.values.size())) return;
  } else {
    return;
  }
  const CellColumn& column = columns[static_cast<std::size_t>(layer_)];
  const auto unit = static_cast<std::size_t>(unit_);
  if (unit >= column.values.size()) return;
  chosen_ring(ui, column.cell(unit), theme.px(measure::radius_cell));
  const ui::Reading rows[] = {{"layer", inside.layers[static_cast<std::size_t>(layer_)].name},
                              {"unit", to_text(static_cast<std::int64_t>(unit * column.per_cell) + 1)},
                              {"answer", number_text(static_cast<double>(column.values[unit]))}};
  readout(ui, {column.area.right(), column.cell(unit).middle_y()}, region(), rows);
}

}  // namespace vitrine::views::heartbeats
