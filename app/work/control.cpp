// Paths into a control table, and the checks behind every set.
#include "app/work/control.h"

#include <algorithm>
#include <cmath>

#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::work {
namespace {

std::string count_text(std::size_t count) {
  return to_text(static_cast<std::int64_t>(count));
}

// Every path there is now: rows, list entries, their fields.
void collect(const ControlTable& table, const std::string& prefix, const std::function<Value(const Control&)>& value_of,
             std::vector<std::string>& paths) {
  for (const Control& row : table.rows()) {
    paths.push_back(prefix + row.id);
    if (row.kind != Control::Kind::list) continue;
    const Value list = value_of(row);
    const auto* items = std::get_if<List>(&list);
    if (!items) continue;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const auto field_of = [&](const Control& field) {
        for (const auto& [name, value] : std::get<Record>((*items)[i])) {
          if (name == field.id) return value;
        }
        return Value{};
      };
      collect(*row.records, prefix + row.id + "[" + count_text(i) + "].", field_of, paths);
    }
  }
}

[[noreturn]] void unknown(const ControlTable& table, const void* settings, std::string_view path) {
  std::vector<std::string> paths;
  collect(
      table, "", [&](const Control& row) { return row.get(settings); }, paths);
  throw UsageError({"the exhibit", "has no such control", "the path of a control", std::string(path.substr(0, 200)),
                    hint(path, paths)});
}

// A path's first stretch: "layers[2].units" is the list "layers", its entry 2, and the rest "units".
struct Stretch {
  std::string_view id, index, rest;
  bool indexed = false;
  bool well_formed = true;
};

Stretch split(std::string_view path) {
  Stretch stretch;
  const auto open = path.find('[');
  stretch.id = path.substr(0, open);
  if (open == std::string_view::npos) return stretch;
  const auto close = path.find(']', open);
  stretch.indexed = true;
  if (close == std::string_view::npos) {
    stretch.well_formed = false;
    return stretch;
  }
  stretch.index = path.substr(open + 1, close - open - 1);
  stretch.rest = path.substr(close + 1);
  if (!stretch.rest.empty()) {
    stretch.well_formed = stretch.rest.front() == '.' && stretch.rest.size() > 1;
    stretch.rest.remove_prefix(1);
  }
  return stretch;
}

// A place inside the value of a top row. `whole` is a copy: who changes `at` hands it back to `top`.
struct Place {
  const Control* top = nullptr;
  const Control* row = nullptr;  // that `at` is the value of; null for one record of a list
  Value whole;
  Value* at = nullptr;
};

void find_place(const ControlTable& table, const void* settings, std::string_view path, Place& place) {
  std::string_view left = path;
  const ControlTable* level = &table;
  while (true) {
    const Stretch stretch = split(left);
    const Control* row = stretch.well_formed ? level->find(stretch.id) : nullptr;
    if (!row) unknown(table, settings, path);
    if (!place.top) {
      place.top = row;
      if (row->kind == Control::Kind::action) {
        throw UsageError(
            {row->id, "is an action and holds no value", "a control with a value", "an action", "Press it instead."});
      }
      place.whole = row->get(settings);
      place.at = &place.whole;
    } else {
      auto& record = std::get<Record>(*place.at);
      const auto field = std::find_if(record.begin(), record.end(), [&](const auto& f) { return f.first == row->id; });
      if (field == record.end()) unknown(table, settings, path);
      place.at = &field->second;
    }
    place.row = row;
    if (!stretch.indexed) return;
    if (row->kind != Control::Kind::list) unknown(table, settings, path);
    auto& items = std::get<List>(*place.at);
    const auto index = parse_unsigned(stretch.index);
    if (!index || *index >= items.size()) {
      const std::string range = items.empty() ? "nothing, the list is empty" : "0 to " + count_text(items.size() - 1);
      throw UsageError({std::string(path), "has no such entry", range, std::string(stretch.index),
                        "Choose an entry that exists, or insert one."});
    }
    place.at = &items[*index];
    place.row = nullptr;
    level = row->records.get();
    if (stretch.rest.empty()) return;
    left = stretch.rest;
  }
}

// A check inside a list names the field only; whoever asked gave a path and is told about that.
void write_back(void* settings, const Place& place, std::string_view path) {
  try {
    place.top->set(settings, place.whole);
  } catch (const UsageError& error) {
    Complaint complaint = error.complaint();
    if (complaint.subject != path) {
      const bool is_tail = path.size() > complaint.subject.size() && path.ends_with(complaint.subject);
      complaint.subject = is_tail ? std::string(path) : complaint.subject + " in " + std::string(path);
    }
    throw UsageError(std::move(complaint));
  }
}

List& list_at(const Place& place, std::string_view path) {
  if (!place.row || place.row->kind != Control::Kind::list) {
    throw UsageError(
        {std::string(path), "is no list", "the path of a list", to_text(*place.at), "Set its value instead."});
  }
  return std::get<List>(*place.at);
}

[[noreturn]] void refuse(const Control& control, std::string fact, std::string expected, const Value& value,
                         std::string remedy) {
  std::string got = to_text(value);
  if (got.size() > 60) {
    got.resize(60);
    while (!is_utf8(got)) got.pop_back();
    got += "…";
  }
  throw UsageError({control.id, std::move(fact), std::move(expected), std::move(got), std::move(remedy)});
}
[[noreturn]] void wrong_kind(const Control& control, std::string expected, const Value& value, std::string remedy) {
  refuse(control, "cannot hold this value", std::move(expected), value, std::move(remedy));
}

