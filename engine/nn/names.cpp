// Naming: first what is taken, then numbers for the rest.
#include "engine/nn/names.h"

#include <algorithm>
#include <set>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/nn/model.h"

namespace vitrine::nn {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_tail(char c) {
  return is_lower(c) || (c >= '0' && c <= '9');
}

// Every layer that a model of these has, its own and those of models among them, each once.
void collect(const std::vector<Layer>& layers, std::vector<Layer>& all) {
  for (const Layer& layer : layers) {
    if (std::ranges::find(all, layer) != all.end()) continue;
    all.push_back(layer);
    if (layer.state().wiring != nullptr) collect(Model(layer).layers(), all);
  }
}

}  // namespace

// A line before each capital that begins a word: first those that small letters or digits follow, then those after a
// small letter.
std::string snake_case(std::string_view class_name) {
  std::string split;
  for (std::size_t i = 0; i < class_name.size(); ++i) {
    const char c = class_name[i];
    const bool word = i > 0 && is_upper(c) && i + 1 < class_name.size() && is_tail(class_name[i + 1]);
    const bool after_small = i > 0 && is_upper(c) && is_lower(class_name[i - 1]);
    if (word || after_small) split += '_';
    split += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return split;
}

std::string camel_case(std::string_view name) {
  std::string joined;
  bool raise = false;
  for (const char c : name) {
    if (c != '_') joined += raise && is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    raise = c == '_';
  }
  return joined;
}

void give_names(std::string_view model, const std::vector<Layer>& layers) {
  std::set<std::string, std::less<>> taken;
  for (const Layer& layer : layers) {
    if (!layer.state().named || taken.insert(layer.name()).second) continue;
    throw UsageError({std::string(model) + "/" + layer.name(), "is the name of two layers", "a name for each",
                      layer.name(), "Rename one."});
  }
  std::vector<Layer> all;
  collect(layers, all);
  for (const Layer& layer : all) {
    if (layer.state().named) taken.insert(layer.name());
  }
  for (const Layer& layer : all) {
    if (layer.state().named) continue;
    const std::string stem = snake_case(layer.kind().name);
    std::string name = stem;
    for (std::int64_t number = 1; !taken.insert(name).second; ++number) name = stem + "_" + to_text(number);
    layer.state().name = name;
  }
}

}  // namespace vitrine::nn
