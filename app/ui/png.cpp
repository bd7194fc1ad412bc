// The chunks of a PNG, the cheapest of three filters for each row, and the pixels deflated.
#include "app/ui/png.h"

#include <array>
#include <cstdlib>

#include "engine/core/file.h"
#include "engine/core/zip.h"

namespace vitrine::ui {
namespace {

void append_word(std::string& out, std::uint32_t word) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(word >> shift & 0xFF);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_word(out, static_cast<std::uint32_t>(data.size()));
  std::string body = std::string(type) + std::string(data);
  out += body;
  append_word(out, crc32(body));
}

}  // namespace

std::string encode_png(const Image& image) {
  bool opaque = true;
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) opaque = opaque && image.rgba[i] == 255;
  const std::size_t channels = opaque ? 3 : 4, row_bytes = static_cast<std::size_t>(image.width) * channels;
  std::string rows;
  rows.reserve((row_bytes + 1) * static_cast<std::size_t>(image.height));
  std::string above(row_bytes, '\0'), row(row_bytes, '\0');
  std::array<std::string, 3> tried;  // none, left neighbour, neighbour above
  for (int y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < static_cast<std::size_t>(image.width); ++x)
      for (std::size_t c = 0; c < channels; ++c)
        row[x * channels + c] = static_cast<char>(image.at(static_cast<int>(x), y)[c]);
    tried[0] = tried[1] = tried[2] = row;
    for (std::size_t i = 0; i < row_bytes; ++i) {
      if (i >= channels) tried[1][i] = static_cast<char>(row[i] - row[i - channels]);
      tried[2][i] = static_cast<char>(row[i] - above[i]);
    }
    std::size_t best = 0;
    long least = -1;
    for (std::size_t f = 0; f < tried.size(); ++f) {
      long sum = 0;
      for (char byte : tried[f]) sum += std::abs(static_cast<signed char>(byte));
      if (least < 0 || sum < least) least = sum, best = f;
    }
    rows += static_cast<char>(best);
    rows += tried[best];
    above.swap(row);
  }
  std::string header;
  append_word(header, static_cast<std::uint32_t>(image.width));
  append_word(header, static_cast<std::uint32_t>(image.height));
  header += {8, static_cast<char>(opaque ? 2 : 6), 0, 0, 0};
  std::string out = "\x89PNG\r\n\x1A\n";
  append_chunk(out, "IHDR", header);
  append_chunk(out, "IDAT", deflate(rows));
  append_chunk(out, "IEND", {});
  return out;
}

void write_png(const std::filesystem::path& path, const Image& image) {
  write_file(path, encode_png(image));
}

}  // namespace vitrine::ui
