// A picture that was written can be read by whoever knows the format.
#include <doctest/doctest.h>

#include "app/ui/png.h"
#include "engine/core/error.h"
#include "engine/core/zip.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {
std::uint32_t word_at(const std::string& bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(bytes[at + i]);
  return word;
}

Image gradient(std::uint8_t opacity) {
  Image image(5, 3);
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x) {
      auto* p = image.at(x, y);
      p[0] = static_cast<std::uint8_t>(40 * x), p[1] = static_cast<std::uint8_t>(70 * y), p[2] = 9, p[3] = opacity;
    }
  return image;
}
}  // namespace

TEST_CASE("a PNG has its signature, a header of the right size, and sums that agree") {
  std::string png = encode_png(gradient(255));
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1A\n");
  std::vector<std::string> types;
  for (std::size_t at = 8; at < png.size();) {
    std::uint32_t length = word_at(png, at);
    types.push_back(png.substr(at + 4, 4));
    CHECK(crc32(std::string_view(png).substr(at + 4, length + 4)) == word_at(png, at + 8 + length));
    at += 12 + length;
  }
  CHECK(types == std::vector<std::string>{"IHDR", "IDAT", "IEND"});
  CHECK(word_at(png, 16) == 5);
  CHECK(word_at(png, 20) == 3);
  CHECK(png[25] == 2);  // no alpha: every pixel is opaque
  CHECK(encode_png(gradient(128))[25] == 6);
}

TEST_CASE("the rows of a PNG unfilter to the pixels") {
  Image image = gradient(255);
  std::string png = encode_png(image);
  std::string rows = inflate(std::string_view(png).substr(41, word_at(png, 33)), 1000, "png");
  REQUIRE(rows.size() == 3 * (1 + 5 * 3));
  std::string above(15, '\0');
  for (int y = 0; y < 3; ++y) {
    std::string row = rows.substr(static_cast<std::size_t>(y) * 16 + 1, 15);
    int filter = rows[static_cast<std::size_t>(y) * 16];
    for (std::size_t i = 0; i < 15; ++i) {
      if (filter == 1 && i >= 3) row[i] = static_cast<char>(row[i] + row[i - 3]);
      if (filter == 2) row[i] = static_cast<char>(row[i] + above[i]);
      CHECK(static_cast<std::uint8_t>(row[i]) == image.at(static_cast<int>(i) / 3, y)[i % 3]);
    }
    above = row;
  }
}

TEST_CASE("packed bytes come back, and damaged or too large ones are refused") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += static_cast<char>('a' + i * i % 23);
  std::string packed = deflate(text);
  CHECK(packed.size() < text.size());
  CHECK(inflate(packed, 5000, "x") == text);
  CHECK_THROWS_AS(inflate(packed, 4999, "x"), FileError);
  CHECK_THROWS_AS(inflate(packed.substr(0, packed.size() / 2), 5000, "x"), FileError);
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  CHECK_THROWS_AS(inflate(packed, 5000, "x"), FileError);
  CHECK_THROWS_AS(inflate("", 10, "x"), FileError);
  CHECK(crc32("123456789") == 0xCBF43926u);
}
