// A Config is what a layer is told: nothing, a truth, a number, a text, a layer, a list of such, or a record of named
// ones. Arguments written in code and arguments read from a file are the same values, so there is one check for both.
#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/tensor/op.h"

namespace vitrine::nn {

class Layer;
struct LayerState;

class Config {
 public:
  using List = std::vector<Config>;
  using Record = std::vector<std::pair<std::string, Config>>;  // in the order written

  Config() = default;  // nothing
  Config(bool truth) : held_(truth) {}
  Config(double number) : held_(number) {}
  Config(int number) : held_(static_cast<double>(number)) {}
  Config(std::int64_t number) : held_(static_cast<double>(number)) {}
  Config(const char* text) : held_(std::string(text)) {}
  Config(std::string_view text) : held_(std::string(text)) {}
  Config(std::string text) : held_(std::move(text)) {}
  Config(const Layer& layer);
  Config(std::initializer_list<std::int64_t> numbers);  // {28, 28, 1}
  Config(std::span<const std::int64_t> numbers);
  Config(List list) : held_(std::move(list)) {}
  Config(Record record) : held_(std::move(record)) {}

  bool nothing() const { return std::holds_alternative<std::monostate>(held_); }
  // Each answers null where this is something else.
  const bool* truth() const { return std::get_if<bool>(&held_); }
  const double* number() const { return std::get_if<double>(&held_); }
  const std::string* text() const { return std::get_if<std::string>(&held_); }
  const List* list() const { return std::get_if<List>(&held_); }
  const Record* record() const { return std::get_if<Record>(&held_); }
  bool is_layer() const { return std::holds_alternative<std::shared_ptr<LayerState>>(held_); }
  Layer layer() const;  // where is_layer()

  const Config* find(std::string_view name) const;  // in a record; null where there is none

 private:
  std::variant<std::monostate, bool, double, std::string, List, Record, std::shared_ptr<LayerState>> held_;
};

std::string text_of(const Config& config);  // as a person reads it in an error: [3, 3], "same", none

}  // namespace vitrine::nn
