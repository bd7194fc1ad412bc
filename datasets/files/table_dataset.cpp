// Rows of a table as items: which column is the label, and what the others are.
#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/columns.h"
#include "datasets/files/labels.h"
#include "datasets/heartbeats/heartbeats.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

std::size_t label_column(const Table& table, const std::string& asked, std::string_view file) {
  const auto named = [&](std::string_view name) {
    return static_cast<std::size_t>(
        std::ranges::find_if(table.columns, [&](const Column& c) { return in_lower_case(c.name) == name; }) -
        table.columns.begin());
  };
  if (!asked.empty()) {
    const std::size_t at = named(in_lower_case(asked));
    if (at < table.columns.size()) return at;
    refuse_file(file, "has no such column", "the name of one of its " + count_text(table.columns.size()) + " columns",
                asked, "Choose one of its columns.");
  }
  return usual_label(table);
}

// Whole numbers of few kinds are classes; anything else is a quantity.
bool looks_like_classes(const std::vector<float>& labels) {
  constexpr std::size_t kFew = 20;
  std::vector<float> kinds;
  for (const float label : labels) {
    if (std::floor(label) != label) return false;
    if (std::ranges::find(kinds, label) != kinds.end()) continue;
    if (kinds.size() == kFew) return false;
    kinds.push_back(label);
  }
  return kinds.size() > 1;
}

std::vector<std::string> class_names(Column& label, const std::vector<std::string>& names, std::string_view file) {
  if (!label.words.empty()) return label.words;
  if (names.empty()) return numbered_classes(label.numbers, file);
  for (float& number : label.numbers) number -= 1;
  return numbered_classes(label.numbers, names, file);
}

// Rows of columns that stay as the table had them: a copy would take as much again as the largest of files may.
class ColumnSource final : public Source {
 public:
  ColumnSource(std::vector<std::vector<float>> columns, std::vector<float> labels)
      : columns_(std::move(columns)), labels_(std::move(labels)) {}
  std::size_t size() const override { return labels_.size(); }
  float label(ItemId item) const override { return labels_[item]; }
  void read(ItemId item, std::span<float> values) const override {
    for (std::size_t i = 0; i < columns_.size(); ++i) values[i] = columns_[i][item];
  }

 private:
  std::vector<std::vector<float>> columns_;
  std::vector<float> labels_;
};

std::string read_text(const std::filesystem::path& path) {
  return read_file(path, limits::kTableFileBytes);
}

}  // namespace

Dataset table_dataset(Table table, const CsvChoice& choice, std::string_view file) {
  const std::size_t at = label_column(table, choice.label, file);
  Column label = std::move(table.columns[at]);
  table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(at));
  if (label.too_many_words) {
    refuse_file(file, "has too many different words in its column of labels, " + label.name,
                "at most " + count_text(limits::kClasses), "more", "Choose another column for the label.");
  }
  Info info;
  info.id = info.label = std::filesystem::path(file).filename().string();
  info.what = "Rows of a table; the label is " + label.name + ".";
  info.source = file, info.licence = "as its source says";
  info.kind = choice.kind;
  const bool classify = choice.classify.value_or(!label.words.empty() || looks_like_classes(label.numbers));
  info.task = classify ? Task::classify : Task::regress;
  if (classify) info.classes = class_names(label, choice.names, file);
  std::vector<std::vector<float>> inputs;
  for (Column& column : table.columns) {
    if (!holds_words(column)) inputs.push_back(std::move(column.numbers));
  }
  if (inputs.empty()) {
    refuse_file(file, "has no column of numbers beside the label", "at least one", "none", "Choose another label.");
  }
  const std::size_t n = inputs.size();
  info.shape = choice.kind == ItemKind::series ? ItemShape{1, n, 1} : ItemShape{1, 1, n};
  return {std::move(info), std::make_shared<ColumnSource>(std::move(inputs), std::move(label.numbers))};
}

Dataset load_csv(const std::filesystem::path& path, const CsvChoice& choice) {
  Table table = parse_csv(read_text(path), path.string(), choice.form);  // the text is gone before the items are made
  return table_dataset(std::move(table), choice, path.string());
}

Dataset parse_series(std::string_view text, std::string_view file, std::vector<std::string> names) {
  Table table = parse_csv(text, file);
  table.columns[0].name = "label";  // of these formats the first column, whatever it is called
  for (std::size_t i = 1; i < table.columns.size(); ++i) {
    if (holds_words(table.columns[i])) {
      refuse_file(file, "has words in " + table.columns[i].name, "numbers after the label", "text",
                  "Check the delimiter.");
    }
  }
  const CsvChoice choice{.label = "label", .classify = true, .kind = ItemKind::series, .names = std::move(names)};
  return table_dataset(std::move(table), choice, file);
}

Dataset load_beats(const std::filesystem::path& path) {
  Dataset beats = parse_series(read_text(path), path.string(), {beat_kinds().begin(), beat_kinds().end()});
  if (beats.info().shape.columns != kBeatSamples) {
    refuse_file(path.string(), "does not hold beats", count_text(kBeatSamples) + " values after each label",
                count_text(beats.info().shape.columns), "Choose a file of beats such as ECG5000's.");
  }
  return beats;
}

}  // namespace vitrine::datasets
