// from_chars and to_chars with whole-text checks.
#include "engine/core/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

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

// Of a number that no double holds: whether its first digit stands before the point.
bool is_huge(std::string_view number) {
  const std::size_t mark = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, mark);
  const auto first = static_cast<std::int64_t>(digits.find_first_of("123456789"));
  const auto point = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
  if (mark == number.npos) return first < point;
  std::string_view power = number.substr(mark + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  const auto exponent = whole<std::int64_t>(power);
  return exponent ? *exponent > first - point : !power.starts_with('-');
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
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code == std::errc::invalid_argument || end != text.data() + text.size()) return std::nullopt;
  if (code != std::errc::result_out_of_range) return value;
  return std::copysign(is_huge(text) ? std::numeric_limits<double>::infinity() : 0.0, text.front() == '-' ? -1.0 : 1.0);
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
