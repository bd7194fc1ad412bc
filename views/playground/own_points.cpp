// From columns to points and back.
#include "views/playground/own_points.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "app/work/words.h"
#include "datasets/files/columns.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

using datasets::Column;
using datasets::holds_words;
using datasets::PlanePoint;

constexpr std::string_view kSubject = "the table";
constexpr double kReach = 5;         // where an axis that has to be scaled ends
constexpr double kValueReach = 1.2;  // values of the published sets go as far
constexpr int kMostClasses = 12;     // whole numbers with more are values; a screen tells no more apart
constexpr int kDigits = 4;           // of a painted place, behind the point

[[noreturn]] void refuse(std::string fact, std::string expected, std::string got, std::string remedy) {
  throw UsageError({std::string(kSubject), std::move(fact), std::move(expected), std::move(got), std::move(remedy)});
}

const Column& column_named(const datasets::Table& table, std::string_view name) {
  for (const Column& column : table.columns) {
    if (column.name == name) return column;
  }
  const auto number = parse_integer(name);
  if (number && *number >= 1 && *number <= std::ssize(table.columns)) {
    return table.columns[static_cast<std::size_t>(*number) - 1];
  }
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(table.columns.size(), 8); ++i) {
    names += (names.empty() ? "" : ", ") + table.columns[i].name;
  }
  refuse("has no such column", names, std::string(name.substr(0, 60)), "Write a name of the first line or a number.");
}

// The first cell of a column that is no number one can use, by its line, its column, and why.
[[noreturn]] void refuse_cell(const datasets::Table& table, const Column& column, std::string expected) {
  const bool is_number = parse_real(column.first_word).has_value();
  const bool has_digits = column.first_word.find_first_of("0123456789") != std::string::npos;
  refuse("line " + to_text(static_cast<std::int64_t>(column.first_word_line)) + ", column " +
             to_text(&column - table.columns.data() + std::int64_t{1}) + " (" + column.name.substr(0, 40) + ") " +
             (!is_number   ? "is no number"
              : has_digits ? "is too large a number"
                           : "is no finite number"),
         std::move(expected), column.first_word.substr(0, 60), "Correct this cell, or choose another column.");
}

constexpr const char* kPlace = "a place on the plane";

struct Chosen {
  const Column *x1 = nullptr, *x2 = nullptr, *label = nullptr;
};

Chosen choose(const datasets::Table& table, const TableColumns& names) {
  if (table.columns.size() < 3) {
    refuse("has too few columns", "two places and a label", to_text(std::ssize(table.columns)), "Add what is missing.");
  }
  Chosen chosen;
  chosen.label = names.label.empty() ? &table.columns[datasets::usual_label(table)] : &column_named(table, names.label);
  if (!names.x1.empty()) chosen.x1 = &column_named(table, names.x1);
  if (!names.x2.empty()) chosen.x2 = &column_named(table, names.x2);
  const auto label_at = static_cast<std::size_t>(chosen.label - table.columns.data());
  for (const std::size_t at : datasets::usual_places(table, label_at)) {
    const Column& column = table.columns[at];
    if (&column == chosen.x1 || &column == chosen.x2) continue;
    const Column*& open = chosen.x1 == nullptr ? chosen.x1 : chosen.x2;
    if (open == nullptr) open = &column;
  }
  for (const Column* place : {chosen.x1, chosen.x2}) {
    if (place != nullptr && holds_words(*place)) refuse_cell(table, *place, kPlace);
    if (place == nullptr)
      refuse("has no two columns of numbers to place points by", "numbers", "too few columns", "Choose other columns.");
  }
  const Column& label = *chosen.label;  // a number that cannot be used is no name of a class
  if (holds_words(label) && parse_real(label.first_word)) refuse_cell(table, label, "a class or a value");
  if (label.too_many_words) {
    refuse("has more kinds of words than could be classes", "a few words", label.name, "Choose another label.");
  }
  return chosen;
}

