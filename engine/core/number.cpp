// from_chars and to_chars with whole-text checks.
#include "engine/core/number.h"

#include <array>
#include <charconv>

namespace vitrine {
namespace {

template <class T>
std::string shortest(T value) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return std::string(buffer.data(), end);
}

template <class T>
std::optional<T> whole(std::string_view text) {
  T value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string to_text(double value) {
  return shortest(value);
}
std::string to_text(float value) {
  return shortest(value);
}
std::string to_text(std::int64_t value) {
  return shortest(value);
}

std::string fixed_text(double value, int digits) {
  std::array<char, 512> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, digits).ptr;
  return std::string(buffer.data(), end);
}

std::optional<double> parse_real(std::string_view text) {
  return whole<double>(text);
}
std::optional<std::int64_t> parse_integer(std::string_view text) {
  return whole<std::int64_t>(text);
}
std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  return whole<std::uint64_t>(text);
}

std::string bytes_text(double bytes) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1000;
  return fixed_text(bytes, unit > 1 && bytes < 10 ? 1 : 0) + " " + kUnits[unit];
}

}  // namespace vitrine