// Without an exponent where the number has few digits: 0.0001, not 1e-04.
std::string plain_text(double number) {
  std::string text = fixed_text(number, 9);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return parse_real(text) == number ? text : to_text(number);
}

std::string range_text(const Range& range) {
  const std::string unit = range.unit.empty() ? "" : " " + range.unit;
  return plain_text(range.low) + " to " + plain_text(range.most()) + unit;
}

// Not-a-number is in no range.
void expect_in_range(const Control& control, double number, const Value& value) {
  if (number >= control.range.low && number <= control.range.most()) return;
  const char* fact = number > control.range.most() ? "cannot be so large"
                     : number < control.range.low  ? "cannot be so small"
                                                   : "cannot hold this value";
  refuse(control, fact, range_text(control.range), value, "Stay within its range.");
}

// Bare words reach text and choices as numbers or flags when they look like them: a choice may be called 10.
std::string bare_text(const Control& control, const Value& value, const std::string& expected) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (std::holds_alternative<List>(value) || std::holds_alternative<Record>(value)) {
    wrong_kind(control, expected, value, "Write one value.");
  }
  return to_text(value);
}

}  // namespace

const Control* ControlTable::find(std::string_view id) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Control& control) { return control.id == id; });
  return row == rows_.end() ? nullptr : &*row;
}

Value ControlTable::get(const void* settings, std::string_view path) const {
  Place place;
  find_place(*this, settings, path, place);
  return *place.at;
}

void ControlTable::set(void* settings, std::string_view path, const Value& value) const {
  Place place;
  find_place(*this, settings, path, place);
  *place.at = value;
  write_back(settings, place, path);
}

void ControlTable::insert(void* settings, std::string_view list, std::size_t at, const Value& record) const {
  Place place;
  find_place(*this, settings, list, place);
  List& items = list_at(place, list);
  if (at > items.size()) {
    throw UsageError({std::string(list), "has no such place", "0 to " + count_text(items.size()), count_text(at),
                      "Insert between the entries there are."});
  }
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), record);
  write_back(settings, place, list);
}

void ControlTable::erase(void* settings, std::string_view list, std::size_t at) const {
  Place place;
  find_place(*this, settings, list, place);
  List& items = list_at(place, list);
  if (at >= items.size()) {
    throw UsageError({std::string(list), "has no such entry", "one of " + count_text(items.size()), count_text(at),
                      "Choose an entry that exists."});
  }
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
  write_back(settings, place, list);
}

Settings ControlTable::values(const void* settings) const {
  Settings all;
  for (const Control& row : rows_) {
    if (row.get) all.emplace_back(row.id, row.get(settings));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return all;
}

bool as_toggle(const Control& control, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  wrong_kind(control, "true or false", value, "Write true or false.");
}

std::int64_t as_integer(const Control& control, const Value& value) {
  const auto* count = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  if (real && std::abs(*real) >= 0x1p53) expect_in_range(control, *real, value);
  const bool whole = real && *real == std::trunc(*real) && std::abs(*real) < 0x1p53;
  if (!count && !whole)
    wrong_kind(control, "a whole number, " + range_text(control.range), value, "Write a whole number.");
  const std::int64_t number = count ? *count : static_cast<std::int64_t>(*real);
  // Compared as reals: the range is one. Beyond 2^53, where that rounds, no control has its end.
  expect_in_range(control, static_cast<double>(number), value);
  return number;
}

double as_real(const Control& control, const Value& value) {
  const auto* count = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  if (!count && !real) wrong_kind(control, "a number, " + range_text(control.range), value, "Write a number.");
  const double number = count ? static_cast<double>(*count) : *real;
  expect_in_range(control, number, value);
  return number;
}

std::string as_text(const Control& control, const Value& value) {
  std::string text = bare_text(control, value, "text");
  if (text.size() > limits::kTextBytes) {
    wrong_kind(control, "at most " + count_text(limits::kTextBytes) + " bytes of text", value, "Shorten it.");
  }
  if (!is_utf8(text)) wrong_kind(control, "UTF-8 text", std::string("other bytes"), "Write it as plain text.");
  return text;
}

std::size_t as_choice(const Control& control, const Value& value) {
  std::vector<std::string> ids;
  std::string expected;
  for (const Choice& choice : control.choices) {
    expected += (ids.empty() ? "" : ", ") + choice.id;
    ids.push_back(choice.id);
  }
  const std::string id = bare_text(control, value, expected);
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end()) wrong_kind(control, expected, value, hint(id, ids));
  return static_cast<std::size_t>(found - ids.begin());
}

const List& as_list(const Control& control, const Value& value, std::size_t most) {
  const auto* list = std::get_if<List>(&value);
  if (!list) wrong_kind(control, "a list of records", value, "Write [{name:value},…].");
  if (list->size() > most) {
    throw UsageError(
        {control.id, "has too many entries", "at most " + count_text(most), count_text(list->size()), "Remove some."});
  }
  for (const Value& item : *list) {
    if (!std::holds_alternative<Record>(item))
      wrong_kind(control, "a record {name:value}", item, "Write [{name:value},…].");
  }
  return *list;
}

}  // namespace vitrine::work
