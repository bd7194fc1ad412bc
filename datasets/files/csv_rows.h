// CsvRows walks over the fields of a CSV text, line by line, without copying what needs no unquoting.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::datasets {

// At the beginning of a file lines that start with # are remarks and left out, but for one right above the rows that
// falls into as many fields: those are their names.
class CsvRows {
 public:
  CsvRows(std::string_view text, std::string_view file, char delimiter, std::size_t first_line = 1);
  // The next row that is not empty; false at the end. Fields live until the next call.
  bool next();
  const std::vector<std::string_view>& fields() const { return fields_; }
  std::size_t line() const { return row_line_; }  // of the row's start, from 1
  [[noreturn]] void fail(std::size_t column, std::string fact, std::string expected, std::string got,
                         std::string remedy) const;

 private:
  void skip_remarks();
  std::size_t fields_of(std::string_view line) const;  // as far as can be told without quotes
  void read_row();
  std::string_view quoted();
  std::string_view plain();

  std::string_view text_, file_;
  char delimiter_;
  std::size_t at_ = 0, line_, row_line_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // fields with doubled quotes; a deque leaves them where they are
};

// The delimiter with which the first rows fall into the same number of fields, the more the better; if none does, the
// one that cuts the first row most often.
char sniffed_delimiter(std::string_view text, std::string_view file);
// What the first two rows say about a header: names above numbers, or nothing but names.
bool has_header(std::string_view text, std::string_view file, char delimiter);
// A plus before a number and, where the comma parts no fields, a comma inside it are read as people write them. Nothing
// for what is no finite number.
std::optional<float> field_number(std::string_view field, char delimiter);

}  // namespace vitrine::datasets
