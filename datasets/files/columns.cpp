// Names first, in any case; then contents.
#include "datasets/files/columns.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

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
  const auto may_be = [&](std::size_t i) { return i != label && means_numbers(table.columns[i]); };
  std::vector<std::size_t> places;
  for (const auto& [first, second] : {std::pair{"x1", "x2"}, {"x", "y"}}) {
    const auto a = find(table, first), b = find(table, second);
    if (places.empty() && a && b && may_be(*a) && may_be(*b)) places = {*a, *b};
  }
  for (const bool counting : {false, true}) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const bool is_new = std::ranges::find(places, i) == places.end();
      if (is_new && may_be(i) && counts_rows(table, table.columns[i]) == counting) places.push_back(i);
    }
  }
  return places;
}

}  // namespace vitrine::datasets
