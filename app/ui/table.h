// A Table is rows of text under quiet heads: no stripes, no vertical lines, numbers at the right of their columns, one
// row chosen at most.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/draw.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct TableColumn {
  std::string title;
  bool number = true;  // right-aligned, digits in cells
  float share = 1;     // of the width
  bool sorts = false;  // its head can be pressed: rows by this column, upwards, then downwards, then as they were
};

struct TableCell {
  std::string text;
  Colour colour = 0;  // 0 = ink; theme.signed_ink for signed quantities
};

struct Table {
  std::span<const TableColumn> columns;
  std::span<const TableCell> cells;  // row after row
  int chosen = -1;
  bool can_choose = false;
  bool scrolls = false;                      // as many rows as fit, the others by the wheel or the arrows
  std::span<const std::int64_t> items = {};  // which one each row is about, in a selection; empty: its number
  Rect heading_line = {};    // what is left of the line above it, to offer itself on; empty: it offers nothing
  int first = 0, most = -1;  // rows on screen, of those in their order; −1: all of them. What is copied are all
  int rows() const { return columns.empty() ? 0 : static_cast<int>(cells.size() / columns.size()); }
};

struct TableState {
  bool inside = false;
  int cursor = 0;   // on screen
  int first = 0;    // the row at the top, where it scrolls
  int sorted = -1;  // the column; −1: as given
  bool downwards = false;
};

struct TableEvents {
  int hovered = -1, chosen = -1;  // rows as they were given; chosen: just now
};

// With a selection its rows are items: they can be pointed at and chosen, here and elsewhere.
TableEvents table(Ui& ui, std::string_view id, const Rect& rect, const Table& table, TableState& state,
                  Selection* selection = nullptr);
// The rows in the order of the state: numbers by value, what is no number last, words by letters.
std::vector<int> sorted_rows(const Table& table, const TableState& state);
std::string csv(const Table& table, const TableState& state);
float table_height(const Ui& ui, int rows);

}  // namespace vitrine::ui
