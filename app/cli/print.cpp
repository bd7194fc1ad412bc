// JSON and plain text of a line; the streams themselves.
#include "app/cli/print.h"

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::cli {
namespace {

std::string quoted_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr char kDigits[] = "0123456789abcdef";
      out += {'\\', 'u', '0', '0', kDigits[c >> 4], kDigits[c & 15]};
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string plain(const work::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : to_text(value);
}

std::string plain_line(const Line& line) {
  std::string out;
  for (const auto& [key, value] : line) out += (out.empty() ? "" : "  ") + key + " " + plain(value);
  return out;
}

}  // namespace

work::Value shortest(float value) {
  if (std::isnan(value) || std::isinf(value)) return static_cast<double>(value);
  return *parse_real(to_text(value));
}

work::Value numbers(const std::vector<float>& values) {
  work::List list;
  for (const float value : values) list.push_back(shortest(value));
  return list;
}

std::string json(const work::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted_json(*text);
  if (const auto* number = std::get_if<double>(&value); number && !std::isfinite(*number)) return "null";
  std::string out;
  if (const auto* list = std::get_if<work::List>(&value)) {
    for (const work::Value& item : *list) out += (out.empty() ? "" : ", ") + json(item);
    return "[" + out + "]";
  }
  if (const auto* record = std::get_if<work::Record>(&value)) {
    for (const auto& [key, entry] : *record) out += (out.empty() ? "" : ", ") + quoted_json(key) + ": " + json(entry);
    return "{" + out + "}";
  }
  return to_text(value);
}

void print(std::string_view text) {
  const std::string line = std::string(text) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size() || std::fflush(stdout) != 0) {
    throw FileError({"standard output", "cannot be written", "a place that takes text", std::strerror(errno),
                     "Check where it goes to."});
  }
}

void print(bool as_json, const Line& line) {
  if (as_json) return print(json(line));
  // A table is read line by line.
  const auto* table = line.size() == 1 ? std::get_if<work::List>(&line.front().second) : nullptr;
  if (!table) return print(plain_line(line));
  for (const work::Value& row : *table) print(plain_line(std::get<Line>(row)));
}

void complain(std::string_view sentence) {
  const std::string line = "vitrine: " + std::string(sentence) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace vitrine::cli
