// Cells coloured by their share of the row, names or shapes at the edges.
#include "app/ui/confusion.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float confusion_gap = 3, confusion_mark = 5, confusion_edge = 22;
}
namespace {
constexpr float kMarkShare = 0.42f;  // of the way from class to class, at most
constexpr float kLeast = 0.35f;      // of the map, for a cell that is not empty: seen at once

struct Cells {
  Rect area;
  int n;
  float gap;
  Rect at(int truth, int answer) const {
    const Rect column = area.column(answer, n, gap), turned = Rect{area.y, 0, area.h, 0}.column(truth, n, gap);
    return snap(Rect{column.x, turned.x, column.w, turned.w});
  }
  int index(float at, float from, float length) const {
    return std::clamp(static_cast<int>((at - from) / length * static_cast<float>(n)), 0, n - 1);
  }
};

std::int64_t count_at(const Confusion& confusion, int truth, int answer) {
  return confusion
      .counts[static_cast<std::size_t>(truth) * confusion.classes.size() + static_cast<std::size_t>(answer)];
}

std::int64_t row_total(const Confusion& confusion, int truth) {
  std::int64_t total = 0;
  for (int a = 0; a < static_cast<int>(confusion.classes.size()); ++a) total += count_at(confusion, truth, a);
  return total;
}

Colour colour_at(const Theme& theme, const Confusion& confusion, int truth, int answer) {
  const std::int64_t count = count_at(confusion, truth, answer), row = row_total(confusion, truth);
  if (count <= 0 || row <= 0) return theme.diverging(0);
  const float share = static_cast<float>(count) / static_cast<float>(row);
  const float strength = kLeast + (1 - kLeast) * share;
  return theme.diverging(truth == answer ? strength : -strength);
}

// In whole thousands where not all digits fit, the read-out has them; nothing where that does not fit either.
std::string fitting_count(const Ui& ui, std::int64_t count, float width) {
  constexpr std::int64_t kThousand = 1000;
  const std::string thousands = count < kThousand ? "" : to_text((count + kThousand / 2) / kThousand) + "k";
  for (const std::string& words : {to_text(count), thousands})
    if (!words.empty() && number_width(ui, words, Type::small_value) <= width) return words;
  return {};
}

void draw_cells(Ui& ui, const Cells& cells, const Confusion& confusion) {
  const Theme& theme = ui.theme;
  for (int t = 0; t < cells.n; ++t)
    for (int a = 0; a < cells.n; ++a) {
      const Rect box = cells.at(t, a);
      const Colour colour = colour_at(theme, confusion, t, a);
      fill(ui, box, colour, theme.px(measure::radius_cell));
      const std::string words = fitting_count(ui, count_at(confusion, t, a), box.w - theme.u(1));
      if (words.empty() || box.h < theme.line(Type::small)) continue;
      Ground ground(ui, colour);
      number(ui, box.x, box.right(), baseline_in(ui, box, Type::small_value), words,
             {.type = Type::small_value, .colour = text_on(colour), .align = Align::centre});
    }
}

void draw_edges(Ui& ui, const Cells& cells) {
  const float away = ui.theme.px(measure::confusion_edge) / 2, step = cells.area.w / static_cast<float>(cells.n);
  const float r = std::min(ui.theme.mark(measure::confusion_mark), kMarkShare * step);
  for (int i = 0; i < cells.n; ++i) {
    shape(ui, i, {cells.area.x - away, cells.at(i, 0).middle_y()}, r);
    shape(ui, i, {cells.at(0, i).middle_x(), cells.area.bottom() + away}, r);
  }
}

void draw_readout(Ui& ui, const Cells& cells, const Confusion& confusion, int truth, int answer) {
  const std::int64_t count = count_at(confusion, truth, answer), row = row_total(confusion, truth);
  const double share = row > 0 ? 100.0 * static_cast<double>(count) / static_cast<double>(row) : 0;
  const Reading rows[] = {{"is", confusion.classes[static_cast<std::size_t>(truth)]},
                          {"answered", confusion.classes[static_cast<std::size_t>(answer)]},
                          {"count", to_text(count)},
                          {"of its row", number_text(share, {.decimals = 1}) + " %"}};
  const Rect box = cells.at(truth, answer);
  readout(ui, {box.right(), box.middle_y()}, region(), rows);
}

std::vector<std::int64_t> items_of(const Confusion& confusion, int truth, int answer) {
  std::vector<std::int64_t> items;
  for (std::size_t i = 0; truth >= 0 && i < std::min(confusion.truth.size(), confusion.answer.size()); ++i)
    if (confusion.truth[i] == truth && confusion.answer[i] == answer) items.push_back(static_cast<std::int64_t>(i));
  return items;
}

void point(ImGuiID id, const Confusion& confusion, const ConfusionEvents& events, Selection& selection) {
  const std::vector<std::int64_t> items = items_of(confusion, events.truth, events.answer);
  selection.point_at_all(id, items);
  if (events.chosen) selection.choose_next(items);
}

void ring_item(Ui& ui, const Cells& cells, const Confusion& confusion, std::int64_t item, Colour colour) {
  const auto i = static_cast<std::size_t>(item);
  if (item < 0 || i >= confusion.truth.size() || i >= confusion.answer.size()) return;
  if (confusion.truth[i] >= cells.n || confusion.answer[i] >= cells.n) return;
  outline(ui, cells.at(confusion.truth[i], confusion.answer[i]), colour, ui.theme.stroke(measure::stroke_ring),
          ui.theme.px(measure::radius_cell));
}
}  // namespace