// Values as they are while they stay within the limit, else from one end to the other.
std::vector<double> fitted(const std::vector<float>& numbers, double limit, double reach) {
  const auto [low, high] = std::ranges::minmax(numbers);
  const auto a = static_cast<double>(low), b = static_cast<double>(high);
  const bool leaves = a < -limit || b > limit;
  std::vector<double> values;
  for (const float number : numbers) {
    const auto v = static_cast<double>(number);
    values.push_back(!leaves ? v : b > a ? reach * (2 * (v - a) / (b - a) - 1) : 0);
  }
  return values;
}

bool are_values(const Column& column) {
  if (holds_words(column)) return false;
  std::set<float> numbers;
  for (const float v : column.numbers) {
    if (v != std::trunc(v)) return true;
    numbers.insert(v);
    if (numbers.size() > static_cast<std::size_t>(kMostClasses)) return true;
  }
  return false;
}

// What the numbers of a column of classes stand for, in the order of the classes: words by the alphabet, so that they
// keep it whichever points come first; numbers as they grow, but with a negative one the greater first, as +1 is.
std::vector<std::pair<float, std::string>> kinds_of(const Column& column) {
  std::vector<std::pair<float, std::string>> kinds;
  for (const float number : std::set<float>(column.numbers.begin(), column.numbers.end())) {
    const auto at = static_cast<std::size_t>(holds_words(column) ? number : 0);
    kinds.emplace_back(number, holds_words(column) ? column.words[at] : to_text(number));
  }
  if (holds_words(column)) std::ranges::sort(kinds, {}, &std::pair<float, std::string>::second);
  if (!holds_words(column) && kinds.size() == 2 && kinds.front().first < 0) std::swap(kinds[0], kinds[1]);
  return kinds;
}

// A second class beside an only one: of its sort, and behind it in the order above, so that painting it turns nothing.
std::string other_than(const Column& column, const std::pair<float, std::string>& only) {
  if (holds_words(column)) return only.second + " (not)";
  return to_text(only.first < 0 ? only.first - 1 : only.first + 1);
}

void label_points(const Column& column, OwnPoints& own) {
  if (are_values(column)) {
    own.classes = 0;
    const std::vector<double> values = fitted(column.numbers, kValueReach, 1);
    for (std::size_t i = 0; i < own.points.size(); ++i) own.points[i].label = values[i];
    return;
  }
  const auto kinds = kinds_of(column);
  own.classes = std::max(2, static_cast<int>(kinds.size()));
  if (own.classes > kMostClasses) {
    refuse("has too many classes", "at most " + to_text(std::int64_t{kMostClasses}), to_text(std::int64_t{own.classes}),
           "Choose another label.");
  }
  const bool are_signs = !holds_words(column) && std::ranges::all_of(kinds, [](const auto& kind) {
    return kind.first == 1 || kind.first == -1;
  });  // as painted points have
  std::map<float, int> places;
  for (const auto& [number, name] : kinds) {
    places[number] = are_signs ? (number > 0 ? 0 : 1) : static_cast<int>(places.size());
    if (!are_signs) own.names.push_back(name);
  }
  if (own.names.size() == 1) own.names.push_back(other_than(column, kinds.front()));
  for (std::size_t i = 0; i < own.points.size(); ++i) {
    const int place = places.at(column.numbers[i]);
    own.points[i].label = own.classes > 2 ? place : place == 0 ? 1 : -1;
  }
}

std::string label_text(const OwnPoints& own, double label) {
  if (own.classes == 0) return fixed_text(label, kDigits);
  const int place = own.classes > 2 ? static_cast<int>(label) : label < 0 ? 1 : 0;
  if (!own.names.empty()) return work::csv_field(own.names[static_cast<std::size_t>(place)]);
  return own.classes > 2 ? to_text(std::int64_t{place} + 1) : place == 0 ? "1" : "-1";
}

// Or they would be more text than a document holds.
void expect_few(std::size_t points) {
  if (points <= limits::kGeneratedItems) return;
  refuse("has more points than a table holds", "at most " + to_text(std::int64_t{limits::kGeneratedItems}),
         to_text(static_cast<std::int64_t>(points)), "Take a part of it.");
}

}  // namespace

