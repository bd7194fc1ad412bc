// Making values, finding fields, and saying a value in an error.
#include "engine/nn/config.h"

#include "engine/core/number.h"
#include "engine/nn/layer.h"

namespace vitrine::nn {

Config::Config(const Layer& layer) : held_(layer.handle()) {}

Config::Config(std::initializer_list<std::int64_t> numbers)
    : Config(std::span<const std::int64_t>(numbers.begin(), numbers.size())) {}

Config::Config(std::span<const std::int64_t> numbers) {
  List list;
  for (const std::int64_t number : numbers) list.emplace_back(number);
  held_ = std::move(list);
}

Layer Config::layer() const {
  return Layer(std::get<std::shared_ptr<LayerState>>(held_));
}

const Config* Config::find(std::string_view name) const {
  const Record* fields = record();
  if (fields == nullptr) return nullptr;
  for (const auto& [field, value] : *fields) {
    if (field == name) return &value;
  }
  return nullptr;
}

std::string text_of(const Config& config) {
  constexpr std::size_t kShown = 8;  // entries of a list: an error is to be read
  if (const bool* truth = config.truth()) return *truth ? "true" : "false";
  if (const double* number = config.number()) return to_text(*number);
  if (const std::string* text = config.text()) return "\"" + text->substr(0, 64) + "\"";
  if (config.is_layer()) return "a layer";
  if (config.record() != nullptr) return "a record";
  if (const Config::List* list = config.list()) {
    std::string text = "[";
    for (std::size_t i = 0; i < list->size() && i < kShown; ++i) text += (i != 0 ? ", " : "") + text_of((*list)[i]);
    return text + (list->size() > kShown ? ", ...]" : "]");
  }
  return "none";
}

}  // namespace vitrine::nn
