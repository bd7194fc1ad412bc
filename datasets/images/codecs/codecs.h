// What the codecs library answers. It is loaded when the first picture is decoded: OpenCV's codecs come with a hundred
// libraries, which a program that decodes none should not wait for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::datasets {

struct DecodeRequest {
  const char* bytes;
  std::size_t size;
  int part;  // 1, 2, 4 or 8: what the sides are divided by, where the format can
  bool grey, alpha;
};

// Rows of pixels, blue first; of eight or sixteen bits a number.
struct Decoded {
  const std::uint8_t* rows;
  std::size_t stride;  // bytes from row to row
  int width, height, channels;
  bool wide;   // sixteen bits
  void* held;  // to be given back
};

// The number in their names grows with each change of the above, so that a library of another version is not used.
inline constexpr const char* kCodecsLibrary = "libvitrine_codecs.so";
inline constexpr const char* kDecodeSymbol = "vitrine_decode_1";
inline constexpr const char* kReleaseSymbol = "vitrine_release_1";
using DecodeFunction = bool (*)(const DecodeRequest& request, Decoded& answer) noexcept;  // false: it cannot be
using ReleaseFunction = void (*)(void* held) noexcept;

}  // namespace vitrine::datasets
