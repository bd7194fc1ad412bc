// Names first, in any case; then contents.
#include "datasets/files/columns.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "datasets/files/bytes.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

bool is_called(const Column& column, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, in_lower_case(column.name)) != names.end();
}

bool is_place(const Column& column) {
  return is_called(column, {"x", "y", "x1", "x2"});
}

// Some programs write the number of a row under no name.
bool counts_rows(const Table& table, const Column& column) {
  const bool is_nameless = table.form.header.value_or(false) && column.name.starts_with("column ");
  return is_nameless || is_called(column, {"#", "id", "index", "no", "nr", "row", "unnamed: 0"});
}

std::optional<std::size_t> find(const Table& table, std::string_view name) {
  const auto found =
      std::ranges::find_if(table.columns, [&](const Column& column) { return is_called(column, {name}); });
  if (found == table.columns.end()) return {};
  return static_cast<std::size_t>(found - table.columns.begin());
}

template <class Is>
std::optional<std::size_t> last(const Table& table, Is is) {
  for (std::size_t i = table.columns.size(); i-- > 0;) {
    if (is(table.columns[i])) return i;
  }
  return {};
}

}  // namespace

bool holds_words(const Column& column) {
  return !column.words.empty() || column.too_many_words;
}

bool means_numbers(const Column& column) {
  if (!holds_words(column) || is_place(column)) return true;
  const auto is_number = [](const std::string& word) { return parse_real(word).has_value(); };
  return 2 * std::ranges::count_if(column.words, is_number) > std::ssize(column.words);
}

std::size_t usual_label(const Table& table) {
  for (const std::string_view name : {"label", "class", "target", "species", "category", "group", "kind", "cluster"}) {
    if (const auto at = find(table, name)) return *at;
  }
  if (const auto y = find(table, "y"); y && !find(table, "x")) return *y;
  const auto names_classes = [](const Column& c) { return !means_numbers(c) && !c.too_many_words; };
  if (const auto at = last(table, names_classes)) return *at;
  return last(table, [](const Column& c) { return !is_place(c); }).value_or(table.columns.size() - 1);
}

std::vector<std::size_t> usual_places(const Table& table, std::size_t label) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i != label && means_numbers(table.columns[i])) places.push_back(i);
  }
  const auto likely = [&](std::size_t i) {
    const Column& column = table.columns[i];
    constexpr std::string_view kNames[] = {"x1", "x2", "x", "y"};
    const auto named = std::ranges::find_if(kNames, [&](std::string_view name) { return is_called(column, {name}); });
    return (named - std::begin(kNames)) + (counts_rows(table, column) ? 1 : 0);
  };
  std::ranges::stable_sort(places, {}, likely);
  return places;
}

}  // namespace vitrine::datasets
