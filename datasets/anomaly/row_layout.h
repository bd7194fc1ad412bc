// A RowLayout is what the names of a table's columns say about its rows: which column is the label, which hold numbers,
// and whether these are the steps of one series (t000, t001, …), of several (x0, x1, …, y0, y1, …), or fields that have
// nothing to do with each other (age, pressure, …).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::datasets {

struct RowLayout {
  char delimiter = ',';
  bool header = false;
  std::size_t columns = 0;                // of a line
  std::optional<std::size_t> label = {};  // a column; none: nothing says what a row is
  std::string label_name = {};
  std::vector<std::size_t> values = {};  // columns in the order of the rows: the steps of one series side by side
  std::vector<std::string> names = {};   // of those columns; empty without a header
  std::vector<std::string> fields = {};  // their names, where they are fields
  std::vector<std::string> series = {};  // names of several series, as long as each other; empty for one
  std::vector<std::string> words = {};   // columns of words, which are left out
};

// From the beginning of a file.
RowLayout layout_of(std::string_view text, std::string_view file);
// Of a file that is to be read like another: its columns are found by name where both have names. FileError where one
// is absent.
RowLayout layout_like(const RowLayout& other, std::string_view text, std::string_view file);

}  // namespace vitrine::datasets
