// What a bus address and a file's address say, read with care.
#include "app/shell/desktop.h"

namespace vitrine::shell {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string own_bus(std::string_view address) {
  while (!address.empty()) {
    const std::string_view part = address.substr(0, address.find(';'));
    if (part.starts_with("unix:path=") || part.starts_with("unix:abstract=")) return std::string(part);
    address.remove_prefix(std::min(address.size(), part.size() + 1));
  }
  return {};
}

std::optional<std::filesystem::path> file_of_uri(std::string_view uri) {
  constexpr std::string_view kFileScheme = "file://", kHere = "localhost";
  if (!uri.starts_with(kFileScheme)) return std::nullopt;
  uri.remove_prefix(kFileScheme.size());
  if (uri.starts_with(kHere)) uri.remove_prefix(kHere.size());
  if (!uri.starts_with('/')) return std::nullopt;
  std::string decoded;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] != '%') {
      decoded += uri[i];
      continue;
    }
    const int high = i + 2 < uri.size() ? digit_of(uri[i + 1]) : -1,
              low = i + 2 < uri.size() ? digit_of(uri[i + 2]) : -1;
    if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

}  // namespace vitrine::shell
