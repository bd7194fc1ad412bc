// Zip packs bytes (zlib format) and sums them (CRC-32). Unpacking is for bytes from outside: it never yields more than
// the cap it was given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

std::string deflate(std::string_view bytes, int level = 6);
// FileError naming `subject` when the stream is damaged, is cut off, or unpacks to more than `cap` bytes.
std::string inflate(std::string_view packed, std::size_t cap, std::string_view subject);
std::uint32_t crc32(std::string_view bytes);

}  // namespace vitrine
