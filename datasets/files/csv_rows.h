// CsvRows walks over the fields of a CSV text, line by line, without copying what needs no unquoting.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::datasets {

class CsvRows {
 public:
  CsvRows(std::string_view text, std::string_view file, char delimiter);
  // The next row that is not empty; false at the end. Fields live until the next call.
  bool next();
  const std::vector<std::string_view>& fields() const { return fields_; }
  std::size_t line() const { return row_line_; }  // of the row's start, from 1
  [[noreturn]] void fail(std::size_t column, std::string fact, std::string expected, std::string got,
                         std::string remedy) const;

 private:
  void read_row();
  std::string_view quoted();
  std::string_view plain();

  std::string_view text_, file_;
  char delimiter_;
  std::size_t at_ = 0, line_ = 1, row_line_ = 1;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // fields with doubled quotes; a deque leaves them where they are
};

// The delimiter with which the first rows fall into the same number of fields, the more the better; if none does, the
// one that cuts the first row most often.
char sniffed_delimiter(std::string_view text, std::string_view file);

}  // namespace vitrine::datasets
