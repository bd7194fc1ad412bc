// Blocks of lines, fields of a line, and a reservoir that every row enters with the same chance.
#include "datasets/anomaly/row_file.h"

#include <algorithm>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/csv_rows.h"
#include "datasets/heartbeats/heartbeats.h"
#include "engine/core/limits.h"
#include "engine/core/random.h"

namespace vitrine::datasets {
namespace {

constexpr std::uint64_t kSampleKey = 0x526F7773ull;           // keeps these numbers apart from other uses of a seed
constexpr std::size_t kKeptBytes = limits::kLoaderSpare / 2;  // of numbers, however large the file is
constexpr std::uint8_t kUnlabelled = 0;

class RowSource final : public Source {
 public:
  RowSource(std::size_t width, std::vector<float> values, std::vector<std::uint8_t> kinds)
      : width_(width), values_(std::move(values)), kinds_(std::move(kinds)) {}
  std::size_t size() const override { return kinds_.size(); }
  float label(ItemId item) const override { return kinds_[item]; }
  void read(ItemId item, std::span<float> values) const override {
    std::ranges::copy(std::span(values_).subspan(item * width_, width_), values.begin());
  }

 private:
  std::size_t width_;
  std::vector<float> values_;
  std::vector<std::uint8_t> kinds_;
};

bool are_beats(const RowLayout& layout, const RowLabels::Kinds& kinds) {
  static constexpr std::string_view kLabels[] = {"1", "2", "3", "4", "5"};
  const auto known = [](const std::string& label) { return std::ranges::find(kLabels, label) != std::end(kLabels); };
  return layout.label && layout.values.size() == kBeatSamples && layout.fields.empty() &&
         std::ranges::all_of(kinds.labels, known);
}

// All five, also where the file has fewer: another file of the same beats may have the others.
RowLabels::Kinds beat_labels() {
  RowLabels::Kinds kinds;
  for (const std::string_view name : beat_kinds()) {
    kinds.names.emplace_back(name);
    kinds.labels.push_back(count_text(kinds.names.size()));
  }
  return kinds;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i > 0 ? ", " : "") + names[i];
  return names.size() > kShown ? text + ", …" : text;
}

}  // namespace

RowReader::RowReader(const std::filesystem::path& path, const Recipe& recipe)
    : file_(path.string()), recipe_(recipe), blocks_(path) {}

void RowReader::begin() {
  layout_ = recipe_.like ? layout_like(recipe_.like->layout, blocks_.text(), file_) : layout_of(blocks_.text(), file_);
  most_ = std::clamp<std::size_t>(kKeptBytes / sizeof(float) / layout_->values.size(), 1, recipe_.most_rows);
}

bool RowReader::read_block() {
  if (!blocks_.next()) {
    if (rows_ == 0) refuse_file(file_, "is empty", "rows of values", "nothing", "Choose another file.");
    return false;
  }
  const bool first = !layout_;
  if (first) begin();
  CsvRows rows(blocks_.text(), file_, layout_->delimiter, blocks_.line());
  if (first && layout_->header) rows.next();
  std::vector<float> row(layout_->values.size());
  while (rows.next()) {
    if (rows.fields().size() != layout_->columns) {
      rows.fail(std::min(rows.fields().size(), layout_->columns), "is where the row does not fit the first one",
                count_text(layout_->columns) + " fields", count_text(rows.fields().size()),
                "Check delimiter and quotes of this line.");
    }
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = number_at(rows, layout_->values[i]);
    keep(row, layout_->label ? label_at(rows, *layout_->label) : kUnlabelled);
  }
  return true;
}

float RowReader::number_at(const CsvRows& rows, std::size_t column) const {
  const std::string_view field = rows.fields()[column];
  if (const auto number = field_number(field, layout_->delimiter)) return *number;
  if (field.empty()) rows.fail(column, "is empty", "a value", "nothing", "Fill it in, or remove the line.");
  rows.fail(column, "is no number", "a finite number", std::string(field), "Correct it.");
}

std::uint8_t RowReader::label_at(const CsvRows& rows, std::size_t column) {
  const std::string_view label = rows.fields()[column];
  if (label.empty()) rows.fail(column, "is empty", "a label", "nothing", "Fill it in, or remove the line.");
  if (const auto place = labels_.place_of(label, layout_->delimiter)) return *place;
  rows.fail(column, "is one label too many", "at most " + count_text(RowLabels::kMostKinds) + " kinds",
            std::string(label), "Call the column that says what a row is label.");
}

// Vitter's algorithm R: the n-th row takes the place of a kept one with chance most / n.
void RowReader::keep(std::span<const float> row, std::uint8_t place) {
  const std::size_t number = rows_++;
  if (number < most_) {
    values_.insert(values_.end(), row.begin(), row.end());
    places_.push_back(place);
    return;
  }
  random::Draw draw(recipe_.seed ^ kSampleKey, 0, number);
  const auto slot = static_cast<std::size_t>(std::uint64_t{draw.word()} * rows_ >> 32);
  if (slot >= most_) return;
  std::ranges::copy(row, values_.begin() + static_cast<std::ptrdiff_t>(slot * row.size()));
  places_[slot] = place;
}

std::string RowReader::what() const {
  if (!layout_->label) return "Rows of a table.";
  return layout_->header ? "Rows of a table; the label is " + layout_->label_name + "."
                         : "Rows of a table; the label is column " + count_text(*layout_->label + 1) + ".";
}

RowFile RowReader::finish() && {
  RowForm form{*layout_, recipe_.like ? labels_.kinds_like(recipe_.like->kinds) : labels_.kinds(layout_->label_name)};
  if (!recipe_.like && are_beats(*layout_, form.kinds)) form.kinds = labels_.kinds_like(beat_labels());
  std::vector<std::string> notes;
  if (rows_ > most_) {
    notes.push_back("Of " + count_text(rows_) + " rows of " + std::filesystem::path(file_).filename().string() + ", " +
                    count_text(most_) + " drawn by the seed are used.");
  }
  if (!layout_->label) notes.push_back("No column is called label, so every row counts as normal.");
  if (!form.kinds.note.empty()) notes.push_back(form.kinds.note);
  if (!layout_->words.empty()) notes.push_back("Left out, because they hold words: " + listed(layout_->words) + ".");
  if (layout_->label) {
    for (std::uint8_t& place : places_) place = form.kinds.where[place];
  }
  Info info;
  info.id = info.label = std::filesystem::path(file_).filename().string();
  info.what = what();
  info.source = file_, info.licence = "as its source says";
  info.kind = layout_->fields.empty() ? ItemKind::series : ItemKind::point;
  info.classes = form.kinds.names;
  const std::size_t width = layout_->values.size();
  info.shape = layout_->fields.empty() ? ItemShape{1, width, 1} : ItemShape{1, 1, width};
  Dataset data(std::move(info), std::make_shared<RowSource>(width, std::move(values_), std::move(places_)));
  return {std::move(data), std::move(form), rows_, std::move(notes)};
}

RowFile read_rows(const std::filesystem::path& path, const RowReader::Recipe& recipe) {
  RowReader reader(path, recipe);
  while (reader.read_block()) {
  }
  return std::move(reader).finish();
}

}  // namespace vitrine::datasets
