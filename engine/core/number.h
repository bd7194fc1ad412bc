// Numbers as text, the same under every locale: shortest decimals that read back as the same value, and strict parsing
// of a whole text. Nothing else in Vitrine turns text into numbers or numbers into stored text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

std::string to_text(double value);  // shortest round trip; "nan", "inf", "-inf"
std::string to_text(float value);
std::string to_text(std::int64_t value);
std::string fixed_text(double value, int digits);  // `digits` after the point
std::string bytes_text(double bytes);  // "9.6 MB": in the unit that leaves at most three digits before the point

std::optional<double> parse_real(std::string_view text);  // the whole text or nothing; 1e400 is infinite, 1e-400 is 0
std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<std::uint64_t> parse_unsigned(std::string_view text);

}  // namespace vitrine
