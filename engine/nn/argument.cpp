// Resolves a table: names, kinds, ranges, defaults.
#include "engine/nn/argument.h"

#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/nn/layer.h"
#include "engine/nn/named_function.h"

namespace vitrine::nn {
namespace {

// Beyond it neighbours of whole numbers are no longer told apart by a double.
constexpr double kLargestWhole = 9007199254740992.0;
// An argument list longer than this is a mistake or an attack.
constexpr std::size_t kMostNumbers = 4096;

bool is_whole(const Config& value) {
  const double* number = value.number();
  return number != nullptr && std::abs(*number) <= kLargestWhole && *number == std::floor(*number);
}

bool is_real(const Config& value) {
  return value.number() != nullptr && std::isfinite(*value.number());
}

bool every(const Config& value, bool (*holds)(const Config&)) {
  const Config::List* list = value.list();
  return list != nullptr && list->size() <= kMostNumbers && std::ranges::all_of(*list, holds);
}

bool is_pair(const Config& value) {
  return is_whole(value) || (every(value, is_whole) && value.list()->size() == 2);
}

bool is_extent(const Config& value) {
  return value.nothing() || is_whole(value);
}

bool is_part(const Config& value) {
  return value.text() != nullptr ||
         (value.find("class_name") != nullptr && value.find("class_name")->text() != nullptr);
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t start = 0; start < words.size();) {
    const std::size_t end = std::min(words.find(' ', start), words.size());
    if (words.substr(start, end - start) == word) return true;
    start = end + 1;
  }
  return false;
}

struct Test {
  bool fits;
  std::string expected;
};

Test test(const Argument& row, const Config& value) {
  switch (row.takes) {
    case Takes::whole:
      return {is_whole(value), "a whole number"};
    case Takes::real:
      return {is_real(value), "a finite number"};
    case Takes::truth:
      return {value.truth() != nullptr, "true or false"};
    case Takes::text:
      return {value.text() != nullptr, "a text"};
    case Takes::choice:
      return {value.text() != nullptr && has_word(row.words, *value.text()), "one of: " + std::string(row.words)};
    case Takes::wholes:
      return {is_whole(value) || every(value, is_whole), "whole numbers"};
    case Takes::extents:
      return {is_whole(value) || every(value, is_extent), "the extents of a shape"};
    case Takes::pairs:
      return {is_whole(value) || every(value, is_pair), "pairs [before, after]"};
    case Takes::reals:
      return {is_real(value) || every(value, is_real), "finite numbers"};
    case Takes::activation:
      return {value.text() != nullptr && activation_named(*value.text()) != nullptr, "the name of an activation"};
    case Takes::initialiser:
    case Takes::regulariser:
    case Takes::constraint:
      return {is_part(value), "a name, or a record with a class_name"};
    case Takes::layer:
      return {value.is_layer(), "a layer"};
    case Takes::layers:
      return {every(value, [](const Config& entry) { return entry.is_layer(); }), "a list of layers"};
    case Takes::ignored:
      break;
  }
  return {true, {}};
}

// Sizes, counts and axes: so large that nobody means more, so small that no product of two with an extent overflows.
constexpr double kLargestCount = 1 << 24;

struct Bounds {
  double least, most;
};
Bounds bounds_of(const Argument& row) {
  constexpr double kAny = std::numeric_limits<double>::max();
  const bool counts = row.takes != Takes::real && row.takes != Takes::reals;
  return {counts && row.least == -kAny ? -kLargestCount : row.least,
          counts && row.most == kAny ? kLargestCount : row.most};
}

// Of every number in the value.
void expect_range(const Arguments& arguments, const Argument& row, const Config& value) {
  if (const double* number = value.number()) {
    const auto [least, most] = bounds_of(row);
    if (*number < least || *number > most) {
      const bool open = most == std::numeric_limits<double>::max();
      arguments.refuse(row.name, "is out of range",
                       open ? to_text(least) + " or more" : to_text(least) + " to " + to_text(most),
                       "Choose another number.");
    }
  }
  if (const Config::List* list = value.list()) {
    for (const Config& entry : *list) expect_range(arguments, row, entry);
  }
}

Config value_of(const Usual& usual) {
  if (const bool* truth = std::get_if<bool>(&usual)) return *truth;
  if (const double* number = std::get_if<double>(&usual)) return *number;
  if (const auto* text = std::get_if<std::string_view>(&usual)) return *text;
  return {};
}

const Config kNothing;

const Config& at(const Config::Record& record, std::string_view name) {
  const auto found = std::ranges::find(record, name, &std::pair<std::string, Config>::first);
  return found == record.end() ? kNothing : found->second;
}

std::int64_t as_whole(const Config& value) {
  return value.nothing() ? std::int64_t{-1} : static_cast<std::int64_t>(*value.number());
}

// TensorFlow.js writes the arguments of an RNN's cell, and the cells of a stack, once more beside the cell.
bool known_to_child(const Config::Record& given, std::string_view name) {
  return std::ranges::any_of(given, [&](const auto& field) {
    if (!field.second.is_layer()) return false;
    const auto table = field.second.layer().kind().arguments;
    return std::ranges::any_of(table, [&](const Argument& row) { return row.name == name || name == "cells"; });
  });
}

void expect_known(const std::string& path, std::span<const Argument> table, const Config::Record& given) {
  for (const auto& field : given) {
    const auto known = [&](const Argument& row) { return row.name == field.first; };
    if (std::ranges::any_of(table, known) || known_to_child(given, field.first)) continue;
    std::vector<std::string_view> names;
    for (const Argument& row : table) names.push_back(row.name);
    const std::string_view like = nearest(field.first, names);
    throw UsageError({path, "has no argument \"" + field.first + "\"", "one of its arguments", field.first,
                      like.empty() ? "Leave it out." : "Is \"" + std::string(like) + "\" meant?"});
  }
}

}  // namespace

