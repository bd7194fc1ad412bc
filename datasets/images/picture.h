// A Picture is rows of bytes from the top, one channel (grey) or three (red, green, blue). Decoding takes files from
// anywhere: what a header claims is weighed before a decoder sees the file, so that no picture takes more memory than
// twice its file and the loader's spare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

struct Picture {
  std::size_t width = 0, height = 0, channels = 3;
  std::vector<std::uint8_t> pixels;
};

enum class PictureFormat : std::uint8_t { png, jpeg, webp, bmp, gif };

struct PictureHead {  // what a file's header says
  PictureFormat format = PictureFormat::png;
  std::size_t width = 0, height = 0;
  bool grey = false, alpha = false, wide = false, progressive = false;  // wide: 16 bits a channel
};

// FileError when it is no picture of a known format, is cut off, or claims impossible sizes.
PictureHead read_head(std::string_view bytes, std::string_view file);

// PNG, JPEG, WebP, BMP, and the first frame of a GIF; transparent places show white. A JPEG may come back halved, up to
// three times, while its shorter side stays at least twice `least_edge`; 0: only when it must to fit into memory.
Picture decode_picture(std::string_view bytes, std::string_view file, std::size_t least_edge = 0);
Picture decode_gif(std::string_view bytes, std::string_view file);  // the one format the system's decoder lacks

bool has_picture_name(const std::filesystem::path& path);  // by its ending

// The middle of a picture in another size and number of channels: each new pixel is the mean of what it covers.
void fit(const Picture& picture, const ItemShape& shape, std::span<std::uint8_t> pixels);

}  // namespace vitrine::datasets
