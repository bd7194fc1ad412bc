// A look at the first rows, then at the names.
#include "datasets/anomaly/row_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "datasets/anomaly/row_labels.h"
#include "datasets/files/bytes.h"
#include "datasets/files/csv_rows.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kLooked = 100;   // rows: enough to tell a label from a measurement
constexpr std::size_t kFewKinds = 20;  // of them: more are no kinds

struct Looks {  // of a column in the first rows
  std::size_t words = 0;
  bool whole = true;
  std::vector<std::string> kinds;  // up to one more than few

  bool is_words(std::size_t rows) const { return 2 * words > rows; }
  bool may_be_label(std::size_t rows) const {
    return kinds.size() <= kFewKinds && (words == rows || (words == 0 && whole));
  }
};

struct Beginning {
  std::vector<std::string> names;
  std::vector<Looks> columns;
  std::size_t rows = 0;
};

Beginning look_at(CsvRows rows, bool header, char delimiter) {
  Beginning seen;
  if (!rows.next()) return seen;
  seen.columns.resize(rows.fields().size());
  if (header) seen.names.assign(rows.fields().begin(), rows.fields().end());
  for (bool more = !header || rows.next(); more && seen.rows < kLooked; more = rows.next(), ++seen.rows) {
    for (std::size_t i = 0; i < std::min(seen.columns.size(), rows.fields().size()); ++i) {
      Looks& looks = seen.columns[i];
      const std::string_view field = rows.fields()[i];
      const auto number = field_number(field, delimiter);
      if (!number) ++looks.words;
      looks.whole = looks.whole && number && std::floor(*number) == *number;
      if (looks.kinds.size() <= kFewKinds && std::ranges::find(looks.kinds, field) == looks.kinds.end()) {
        looks.kinds.emplace_back(field);
      }
    }
  }
  return seen;
}

struct Numbered {
  std::string name;
  std::int64_t number = -1;  // −1: none
};
Numbered numbered(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const std::size_t from = last == name.npos ? 0 : last + 1;
  const auto number = parse_integer(name.substr(from));
  std::string_view stem = name.substr(0, from);
  while (stem.ends_with('_') || stem.ends_with('.') || stem.ends_with(' ') || stem.ends_with('-'))
    stem.remove_suffix(1);
  return {std::string(stem), number.value_or(-1)};
}

// Names that are numbered from the first to the last are steps: of one series, or of several of one length.
void sort_steps(RowLayout& layout) {
  std::vector<std::pair<std::string, std::vector<std::pair<std::int64_t, std::size_t>>>> series;
  for (std::size_t i = 0; i < layout.values.size(); ++i) {
    const Numbered step = numbered(layout.names[i]);
    auto same = std::ranges::find(series, step.name, [](const auto& each) { return each.first; });
    if (same == series.end()) same = series.insert(series.end(), {step.name, {}});
    same->second.emplace_back(step.number, i);
  }
  const std::size_t length = series.front().second.size();
  bool steps = length > 1;
  for (auto& [name, places] : series) {
    std::ranges::sort(places);
    const bool runs = places.front().first >= 0 && places.size() == length &&
                      places.back().first - places.front().first + 1 == static_cast<std::int64_t>(length);
    steps = steps && runs;
  }
  if (!steps) {
    layout.fields = layout.names;
    return;
  }
  const std::vector<std::size_t> columns = std::exchange(layout.values, {});
  const std::vector<std::string> names = std::exchange(layout.names, {});
  for (const auto& [name, places] : series) {
    for (const auto& [number, place] : places)
      layout.values.push_back(columns[place]), layout.names.push_back(names[place]);
    if (series.size() > 1) layout.series.push_back(name);
  }
}

