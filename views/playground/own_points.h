// Points of a person's own: a table of CSV text, read with the columns that were chosen, written again when points are
// painted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/plane/plane.h"

namespace vitrine::views::playground {

struct OwnPoints {
  std::vector<datasets::PlanePoint> points;  // on the plane
  int classes = 2;                           // as of a set; 0: values
  std::vector<std::string> names = {};       // of the classes, as the table has them; none: they have only numbers
};

// Which columns mean what: names of the header, or their numbers from 1; empty: the usual ones.
struct TableColumns {
  std::string x1, x2, label;
};

// FileError naming line, column and reason, UsageError for a table that holds no points to learn from. An axis that
// leaves the plane is scaled onto it, and so are values that leave -1 … 1.
OwnPoints read_table(std::string_view text, const TableColumns& columns);
std::string write_table(const OwnPoints& own);  // columns x1, x2 and label
// Several columns, of which two at least are numbers but for a few cells: worth reading, if only to be told what is
// wrong.
bool looks_like_table(std::string_view text);

// What a brush does, as the text of a control: "add x1 x2 class", "erase x1 x2 radius", "move x1 x2 to x1 x2".
// Classes count from 1. UsageError when it is none of these.
void stroke(OwnPoints& own, std::string_view text);

}  // namespace vitrine::views::playground
