// Three bytes to four letters and back; only the one canonical spelling is read.
#include "app/shell/files/base64.h"

#include <array>
#include <bit>
#include <cstdint>

namespace vitrine::shell {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 64;

constexpr std::array<std::uint8_t, 256> kCodes = [] {
  std::array<std::uint8_t, 256> codes{};
  codes.fill(kNone);
  for (std::size_t i = 0; i < kLetters.size(); ++i) {
    codes[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
  }
  return codes;
}();

}  // namespace

std::string floats_to_base64(const std::vector<float>& values) {
  std::string text;
  text.reserve((4 * values.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int count = 0;
  const auto put = [&](std::uint32_t byte) {
    bits = bits << 8 | byte;
    if (++count < 3) return;
    for (int shift = 18; shift >= 0; shift -= 6) text += kLetters[bits >> shift & 63];
    bits = 0;
    count = 0;
  };
  for (const float value : values) {
    const auto word = std::bit_cast<std::uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) put(word >> shift & 255);
  }
  if (const int missing = count == 0 ? 0 : 3 - count; missing != 0) {
    for (int i = 0; i < missing; ++i) put(0);
    for (int i = 0; i < missing; ++i) text[text.size() - 1 - static_cast<std::size_t>(i)] = '=';
  }
  return text;
}

std::optional<std::vector<float>> floats_from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') ++padding;
  const std::size_t bytes = text.size() / 4 * 3 - padding;
  if (bytes % 4 != 0) return std::nullopt;
  std::vector<float> values;
  values.reserve(bytes / 4);
  std::uint64_t bits = 0;
  int count = 0;
  std::uint32_t word = 0;
  int filled = 0;
  for (const char letter : text.substr(0, text.size() - padding)) {
    const std::uint8_t code = kCodes[static_cast<unsigned char>(letter)];
    if (code == kNone) return std::nullopt;
    bits = bits << 6 | code;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    word |= static_cast<std::uint32_t>(bits >> count & 255) << filled;
    bits &= (std::uint64_t{1} << count) - 1;
    filled += 8;
    if (filled < 32) continue;
    values.push_back(std::bit_cast<float>(word));
    word = 0;
    filled = 0;
  }
  if (bits != 0) return std::nullopt;  // left-over bits that the canonical spelling has as zero
  return values;
}

}  // namespace vitrine::shell
