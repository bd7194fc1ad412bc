// A Table is what a CSV file holds: columns of numbers or of words. Delimiter, header and types are found out from the
// text; whatever does not fit is told with its line and column.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

struct CsvForm {                    // what is not given is found out
  char delimiter = 0;               // , ; | tab, or a space for any run of spaces
  std::optional<bool> header = {};  // does the first line hold names?
};

struct Column {
  std::string name;                 // of the header, or "column 3"
  std::vector<float> numbers;       // one a row; of words: their place in the list below
  std::vector<std::string> words;   // those that occur, in order of appearance; empty for a column of numbers
  bool too_many_words = false;      // more than could be classes: text, of which nothing is kept
  std::size_t first_word_line = 0;  // where the first stands that is no number
  std::string first_word = {};
};

struct Table {
  CsvForm form;  // as found out
  std::size_t rows = 0;
  std::vector<Column> columns;
};

Table parse_csv(std::string_view text, std::string_view file, CsvForm form = {});

// The rows of a table as items. The label is the named column; without a name the usual one. Words or `classify` make
// classes, otherwise numbers are to be predicted.
struct CsvChoice {
  CsvForm form = {};
  std::string label = {};
  std::optional<bool> classify = {};
  ItemKind kind = ItemKind::point;
  std::vector<std::string> names = {};  // of the classes that the table calls 1, 2, 3 …; empty: as it calls them
};
Dataset table_dataset(Table table, const CsvChoice& choice, std::string_view file);
Dataset load_csv(const std::filesystem::path& path, const CsvChoice& choice = {});

// Series with their label first: UCR text (spaces, tabs or commas, no header) and CSV of beats alike.
Dataset parse_series(std::string_view text, std::string_view file, std::vector<std::string> names = {});
// The same, refused unless every beat has 140 samples; label 1 is the normal beat, 2 to 5 the other kinds of ECG5000.
Dataset load_beats(const std::filesystem::path& path);

}  // namespace vitrine::datasets