std::string csv(const Confusion& confusion) {
  std::string out = "is";
  for (const std::string& name : confusion.classes) out += "," + csv_field(name);
  out += '\n';
  for (int t = 0; t < static_cast<int>(confusion.classes.size()); ++t) {
    out += csv_field(confusion.classes[static_cast<std::size_t>(t)]);
    for (int a = 0; a < static_cast<int>(confusion.classes.size()); ++a)
      out += "," + to_text(count_at(confusion, t, a));
    out += '\n';
  }
  return out;
}

Rect confusion_cells(const Ui& ui, const Rect& rect) {
  const float edge = snap(ui.theme.px(measure::confusion_edge));
  Rect body = rect;
  body.take_top(plot_heading_height(ui));
  body.take_left(edge), body.take_bottom(edge);
  const float side = std::max(0.0f, std::min(body.w, body.h));
  return snap(Rect{body.x, body.y, side, side});
}

float confusion_height(const Ui& ui, float cells) {
  return plot_heading_height(ui) + cells + snap(ui.theme.px(measure::confusion_edge));
}

ConfusionEvents confusion(Ui& ui, std::string_view id, const Rect& rect, const Confusion& confusion,
                          ConfusionState& state, Selection* selection) {
  const Theme& theme = ui.theme;
  ConfusionEvents events;
  Rect line = rect;
  const Rect free = plot_heading(ui, line.take_top(plot_heading_height(ui)), confusion.heading);
  const int n = static_cast<int>(confusion.classes.size());
  if (n == 0 || confusion.counts.size() != confusion.classes.size() * confusion.classes.size()) return events;
  const Cells cells{confusion_cells(ui, rect), n, snap(theme.px(measure::confusion_gap))};
  const Canvas c = canvas(ui, id, cells.area, state.inside);
  state.truth = std::clamp(state.truth + c.down, 0, n - 1),
  state.answer = std::clamp(state.answer + c.across, 0, n - 1);
  if (c.home) state.answer = 0;
  if (c.end) state.answer = n - 1;
  if (c.inside) {
    events.truth = state.truth, events.answer = state.answer;
  } else if (c.item.hovered) {
    events.truth = cells.index(c.pointer.y, cells.area.y, cells.area.h);
    events.answer = cells.index(c.pointer.x, cells.area.x, cells.area.w);
  }
  events.chosen = events.truth >= 0 && (c.clicked || c.act);
  draw_cells(ui, cells, confusion);
  draw_edges(ui, cells);
  if (selection) {
    point(c.item.id, confusion, events, *selection);
    ring_item(ui, cells, confusion, selection->chosen, theme->ink);
    ring_item(ui, cells, confusion, selection->hovered, theme->ink2);
  }
  const float radius = theme.px(measure::radius_cell), width = theme.stroke(measure::stroke_ring);
  if (confusion.chosen_truth >= 0 && confusion.chosen_truth < n && confusion.chosen_answer >= 0 &&
      confusion.chosen_answer < n)
    outline(ui, cells.at(confusion.chosen_truth, confusion.chosen_answer), theme->ink, width, radius);
  if (events.truth >= 0) {
    outline(ui, cells.at(events.truth, events.answer), c.inside ? theme->accent : theme->ink2, width, radius);
    draw_readout(ui, cells, confusion, events.truth, events.answer);
  }
  offers(ui, free, in_use(c, rect), export_of(id, rect, confusion, ConfusionState{}, ui::confusion, nullptr));
  return events;
}

}  // namespace vitrine::ui
