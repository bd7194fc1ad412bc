// Heads over a hair, rows of 32, one of them chosen.
#include "app/ui/table.h"

#include <algorithm>
#include <numeric>

#include "app/ui/focus.h"
#include "app/ui/offers.h"

namespace vitrine::ui {
namespace measure {
constexpr float table_head = 7 * unit, table_gap = 3 * unit, table_overhang = 2 * unit, sort_arrow = 4;
}
namespace {
float row_height(const Ui& ui) {
  return snap(ui.theme.px(ui.theme.compact() ? measure::table_row_compact : measure::table_row));
}
float head_height(const Ui& ui) {
  return snap(ui.theme.px(measure::table_head));
}

std::vector<Rect> columns_of(const Ui& ui, const Rect& rect, std::span<const TableColumn> columns) {
  float gap = ui.theme.px(measure::table_gap), shares = 0;
  for (const TableColumn& column : columns) shares += column.share;
  float room = rect.w - gap * static_cast<float>(columns.size() - 1), x = rect.x;
  std::vector<Rect> found;
  for (const TableColumn& column : columns) {
    float width = room * column.share / shares;
    found.push_back({x, rect.y, width, rect.h});
    x += width + gap;
  }
  return found;
}

void draw_cell(Ui& ui, const Rect& box, const TableCell& cell, bool is_number, Type type) {
  Colour colour = cell.colour ? cell.colour : ui.theme->ink;
  if (is_number) {
    number(ui, box.x, box.right(), baseline_in(ui, box, type), cell.text, {.type = type, .colour = colour});
  } else {
    text(ui, box, cell.text, {.type = type, .colour = colour, .may_cut = true});
  }
}

// The head of one column; true when it was pressed. Only the sorted one has an arrow.
bool draw_head(Ui& ui, const Rect& box, const TableColumn& column, bool sorted, bool downwards) {
  const Theme& theme = ui.theme;
  const float r = theme.px(measure::sort_arrow), room = sorted ? 2 * r + theme.u(1) : 0;
  bool pressed = false;
  Colour colour = theme->ink3;
  if (column.sorts) {
    const Item it = item(ui, "sort " + column.title, box);
    pressed = it.pressed;
    if (it.hovered) colour = theme->ink;
    if (it.focused) focus_ring(ui, box, theme.px(measure::radius_cell));
  }
  Rect words = box;
  if (sorted) {
    const Rect mark = column.number ? words.take_left(room) : words.take_right(room);
    shape(ui, downwards ? 4 : 2, {mark.x + r, mark.middle_y()}, r / 2, theme->ink);
  }
  text(ui, words, column.title,
       {.type = Type::small, .colour = colour, .align = column.number ? Align::right : Align::left});
  return pressed;
}
}  // namespace

std::vector<int> sorted_rows(const Table& table, const TableState& state) {
  std::vector<int> order(static_cast<std::size_t>(table.rows()));
  std::iota(order.begin(), order.end(), 0);
  if (state.sorted < 0 || state.sorted >= static_cast<int>(table.columns.size())) return order;
  const auto column = static_cast<std::size_t>(state.sorted);
  const auto cell = [&](int row) -> const std::string& {
    return table.cells[static_cast<std::size_t>(row) * table.columns.size() + column].text;
  };
  const bool numbers = table.columns[column].number;
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    if (!numbers) return state.downwards ? cell(b) < cell(a) : cell(a) < cell(b);
    const auto x = parse_typed(cell(a)), y = parse_typed(cell(b));
    if (!x || !y) return x.has_value() && !y.has_value();
    return state.downwards ? *y < *x : *x < *y;
  });
  return order;
}

std::string csv(const Table& table, const TableState& state) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) out += (i ? "," : "") + csv_field(table.columns[i].title);
  out += '\n';
  for (int row : sorted_rows(table, state)) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      out += (i ? "," : "") + csv_field(table.cells[static_cast<std::size_t>(row) * table.columns.size() + i].text);
    out += '\n';
  }
  return out;
}

float table_height(const Ui& ui, int rows) {
  return head_height(ui) + row_height(ui) * static_cast<float>(rows);
}

TableEvents table(Ui& ui, std::string_view id, const Rect& rect, const Table& table, TableState& state) {
  const Theme& theme = ui.theme;
  TableEvents events;
  if (table.columns.empty()) return events;
  Rect body = rect;
  Rect head = body.take_top(head_height(ui));
  std::vector<Rect> columns = columns_of(ui, rect, table.columns);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Rect box{columns[i].x, head.y, columns[i].w, theme.line(Type::small)};
    const bool sorted = state.sorted == static_cast<int>(i);
    if (!draw_head(ui, box, table.columns[i], sorted, state.downwards)) continue;
    const bool again = sorted && !state.downwards;
    state.sorted = sorted && state.downwards ? -1 : static_cast<int>(i);
    state.downwards = again;
  }
  const std::vector<int> order = sorted_rows(table, state);
  rule(ui, rect.x, head.bottom() - 1, rect.w, theme->hair);

  float height = row_height(ui), overhang = theme.px(measure::table_overhang);
  body.h = height * static_cast<float>(table.rows());
  auto row_at = [&](float y) {
    int row = static_cast<int>((y - body.y) / height);
    return y >= body.y && row < table.rows() ? order[static_cast<std::size_t>(row)] : -1;
  };
  ImVec2 mouse = ImGui::GetIO().MousePos;
  int ringed = -1;
  if (table.can_choose && table.rows() > 0) {
    Canvas c = canvas(ui, id, body, state.inside);
    state.cursor = std::clamp(state.cursor + c.down, 0, table.rows() - 1);
    if (c.home) state.cursor = 0;
    if (c.end) state.cursor = table.rows() - 1;
    if (c.item.hovered) events.hovered = row_at(c.pointer.y);
    if (c.clicked) events.chosen = row_at(c.pointer.y);
    if (c.act) events.chosen = order[static_cast<std::size_t>(state.cursor)];
    if (c.inside) ringed = order[static_cast<std::size_t>(state.cursor)];
  } else if (ImGui::IsWindowHovered() && body.holds(Point{mouse.x, mouse.y})) {
    events.hovered = row_at(mouse.y);
  }
  for (int r : order) {
    Rect row = body.take_top(height);
    Rect wide = row.inset(-overhang, 0);
    bool chosen = r == table.chosen;
    Colour overlay = chosen ? theme.overlay(Overlay::tray) : theme.overlay(Overlay::hovered_row);
    bool shaded = chosen || r == events.hovered;
    if (shaded) fill(ui, wide, overlay, theme.px(measure::radius_button));
    if (r == ringed) focus_ring(ui, wide.inset(theme.px(measure::focus_gap)), theme.px(measure::radius_tile));
    Ground ground(ui, shaded ? over(overlay, ui.ground) : ui.ground);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const TableCell& cell = table.cells[static_cast<std::size_t>(r) * columns.size() + i];
      draw_cell(ui, {columns[i].x, row.y, columns[i].w, height}, cell, table.columns[i].number,
                chosen && i == 0 ? Type::value : Type::body);
    }
  }
  return events;
}

}  // namespace vitrine::ui
