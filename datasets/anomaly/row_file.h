// A RowFile is a table whose lines are beats, measurements or other rows to judge, read as people have them: the label
// in whichever column, steps of one series or of several, or fields with names. The file may be of any size: it is read
// in blocks, and of more rows than asked for a sample is kept, drawn by a seed, each row with the same chance.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "datasets/anomaly/row_labels.h"
#include "datasets/anomaly/row_layout.h"
#include "datasets/dataset.h"
#include "datasets/files/csv_rows.h"
#include "datasets/files/text_blocks.h"

namespace vitrine::datasets {

struct RowForm {  // of a training file; its test file is read by the same
  RowLayout layout;
  RowLabels::Kinds kinds;
};

struct RowFile {
  Dataset data;  // class 0 is normal
  RowForm form;
  std::size_t rows = 0;            // of the file; the data may hold fewer
  std::vector<std::string> notes;  // sentences about what was found out rather than said
};

class RowReader {
 public:
  struct Recipe {
    std::size_t most_rows = 50'000;  // kept, or fewer of very wide ones
    std::uint64_t seed = 1;
    const RowForm* like = nullptr;  // null: the form is found out; must outlive the reader
  };
  RowReader(const std::filesystem::path& path, const Recipe& recipe);  // FileError
  bool read_block();  // some megabytes further; false when there is nothing left. FileError with line and column
  double share() const { return blocks_.share(); }  // of the file that is read
  std::size_t rows() const { return rows_; }        // so far
  RowFile finish() &&;                              // when read_block has answered false

 private:
  void begin();
  float number_at(const CsvRows& rows, std::size_t column) const;
  std::uint8_t label_at(const CsvRows& rows, std::size_t column);
  void keep(std::span<const float> row, std::uint8_t place);
  std::string what() const;

  std::string file_;
  Recipe recipe_;
  TextBlocks blocks_;
  std::optional<RowLayout> layout_;
  RowLabels labels_;
  std::size_t most_ = 0, rows_ = 0;
  std::vector<float> values_;
  std::vector<std::uint8_t> places_;  // of the labels of rows kept
};

RowFile read_rows(const std::filesystem::path& path, const RowReader::Recipe& recipe);

}  // namespace vitrine::datasets
