// What is asked of an object, and what is said when it is not there.
#include "app/shell/files/fields.h"

#include "app/shell/files/base64.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::shell {

Fields::Fields(const Json& object, std::string where, const std::string& name)
    : object_(object), where_(std::move(where)), name_(name) {
  if (!object.is_object()) fail("", "an object", object.type_name());
}

void Fields::fail(const std::string& field, std::string expected, std::string found) const {
  const std::string full = where_.empty() || field.empty() ? where_ + field : where_ + "." + field;
  throw FileError({name_, full.empty() ? "is no document" : "is wrong in the field " + full, std::move(expected),
                   std::move(found), kDamaged});
}

const Json& Fields::at(const char* field, const char* expected) const {
  const auto found = object_.find(field);
  if (found == object_.end()) fail(field, expected, "nothing");
  return *found;
}

const std::string& Fields::text(const char* field) const {
  const Json& value = at(field, "text");
  if (!value.is_string()) fail(field, "text", value.type_name());
  return value.get_ref<const std::string&>();
}

std::string Fields::name(const char* field) const {
  const std::string& value = text(field);
  if (value.size() > kLongestName) fail(field, "a name", to_text(static_cast<std::int64_t>(value.size())) + " bytes");
  return value;
}

std::int64_t Fields::count(const char* field) const {
  const Json& value = at(field, "a whole number");
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) {
    fail(field, "a number below 2^63", "a larger one");
  }
  if (!value.is_number_integer()) fail(field, "a whole number", value.type_name());
  const auto number = value.get<std::int64_t>();
  if (number < 0) fail(field, "no negative number", to_text(number));
  return number;
}

double Fields::real(const char* field) const {
  const Json& value = at(field, "a number");
  if (!value.is_number()) fail(field, "a number", value.type_name());
  return value.get<double>();
}

const Json& Fields::list(const char* field, std::size_t most) const {
  const Json& value = at(field, "an array");
  if (!value.is_array()) fail(field, "an array", value.type_name());
  if (value.size() > most) {
    fail(field, "at most " + to_text(static_cast<std::int64_t>(most)) + " parts",
         to_text(static_cast<std::int64_t>(value.size())));
  }
  return value;
}

std::vector<float> Fields::floats(const char* field) const {
  const std::string& letters = text(field);
  auto values = floats_from_base64(letters);
  if (!values) {
    fail(field, "floats in base64", to_text(static_cast<std::int64_t>(letters.size())) + " letters that are none");
  }
  return std::move(*values);
}

std::vector<std::pair<std::string, work::Value>> Fields::settings() const {
  std::vector<std::pair<std::string, work::Value>> all;
  for (const auto& [path, value] : object_.items()) {
    if (path.size() > kLongestName) fail(path.substr(0, kLongestName), "a control's path", "a longer text");
    try {
      all.emplace_back(path, work::parse_value(text(path.c_str())));
    } catch (const UsageError& error) {
      fail(path, error.complaint().expected + " " + error.complaint().fact.substr(0, 200), error.complaint().got);
    }
  }
  return all;
}

}  // namespace vitrine::shell