std::optional<std::size_t> label_of(const Beginning& seen) {
  const auto column = [&](auto&& is) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < seen.columns.size(); ++i) {
      if (is(i)) return i;
    }
    return {};
  };
  if (seen.names.empty()) {  // first, as UCR has it, or last
    if (seen.columns.front().may_be_label(seen.rows)) return 0;
    if (seen.columns.back().may_be_label(seen.rows)) return seen.columns.size() - 1;
    return {};
  }
  if (const auto named = column([&](std::size_t i) { return names_label(seen.names[i]); })) return named;
  // The only column of words, or the first of them that says of some row that it is normal.
  const auto is_word = [&](std::size_t i) {
    return seen.columns[i].is_words(seen.rows) && seen.columns[i].may_be_label(seen.rows);
  };
  const auto says_normal = [&](std::size_t i) {
    return is_word(i) && std::ranges::any_of(seen.columns[i].kinds, means_normal);
  };
  if (const auto says = column(says_normal)) return says;
  const auto words = std::ranges::count_if(seen.columns, [&](const Looks& l) { return l.is_words(seen.rows); });
  if (const auto only = column(is_word); only && words == 1) return only;
  // A first column of kinds before nothing but numbered steps.
  const auto is_step = [](const std::string& name) { return numbered(name).number >= 0; };
  const bool steps = seen.names.size() > 2 && !is_step(seen.names.front()) &&
                     std::all_of(seen.names.begin() + 1, seen.names.end(), is_step);
  if (steps && seen.columns.front().may_be_label(seen.rows)) return 0;
  return {};
}

Beginning beginning_of(std::string_view text, std::string_view file, RowLayout& layout) {
  layout.delimiter = sniffed_delimiter(text, file);
  layout.header = has_header(text, file, layout.delimiter);
  Beginning seen = look_at(CsvRows(text, file, layout.delimiter), layout.header, layout.delimiter);
  layout.columns = seen.columns.size();
  if (seen.columns.empty()) refuse_file(file, "is empty", "rows of values", "nothing", "Choose another file.");
  if (seen.rows == 0) refuse_file(file, "has no row", "rows of values below the names", "none", "Choose another file.");
  return seen;
}

}  // namespace

RowLayout layout_of(std::string_view text, std::string_view file) {
  RowLayout layout;
  const Beginning seen = beginning_of(text, file, layout);
  layout.label = label_of(seen);
  if (layout.label) layout.label_name = layout.header ? seen.names[*layout.label] : "";
  for (std::size_t i = 0; i < seen.columns.size(); ++i) {
    if (i == layout.label) continue;
    if (layout.header && seen.columns[i].is_words(seen.rows)) {
      layout.words.push_back(seen.names[i]);
      continue;
    }
    layout.values.push_back(i);
    if (layout.header) layout.names.push_back(seen.names[i]);
  }
  if (layout.values.empty()) {
    refuse_file(file, "has no column of numbers beside the label", "at least one", "none", "Choose another file.");
  }
  if (layout.header) sort_steps(layout);
  return layout;
}

RowLayout layout_like(const RowLayout& other, std::string_view text, std::string_view file) {
  RowLayout layout = other;
  const Beginning seen = beginning_of(text, file, layout);
  if (!layout.header || !other.header) {  // by place
    if (layout.columns == other.columns) return layout;
    refuse_file(file, "has rows of another length than the training rows", count_text(other.columns) + " columns",
                count_text(layout.columns), "Choose two files of one kind.");
  }
  const auto place = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(seen.names, name) - seen.names.begin());
  };
  for (std::size_t i = 0; i < layout.values.size(); ++i) {
    layout.values[i] = place(layout.names[i]);
    if (layout.values[i] == seen.names.size()) {
      refuse_file(file, "lacks a column of the training rows", layout.names[i], "no such name",
                  "Choose two files of one kind.");
    }
  }
  const std::size_t label = place(layout.label_name);
  layout.label = layout.label && label < seen.names.size() ? std::optional(label) : std::nullopt;
  return layout;
}

}  // namespace vitrine::datasets
