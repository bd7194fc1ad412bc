// Fields are what a JSON object of a file must hold, asked for by name: each complaint names the field, what belongs
// there and what was found. A list or a text is as long as its reader allows.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/work/value.h"

namespace vitrine::shell {

using Json = nlohmann::json;

inline constexpr std::size_t kLongestName = 200;  // of an exhibit, a control, an arithmetic; errors show them
inline constexpr const char* kDamaged = "Open another copy of the file; this one is damaged.";

class Fields {
 public:
  Fields(const Json& object, std::string where, const std::string& name);  // name: of the file

  [[noreturn]] void fail(const std::string& field, std::string expected, std::string found) const;
  const Json& at(const char* field, const char* expected) const;
  const std::string& text(const char* field) const;
  std::string name(const char* field) const;    // a text that is short
  std::int64_t count(const char* field) const;  // 0 or more
  double real(const char* field) const;
  const Json& list(const char* field, std::size_t most) const;
  std::vector<float> floats(const char* field) const;                 // in base64
  std::vector<std::pair<std::string, work::Value>> settings() const;  // all fields, as paths and values

 private:
  const Json& object_;
  std::string where_;
  const std::string& name_;
};

}  // namespace vitrine::shell
