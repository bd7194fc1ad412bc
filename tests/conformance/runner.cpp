// The adapters by name, and how they read attributes.
#include "tests/conformance/runner.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/assert.h"
#include "engine/core/error.h"

namespace vitrine::conformance {
namespace {

std::map<std::string_view, Adapter>& registry() {
  static std::map<std::string_view, Adapter> adapters;
  return adapters;
}

const Value* find(const Case& c, std::string_view name) {
  const auto found = c.attrs.find(name);
  if (found == c.attrs.end() || std::holds_alternative<std::monostate>(found->second.held)) return nullptr;
  return &found->second;
}

[[noreturn]] void refuse(std::string_view name, std::string fact) {
  throw UsageError({"attribute " + std::string(name), std::move(fact), "", "", "Read it as the corpus writes it."});
}

double number_of(const Value& value, std::string_view name) {
  if (const auto* number = std::get_if<double>(&value.held)) return *number;
  if (std::holds_alternative<std::monostate>(value.held)) return -1;
  if (const auto* text = std::get_if<std::string>(&value.held)) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (*text == "inf" || *text == "Infinity") return kInfinity;
    if (*text == "-inf" || *text == "-Infinity") return -kInfinity;
    if (*text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  }
  refuse(name, "is no number");
}

std::int64_t integer_of(const Value& value, std::string_view name) {
  const double number = number_of(value, name);
  if (number != std::floor(number) || std::abs(number) > 1e15) refuse(name, "is no whole number");
  return static_cast<std::int64_t>(number);
}

template <class T>
T fall_back(std::string_view name, const std::optional<T>& fallback) {
  if (!fallback) refuse(name, "is missing");
  return *fallback;
}

template <class T, class Read>
std::vector<T> list_of(const Value& value, Read read) {
  std::vector<T> numbers;
  if (const auto* list = std::get_if<std::vector<Value>>(&value.held)) {
    for (const Value& entry : *list) numbers.push_back(read(entry));
  } else {
    numbers.push_back(read(value));
  }
  return numbers;
}

}  // namespace

bool Case::has(std::string_view name) const {
  return find(*this, name) != nullptr;
}

bool Case::is_text(std::string_view name) const {
  const Value* value = find(*this, name);
  return value != nullptr && std::holds_alternative<std::string>(value->held);
}

bool Case::is_list(std::string_view name) const {
  const Value* value = find(*this, name);
  return value != nullptr && std::holds_alternative<std::vector<Value>>(value->held);
}

double Case::number(std::string_view name, std::optional<double> fallback) const {
  const Value* value = find(*this, name);
  return value != nullptr ? number_of(*value, name) : fall_back(name, fallback);
}

std::int64_t Case::integer(std::string_view name, std::optional<std::int64_t> fallback) const {
  const Value* value = find(*this, name);
  return value != nullptr ? integer_of(*value, name) : fall_back(name, fallback);
}

bool Case::boolean(std::string_view name, std::optional<bool> fallback) const {
  const Value* value = find(*this, name);
  if (value == nullptr) return fall_back(name, fallback);
  const auto* truth = std::get_if<bool>(&value->held);
  if (truth == nullptr) refuse(name, "is neither true nor false");
  return *truth;
}

std::string Case::text(std::string_view name, std::optional<std::string> fallback) const {
  const Value* value = find(*this, name);
  if (value == nullptr) return fall_back(name, fallback);
  const auto* text = std::get_if<std::string>(&value->held);
  if (text == nullptr) refuse(name, "is no text");
  return *text;
}

Integers Case::integers(std::string_view name, std::optional<Integers> fallback) const {
  const Value* value = find(*this, name);
  if (value == nullptr) return fall_back(name, fallback);
  return list_of<std::int64_t>(*value, [&](const Value& entry) { return integer_of(entry, name); });
}

Reals Case::numbers(std::string_view name, std::optional<Reals> fallback) const {
  const Value* value = find(*this, name);
  if (value == nullptr) return fall_back(name, fallback);
  return list_of<double>(*value, [&](const Value& entry) { return number_of(entry, name); });
}

std::vector<Integers> Case::rows(std::string_view name) const {
  if (!is_list(name)) refuse(name, "is no list");
  return list_of<Integers>(*find(*this, name), [&](const Value& row) {
    return list_of<std::int64_t>(row, [&](const Value& entry) { return integer_of(entry, name); });
  });
}

Integers Case::axes(const Tensor& x, std::string_view name) const {
  const int rank = x.shape().rank();
  Integers axes;
  if (!has(name)) {
    for (int axis = 0; axis < rank; ++axis) axes.push_back(axis);
    return axes;
  }
  for (const std::int64_t axis : integers(name)) axes.push_back(axis < 0 ? axis + rank : axis);
  std::ranges::sort(axes);
  return axes;
}

int Case::axis(int rank, std::string_view name, std::int64_t fallback) const {
  const std::int64_t axis = integer(name, fallback);
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

Family::Family(std::initializer_list<Adapter> adapters) {
  for (const Adapter& adapter : adapters) {
    const bool first = registry().emplace(adapter.op, adapter).second;
    VITRINE_ASSERT(first);  // each function has one adapter
  }
}

const Adapter* find_adapter(std::string_view op) {
  const auto found = registry().find(op);
  return found == registry().end() ? nullptr : &found->second;
}

}  // namespace vitrine::conformance
