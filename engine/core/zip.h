// Zip packs bytes (zlib format), unpacks those of files (zlib, gzip, or bare as inside a .zip) and sums them (CRC-32).
// Unpacking is for bytes from outside: it never yields more than the cap it was given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

std::string deflate(std::string_view bytes, int level = 6);
enum class Packing { zlib, gzip, bare };
// FileError naming `subject` when the stream is damaged, is cut off, or unpacks to more than `cap` bytes. A length that
// somebody claims beforehand saves growing; it need not be true.
std::string inflate(std::string_view packed, std::size_t cap, std::string_view subject, Packing packing = Packing::zlib,
                    std::size_t claimed = 0);
std::uint32_t crc32(std::string_view bytes);

}  // namespace vitrine
