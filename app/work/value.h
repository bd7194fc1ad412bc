// A Value is what a control holds, written the same way in files, on the clipboard, in lessons and after --set:
// numbers as shortest round trip, true|false, choice ids bare, text quoted, lists [a,b,c], records
// {units:4,activation:tanh}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace vitrine::work {

struct Value;
using List = std::vector<Value>;
using Record = std::vector<std::pair<std::string, Value>>;  // in the order of the record's table

// A choice or text is a string; whether it is written bare or quoted follows from its characters.
struct Value : std::variant<bool, std::int64_t, double, std::string, List, Record> {
  using variant::variant;
  friend bool operator==(const Value& a, const Value& b);
};

using Settings = std::vector<std::pair<std::string, Value>>;  // paths of controls; of a whole exhibit in sorted order

std::string to_text(const Value& value);
Value parse_value(std::string_view text);  // UsageError naming the place; bounded in length and nesting

}  // namespace vitrine::work
