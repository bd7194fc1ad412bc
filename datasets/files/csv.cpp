// Two walks over the text: the first finds out what the columns are, the second fills them.
#include "datasets/files/csv.h"

#include <algorithm>
#include <map>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/csv_rows.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

struct Survey {
  struct Word {
    std::size_t line = 0;
    std::string text;
  };
  std::size_t rows = 0;
  std::vector<bool> numeric;
  std::vector<Word> first;  // of each column: what is no number
};

Survey survey(CsvRows& rows, std::size_t width, char delimiter) {
  Survey found{0, std::vector<bool>(width, true), std::vector<Survey::Word>(width)};
  while (rows.next()) {
    const auto& fields = rows.fields();
    if (fields.size() != width) {
      rows.fail(std::min(fields.size(), width), "is where the row does not fit the first one",
                count_text(width) + " fields", count_text(fields.size()), "Check delimiter and quotes of this line.");
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (fields[i].empty()) rows.fail(i, "is empty", "a value", "nothing", "Fill it in, or remove the line.");
      if (found.numeric[i] && !field_number(fields[i], delimiter)) {
        // A column of words has words early on; one odd field below many numbers is a mistake in the file.
        constexpr std::size_t kSettled = 20;
        if (found.rows >= kSettled) {
          rows.fail(i, "is no number", "a number, as in the lines above", std::string(fields[i]), "Correct it.");
        }
        found.numeric[i] = false;
        found.first[i] = {rows.line(), std::string(fields[i])};
      }
    }
    ++found.rows;
  }
  return found;
}

void add_word(Column& column, std::map<std::string, float, std::less<>>& places, std::string_view word) {
  auto place = places.find(word);
  if (place == places.end()) {
    if (places.size() == limits::kClasses) {
      column.too_many_words = true;
      column.words.clear(), places.clear(), column.numbers = {};
      return;
    }
    place = places.emplace(std::string(word), static_cast<float>(places.size())).first;
    column.words.push_back(std::string(word));
  }
  column.numbers.push_back(place->second);
}

}  // namespace

Table parse_csv(std::string_view text, std::string_view file, CsvForm form) {
  if (text.find('\0') != text.npos) {
    refuse_file(file, "is no text", "lines of values", "a zero byte at " + count_text(text.find('\0')),
                "Choose a CSV file.");
  }
  if (form.delimiter == 0) form.delimiter = sniffed_delimiter(text, file);
  if (!form.header) form.header = has_header(text, file, form.delimiter);
  const char delimiter = form.delimiter;
  Table table{form, 0, {}};
  CsvRows names(text, file, delimiter);
  if (!names.next()) refuse_file(file, "is empty", "rows of values", "nothing", "Choose another file.");
  for (std::size_t i = 0; i < names.fields().size(); ++i) {
    const std::string_view name = names.fields()[i];
    table.columns.push_back(
        {*form.header && !name.empty() ? std::string(name) : "column " + count_text(i + 1), {}, {}});
  }
  CsvRows first = *form.header ? std::move(names) : CsvRows(text, file, delimiter), second = first;
  const Survey found = survey(first, table.columns.size(), delimiter);
  if (found.rows == 0)
    refuse_file(file, "has no row", "rows of values below the names", "none", "Choose another file.");
  table.rows = found.rows;
  std::vector<std::map<std::string, float, std::less<>>> places(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (found.numeric[i]) table.columns[i].numbers.reserve(found.rows);
    table.columns[i].first_word_line = found.first[i].line;
    table.columns[i].first_word = found.first[i].text;
  }
  while (second.next()) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      Column& column = table.columns[i];
      const std::string_view field = second.fields()[i];
      if (found.numeric[i]) {
        column.numbers.push_back(*field_number(field, delimiter));
      } else if (!column.too_many_words) {
        add_word(column, places[i], field);
      }
    }
  }
  return table;
}

}  // namespace vitrine::datasets
