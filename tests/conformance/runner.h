// An Adapter says how one function of TensorFlow.js is called with our ops: its public name, and a small function from
// a Case (attributes by their documented names, inputs in argument order) to the tensors it answers. A family file
// registers its adapters with one static object:
//
//   const Family family{{"add", [](const Case& c) { return Tensors{ops::add(c.inputs[0], c.inputs[1])}; }}};
//
// Inputs whose gradients the corpus knows arrive watched; an adapter only computes.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/tensor/tensor.h"

namespace vitrine::conformance {

using Tensors = std::vector<Tensor>;

inline Shape shape_of(const Integers& extents) {
  return Shape(std::span<const std::int64_t>(extents));
}

// An attribute as the corpus writes it: null, a truth, a number, a text or a list of such.
struct Value {
  std::variant<std::monostate, bool, double, std::string, std::vector<Value>> held;
};

struct Case {
  Backend& backend;
  const std::map<std::string, Value, std::less<>>& attrs;
  Tensors inputs;

  bool has(std::string_view name) const;      // present and not null
  bool is_text(std::string_view name) const;  // for attributes that are a word or numbers, such as pad
  bool is_list(std::string_view name) const;
  // Each answers the fallback where the attribute is absent or null; without a fallback that is a UsageError.
  double number(std::string_view name, std::optional<double> fallback = {}) const;  // reads "inf" and "-inf" too
  std::int64_t integer(std::string_view name, std::optional<std::int64_t> fallback = {}) const;
  bool boolean(std::string_view name, std::optional<bool> fallback = {}) const;
  std::string text(std::string_view name, std::optional<std::string> fallback = {}) const;
  Integers integers(std::string_view name, std::optional<Integers> fallback = {}) const;  // one number: a list of one
  Reals numbers(std::string_view name, std::optional<Reals> fallback = {}) const;         // an entry that is null: -1
  std::vector<Integers> rows(std::string_view name) const;  // a list of lists, such as paddings

  // For reductions: `axis` counted from the front, rising, all axes where absent.
  Integers axes(const Tensor& x, std::string_view name = "axis") const;
  // One axis counted from the front; `rank` is that of the tensor it indexes.
  int axis(int rank, std::string_view name, std::int64_t fallback) const;
};

struct Adapter {
  std::string_view op;
  Tensors (*run)(const Case&);
};

class Family {
 public:
  Family(std::initializer_list<Adapter> adapters);
};

const Adapter* find_adapter(std::string_view op);  // null when there is none

}  // namespace vitrine::conformance
