// The border of the JSON library in this room.
#include "engine/models/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::models {
namespace {

using Json = nlohmann::ordered_json;

// As deep as the parser let it be.
nn::Config config_of(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get_ref<const std::string&>();
  if (json.is_array()) {
    nn::Config::List list;
    for (const Json& entry : json) list.push_back(config_of(entry));
    return list;
  }
  if (json.is_object()) {
    nn::Config::Record record;
    for (const auto& [name, value] : json.items()) record.emplace_back(name, config_of(value));
    return record;
  }
  return {};
}

Json json_of(const nn::Config& config) {
  if (const bool* truth = config.truth()) return *truth;
  if (const std::string* text = config.text()) return *text;
  if (const double* number = config.number()) {
    const auto whole = static_cast<std::int64_t>(std::clamp(*number, -0x1p53, 0x1p53));
    if (static_cast<double>(whole) == *number) return whole;
    return *number;
  }
  if (const nn::Config::List* list = config.list()) {
    Json json = Json::array();
    for (const nn::Config& entry : *list) json.push_back(json_of(entry));
    return json;
  }
  if (config.record() == nullptr) return nullptr;
  Json json = Json::object();
  for (const auto& [name, value] : *config.record()) json[name] = json_of(value);
  return json;
}

// What Python writes where a number is none, and what is beyond a double.
bool is_no_number(std::string_view word) {
  if (word == "NaN" || word == "Infinity" || word == "-Infinity") return true;
  const bool digits = word.find_first_not_of("0123456789+-.eE") == word.npos;
  const auto number = parse_real(word);
  return digits && word.find_first_of("eE") != word.npos && !(number && std::isfinite(*number));
}

// The same with such words as texts: then who wants a number there can say where it stands.
std::string quoted(std::string_view text) {
  constexpr std::string_view kWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._";
  std::string changed;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = inside ? at : std::min(text.find_first_not_of(kWord, at), text.size());
    if (end == at) {
      const std::size_t length = inside && text[at] == '\\' ? 2 : 1;
      if (text[at] == '"') inside = !inside;
      changed += text.substr(at, length);
      at += length;
      continue;
    }
    const std::string_view word = text.substr(at, end - at);
    changed += is_no_number(word) ? "\"" + std::string(word) + "\"" : std::string(word);
    at = end;
  }
  return changed;
}

}  // namespace

std::string json_text(const nn::Config& config) {
  return json_of(config).dump(-1, ' ', false, Json::error_handler_t::replace);
}

const nn::Config& member(const nn::Config& record, std::string_view name) {
  static const nn::Config kAbsent;
  const nn::Config* found = record.find(name);
  return found != nullptr ? *found : kAbsent;
}

nn::Config parse_json(std::string_view subject, std::string_view text) {
  if (text.size() > limits::kModelTextBytes) {
    throw FileError({std::string(subject), "is too large", "at most " + to_text(std::int64_t{limits::kModelTextBytes}),
                     to_text(static_cast<std::int64_t>(text.size())) + " bytes", "Check that it is a model."});
  }
  bool too_deep = false;
  const auto bounded = [&](int around, Json::parse_event_t event, Json&) {
    const bool opens = event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    too_deep = too_deep || around + (opens ? 1 : 0) > limits::kModelDepth;
    return !too_deep;
  };
  Json json = Json::parse(text, bounded, false);
  if (json.is_discarded() && !too_deep) json = Json::parse(quoted(text), bounded, false);
  if (too_deep) {
    throw FileError({std::string(subject), "is nested too deeply",
                     "at most " + to_text(std::int64_t{limits::kModelDepth}) + " brackets", "more",
                     "Check that it is a model."});
  }
  if (json.is_discarded()) {
    throw FileError({std::string(subject), "is no JSON", "a JSON text", "something else", "Save the model again."});
  }
  return config_of(json);
}

}  // namespace vitrine::models
