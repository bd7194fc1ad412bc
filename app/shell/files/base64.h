// Base64 with padding: how floats travel through JSON without losing a bit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::shell {

std::string floats_to_base64(const std::vector<float>& values);               // little-endian, four bytes each
std::optional<std::vector<float>> floats_from_base64(std::string_view text);  // canonical text only

}  // namespace vitrine::shell