Arguments resolve(std::string path, std::span<const Argument> table, const Config::Record& given,
                  Convention convention) {
  expect_known(path, table, given);
  Arguments arguments;
  arguments.path_ = std::move(path);
  for (const Argument& row : table) {
    const Config& value = at(given, row.name);
    const Usual& usual = row.default_of(convention);
    const bool required = std::holds_alternative<Required>(usual);
    arguments.record_.emplace_back(std::string(row.name), value.nothing() ? value_of(usual) : value);
    if (value.nothing()) {
      if (required && row.takes != Takes::ignored) arguments.refuse(row.name, "is missing", "a value", "Say it.");
      continue;
    }
    if (row.takes == Takes::ignored) continue;
    const Test result = test(row, value);
    if (!result.fits) arguments.refuse(row.name, "is not understood", result.expected, "Check its value.");
    expect_range(arguments, row, value);
  }
  return arguments;
}

const Config& Arguments::operator[](std::string_view name) const {
  return at(record_, name);
}

bool Arguments::has(std::string_view name) const {
  return !(*this)[name].nothing();
}

std::int64_t Arguments::whole(std::string_view name) const {
  return static_cast<std::int64_t>(real(name));
}

double Arguments::real(std::string_view name) const {
  const double* number = (*this)[name].number();
  VITRINE_ASSERT(number != nullptr);
  return *number;
}

bool Arguments::truth(std::string_view name) const {
  const bool* truth = (*this)[name].truth();
  VITRINE_ASSERT(truth != nullptr);
  return *truth;
}

std::string_view Arguments::text(std::string_view name) const {
  const std::string* text = (*this)[name].text();
  VITRINE_ASSERT(text != nullptr);
  return *text;
}

Integers Arguments::wholes(std::string_view name) const {
  const Config& value = (*this)[name];
  if (value.number() != nullptr) return {as_whole(value)};
  Integers numbers;
  if (const Config::List* list = value.list()) {
    for (const Config& entry : *list) numbers.push_back(as_whole(entry));
  }
  return numbers;
}

Integers Arguments::wholes(std::string_view name, std::size_t axes) const {
  const Integers numbers = wholes(name);
  if (numbers.size() == axes) return numbers;
  if (numbers.size() == 1) return Integers(axes, numbers[0]);
  refuse(name, "has the wrong length", "one number, or " + to_text(static_cast<std::int64_t>(axes)),
         "Give one number, or one for each axis.");
}

Reals Arguments::reals(std::string_view name) const {
  const Config& value = (*this)[name];
  if (value.number() != nullptr) return {*value.number()};
  Reals numbers;
  if (const Config::List* list = value.list()) {
    for (const Config& entry : *list) numbers.push_back(*entry.number());
  }
  return numbers;
}

std::vector<std::pair<std::int64_t, std::int64_t>> Arguments::pairs(std::string_view name, std::size_t axes) const {
  using Pair = std::pair<std::int64_t, std::int64_t>;
  const Config& value = (*this)[name];
  const auto pair_of = [](const Config& entry) {
    if (entry.number() != nullptr) return Pair{as_whole(entry), as_whole(entry)};
    return Pair{as_whole((*entry.list())[0]), as_whole((*entry.list())[1])};
  };
  if (value.number() != nullptr) return std::vector<Pair>(axes, pair_of(value));
  if (axes == 1 && is_pair(value)) return {pair_of(value)};
  if (value.list()->size() != axes) {
    refuse(name, "has the wrong length", "one number, or " + to_text(static_cast<std::int64_t>(axes)) + " pairs",
           "Give one number, or a pair for each axis.");
  }
  std::vector<Pair> pairs;
  for (const Config& entry : *value.list()) pairs.push_back(pair_of(entry));
  return pairs;
}

void Arguments::set(std::string_view name, Config value) {
  const auto found = std::ranges::find(record_, name, &std::pair<std::string, Config>::first);
  VITRINE_ASSERT(found != record_.end());
  found->second = std::move(value);
}

void Arguments::refuse(std::string_view name, std::string fact, std::string expected, std::string remedy) const {
  throw UsageError({path_ + " " + std::string(name), std::move(fact), std::move(expected), text_of((*this)[name]),
                    std::move(remedy)});
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> known) {
  // Letters to change, add or leave out on the way from one to the other.
  const auto distance = [](std::string_view a, std::string_view b) {
    std::vector<std::size_t> line(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) line[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::size_t diagonal = line[0];
      line[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
        const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = line[j];
        line[j] = std::min({changed, line[j] + 1, line[j - 1] + 1});
      }
    }
    return line[b.size()];
  };
  constexpr std::size_t kLongestName = 64;
  std::string_view best;
  std::size_t least = std::min(name.size(), kLongestName) / 3 + 1;  // further away it is another word
  if (name.size() > kLongestName) return best;
  for (const std::string_view word : known) {
    const std::size_t far = distance(name, word);
    if (far < least) {
      least = far;
      best = word;
    }
  }
  return best;
}

}  // namespace vitrine::nn
