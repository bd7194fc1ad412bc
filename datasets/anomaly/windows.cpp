// Windows are read from the columns when they are asked for: overlapping ones would multiply the file.
#include "datasets/anomaly/windows.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "datasets/anomaly/row_labels.h"
#include "datasets/files/bytes.h"

namespace vitrine::datasets {
namespace {

class WindowSource final : public Source {
 public:
  WindowSource(std::vector<std::vector<float>> columns, std::vector<float> labels, const WindowRecipe& recipe)
      : columns_(std::move(columns)), labels_(std::move(labels)), recipe_(recipe) {}
  std::size_t size() const override { return labels_.size(); }
  float label(ItemId item) const override { return labels_[item]; }
  void read(ItemId item, std::span<float> values) const override {
    for (const std::vector<float>& column : columns_) {
      const auto from = column.begin() + static_cast<std::ptrdiff_t>(item * recipe_.stride);
      std::copy_n(from, recipe_.length, values.begin());
      values = values.subspan(recipe_.length);
    }
  }

 private:
  std::vector<std::vector<float>> columns_;
  std::vector<float> labels_;  // of the windows
  WindowRecipe recipe_;
};

float most_frequent(const std::vector<float>& labels) {
  std::map<float, std::size_t> counts;
  for (const float label : labels) ++counts[label];
  return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

std::vector<float> window_labels(const Column* label, std::size_t count, const WindowRecipe& recipe) {
  std::vector<float> labels(count, 0);
  if (!label) return labels;
  const float normal = most_frequent(label->numbers);
  for (std::size_t i = 0; i < count; ++i) {
    const auto lines = std::span(label->numbers).subspan(i * recipe.stride, recipe.length);
    labels[i] = std::ranges::all_of(lines, [&](float line) { return line == normal; }) ? 0.0f : 1.0f;
  }
  return labels;
}

}  // namespace

Windows windows(const Table& table, const WindowRecipe& recipe, std::string_view file) {
  if (table.rows < recipe.length) {
    refuse_file(file, "has too few lines for one window", count_text(recipe.length) + " or more",
                count_text(table.rows), "Choose shorter windows.");
  }
  std::vector<std::vector<float>> columns;
  std::vector<std::string> series, notes;
  const Column* label = nullptr;
  for (const Column& column : table.columns) {
    if (!label && names_label(column.name) && !column.too_many_words) {
      label = &column;
    } else if (column.words.empty() && !column.too_many_words) {
      columns.push_back(column.numbers);
      series.push_back(column.name);
    } else {
      notes.push_back("The column " + column.name + " holds words and is left out.");
    }
  }
  if (columns.empty()) {
    refuse_file(file, "has no column of numbers", "at least one", "none", "Choose another file.");
  }
  if (!label) notes.push_back("No column is called label, so every window counts as normal.");
  const std::size_t count = (table.rows - recipe.length) / recipe.stride + 1;
  Info info;
  info.id = info.label = std::filesystem::path(file).filename().string();
  info.what = "Windows of " + count_text(recipe.length) + " lines of a series.";
  info.source = file, info.licence = "as its source says";
  info.kind = ItemKind::series, info.task = Task::classify;
  info.classes = {"Normal", "Anomaly"};
  info.shape = {1, recipe.length * columns.size(), 1};
  std::vector<float> labels = window_labels(label, count, recipe);
  Dataset data(std::move(info), std::make_shared<WindowSource>(std::move(columns), std::move(labels), recipe));
  return {std::move(data), std::move(series), std::move(notes)};
}

}  // namespace vitrine::datasets
