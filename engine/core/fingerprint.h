// A Fingerprint is FarmHash's 64-bit one: a number for a text that is the same on every machine and in every release,
// by which other programs number words too. It is fast, not secret.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine {

std::uint64_t fingerprint(std::string_view text);

}  // namespace vitrine
