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
constexpr float kWhole = 0.5f;  // of a row: a height that is rounded still holds it

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

void draw_heads(Ui& ui, const Rect& head, const std::vector<Rect>& columns, const Table& table, TableState& state) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect box{columns[i].x, head.y, columns[i].w, ui.theme.line(Type::small)};
    const bool sorted = state.sorted == static_cast<int>(i);
    if (!draw_head(ui, box, table.columns[i], sorted, state.downwards)) continue;
    const bool again = sorted && !state.downwards;
    state.sorted = sorted && state.downwards ? -1 : static_cast<int>(i);
    state.downwards = again;
  }
}

// In their order, those that are on screen.
std::vector<int> shown_rows(const Table& table, const TableState& state) {
  std::vector<int> order = sorted_rows(table, state);
  const int rows = table.rows(), first = std::clamp(table.first, 0, rows);
  const int count = table.most < 0 ? rows - first : std::min(table.most, rows - first);
  return {order.begin() + first, order.begin() + first + count};
}

std::int64_t item_of(const Table& table, int row) {
  const auto i = static_cast<std::size_t>(row);
  return i < table.items.size() ? table.items[i] : row;
}

int row_at(const Rect& body, float height, const std::vector<int>& order, float y, int first = 0) {
  const auto row = static_cast<std::size_t>(first) + static_cast<std::size_t>(std::max(0.0f, (y - body.y) / height));
  return y >= body.y && row < order.size() ? order[row] : -1;
}

// Returns the row under the keyboard.
int move(const Canvas& c, const Rect& body, float height, const std::vector<int>& order, TableState& state,
         TableEvents& events) {
  const int last = static_cast<int>(order.size()) - 1;
  state.cursor = std::clamp(state.cursor + c.down, 0, last);
  if (c.home) state.cursor = 0;
  if (c.end) state.cursor = last;
  const int under = order[static_cast<std::size_t>(state.cursor)];
  const int fit = static_cast<int>(body.h / height + kWhole);
  if (c.inside) state.first = std::clamp(state.first, state.cursor - fit + 1, state.cursor);
  if (!c.inside && c.item.hovered) state.first -= static_cast<int>(ImGui::GetIO().MouseWheel);
  state.first = std::clamp(state.first, 0, std::max(0, last + 1 - fit));
  if (c.item.hovered) events.hovered = row_at(body, height, order, c.pointer.y, state.first);
  if (c.clicked) events.chosen = row_at(body, height, order, c.pointer.y, state.first);
  if (c.act) events.chosen = under;
  return c.inside ? under : -1;
}

void point(ImGuiID id, const Table& table, int ringed, Selection& selection, const TableEvents& events) {
  const int pointed = ringed >= 0 ? ringed : events.hovered;
  selection.point(id, pointed >= 0 ? item_of(table, pointed) : Selection::kNone);
  if (events.chosen >= 0) selection.chosen = item_of(table, events.chosen);
}

struct RowState {
  bool chosen, lit, ringed;
};

void draw_row(Ui& ui, const Rect& row, const std::vector<Rect>& columns, const Table& table, int r, RowState state) {
  const Theme& theme = ui.theme;
  const Rect wide = row.inset(-theme.px(measure::table_overhang), 0);
  const Colour overlay = theme.overlay(state.chosen ? Overlay::tray : Overlay::hovered_row);
  const bool shaded = state.chosen || state.lit;
  if (shaded) fill(ui, wide, overlay, theme.px(measure::radius_button));
  if (state.ringed) focus_ring(ui, wide.inset(theme.px(measure::focus_gap)), theme.px(measure::radius_tile));
  const Ground ground(ui, shaded ? over(overlay, ui.ground) : ui.ground);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const TableCell& cell = table.cells[static_cast<std::size_t>(r) * columns.size() + i];
    draw_cell(ui, {columns[i].x, row.y, columns[i].w, row.h}, cell, table.columns[i].number,
              state.chosen && i == 0 ? Type::value : Type::body);
  }
}

void offer(Ui& ui, std::string_view id, bool used, const Rect& rect, const Table& table, const TableState& state) {
  if (table.heading_line.empty()) return;
  offers(ui, table.heading_line, used || pointed_in(table.heading_line),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(table, state); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                Table alone = table;
                alone.heading_line = {}, alone.chosen = -1;
                TableState same{.sorted = state.sorted, .downwards = state.downwards};
                ui::table(page, id, whole, alone, same);
              }});
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

TableEvents table(Ui& ui, std::string_view id, const Rect& rect, const Table& table, TableState& state,
                  Selection* selection) {
  const Theme& theme = ui.theme;
  TableEvents events;
  if (table.columns.empty()) return events;
  Rect body = rect;
  Rect head = body.take_top(head_height(ui));
  const std::vector<Rect> columns = columns_of(ui, rect, table.columns);
  draw_heads(ui, head, columns, table, state);
  const std::vector<int> order = shown_rows(table, state);
  rule(ui, rect.x, head.bottom() - 1, rect.w, theme->hair);

  const float height = row_height(ui);
  const int rows = static_cast<int>(order.size());
  const int fit = table.scrolls ? std::clamp(static_cast<int>(body.h / height), 0, rows) : rows;
  body.h = height * static_cast<float>(fit);
  int ringed = -1;
  if (fit == rows) state.first = 0;
  if ((table.can_choose || selection) && rows > 0) {
    const Canvas c = canvas(ui, id, body, state.inside);
    ringed = move(c, body, height, order, state, events);
    if (selection) point(c.item.id, table, ringed, *selection, events);
    offer(ui, id, in_use(c, rect), rect, table, state);
  } else {
    const bool near = pointed_in(rect);
    if (near) events.hovered = row_at(body, height, order, ImGui::GetIO().MousePos.y);
    offer(ui, id, near, rect, table, state);
  }
  for (int i = state.first; i < std::min(state.first + fit, rows); ++i) {
    const int r = order[static_cast<std::size_t>(i)];
    const Rect row = body.take_top(height);
    const std::int64_t item = item_of(table, r);
    const bool chosen = selection ? item == selection->chosen : r == table.chosen;
    const bool lit = r == events.hovered || (selection && selection->lit(item));
    draw_row(ui, row, columns, table, r, {chosen, lit, r == ringed});
  }
  return events;
}

}  // namespace vitrine::ui