OwnPoints read_table(std::string_view text, const TableColumns& columns) {
  if (!work::is_utf8(text)) refuse("is no text", "UTF-8", "other bytes", "Save it as text.");
  const datasets::Table table = datasets::parse_csv(text, kSubject);
  if (table.rows < 2)
    refuse("has too few points", "at least 2 rows",
           to_text(std::ssize(table.columns) > 0 ? static_cast<std::int64_t>(table.rows) : 0), "Add some.");
  expect_few(table.rows);
  const Chosen chosen = choose(table, columns);
  const std::vector<double> x1 = fitted(chosen.x1->numbers, kFieldExtent, kReach);
  const std::vector<double> x2 = fitted(chosen.x2->numbers, kFieldExtent, kReach);
  OwnPoints own;
  own.points.resize(table.rows);
  for (std::size_t i = 0; i < table.rows; ++i) own.points[i] = {x1[i], x2[i], 0};
  label_points(*chosen.label, own);
  return own;
}

std::string write_table(const OwnPoints& own) {
  expect_few(own.points.size());
  std::string text = "x1,x2,label\n";
  for (const PlanePoint& p : own.points) {
    text += fixed_text(p.x, kDigits) + "," + fixed_text(p.y, kDigits) + "," + label_text(own, p.label) + "\n";
  }
  return text;
}

bool looks_like_table(std::string_view text) {
  if (!work::is_utf8(text)) return false;
  try {
    const datasets::Table table = datasets::parse_csv(text, kSubject);
    const auto of_places = std::ranges::count_if(table.columns, datasets::means_numbers);
    return table.columns.size() >= 2 && of_places >= 2;
  } catch (const Error&) {
    return text.find('\n') != text.npos && text.find_first_of(",;\t") != text.npos;  // to be told what is wrong with it
  }
}

void stroke(OwnPoints& own, std::string_view text) {
  const auto fail = [&] {
    throw UsageError({"data.stroke", "is no stroke", "add x1 x2 class, erase x1 x2 radius, or move x1 x2 x1 x2",
                      std::string(text.substr(0, 80)), "Write one of these."});
  };
  std::string_view left = text;
  const auto take = [&] {
    const std::size_t end = std::min(left.find(' '), left.size());
    const std::string_view word = left.substr(0, end);
    left.remove_prefix(std::min(end + 1, left.size()));
    return word;
  };
  const std::string_view verb = take();
  std::vector<double> numbers;
  while (!left.empty() && numbers.size() < 5) {
    const auto number = parse_real(take());
    if (!number || !(std::fabs(*number) <= 1000)) fail();
    numbers.push_back(*number);
  }
  if (numbers.size() != (verb == "move" ? 4u : 3u)) fail();
  const auto away = [&](const PlanePoint& p) {
    return (p.x - numbers[0]) * (p.x - numbers[0]) + (p.y - numbers[1]) * (p.y - numbers[1]);
  };
  if (verb == "add") {
    const int place = static_cast<int>(numbers[2]) - 1;
    if (place < 0 || place >= kMostClasses) fail();
    if (own.classes == 2 && place >= 2) {  // a third class: labels become numbers
      for (PlanePoint& p : own.points) p.label = p.label < 0 ? 1 : 0;
    }
    if (own.classes != 0 && place >= own.classes) own.classes = place + 1, own.names.clear();
    const double label = own.classes > 2 ? place : place == 0 ? 1 : -1;
    own.points.push_back({numbers[0], numbers[1], label});
  } else if (verb == "erase") {
    constexpr std::size_t kLeast = 2;  // one to learn from, one to be judged by
    const auto near = [&](const PlanePoint& p) { return away(p) <= numbers[2] * numbers[2]; };
    const auto gone = static_cast<std::size_t>(std::ranges::count_if(own.points, near));
    if (own.points.size() - gone >= kLeast) std::erase_if(own.points, near);
  } else if (verb == "move") {
    const auto nearest = std::ranges::min_element(own.points, {}, away);
    if (nearest != own.points.end()) nearest->x = numbers[2], nearest->y = numbers[3];
  } else {
    fail();
  }
}

}  // namespace vitrine::views::playground
