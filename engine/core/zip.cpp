// The border of zlib.
#include "engine/core/zip.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine {
namespace {

Bytef* zlib_bytes(const char* data) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(data));
}

// zlib counts in 32 bits: longer input is fed in pieces of this size.
constexpr std::size_t kPiece = std::numeric_limits<uInt>::max() / 2;

// zlib tells the three apart by what is added to the window's size.
int window_bits(Packing packing) {
  switch (packing) {
    case Packing::zlib:
      return MAX_WBITS;
    case Packing::gzip:
      return MAX_WBITS + 16;
    case Packing::bare:
      return -MAX_WBITS;
  }
  return MAX_WBITS;
}

// What a gzip file's last four bytes claim: its length modulo 2^32.
std::size_t gzip_length(std::string_view packed) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4 && i < packed.size(); ++i) {
    length = length << 8 | static_cast<std::uint8_t>(packed[packed.size() - 1 - i]);
  }
  return length;
}

}  // namespace

std::string deflate(std::string_view bytes, int level) {
  std::string packed(compressBound(static_cast<uLong>(bytes.size())), '\0');
  uLongf length = static_cast<uLongf>(packed.size());
  int code =
      compress2(zlib_bytes(packed.data()), &length, zlib_bytes(bytes.data()), static_cast<uLong>(bytes.size()), level);
  VITRINE_ASSERT(code == Z_OK);  // the bound is enough, so only memory could be short
  packed.resize(length);
  return packed;
}

std::string inflate(std::string_view packed, std::size_t cap, std::string_view subject, Packing packing,
                    std::size_t claimed) {
  z_stream stream{};
  VITRINE_ASSERT(inflateInit2(&stream, window_bits(packing)) == Z_OK);
  std::string out;
  out.reserve(std::min(cap, packing == Packing::gzip ? gzip_length(packed) : claimed));
  std::string block(std::size_t{1} << 16, '\0');
  std::size_t fed = 0;
  int code = Z_OK;
  while (code == Z_OK) {
    if (stream.avail_in == 0 && fed < packed.size()) {
      std::size_t piece = std::min(packed.size() - fed, kPiece);
      stream.next_in = zlib_bytes(packed.data() + fed);
      stream.avail_in = static_cast<uInt>(piece);
      fed += piece;
    }
    stream.next_out = zlib_bytes(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    code = ::inflate(&stream, Z_NO_FLUSH);
    std::size_t got = block.size() - stream.avail_out;
    if (out.size() + got > cap) {
      inflateEnd(&stream);
      throw FileError({std::string(subject), "unpacks to more than is allowed",
                       "at most " + to_text(static_cast<std::int64_t>(cap)) + " bytes", "more", "Use a smaller file."});
    }
    out.append(block.data(), got);
  }
  std::size_t used = fed - stream.avail_in;
  inflateEnd(&stream);
  if (code != Z_STREAM_END) {
    throw FileError({std::string(subject), "is damaged at packed byte " + to_text(static_cast<std::int64_t>(used)),
                     "a whole zlib stream", used == packed.size() ? "a stream that is cut off" : "other bytes",
                     "Copy or save the file again."});
  }
  return out;
}

std::uint32_t crc32(std::string_view bytes) {
  uLong sum = ::crc32(0, nullptr, 0);
  for (std::size_t at = 0; at < bytes.size(); at += kPiece) {
    std::size_t piece = std::min(bytes.size() - at, kPiece);
    sum = ::crc32(sum, zlib_bytes(bytes.data() + at), static_cast<uInt>(piece));
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace vitrine
