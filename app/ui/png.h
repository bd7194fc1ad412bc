// PNG files from pictures: eight bits, red, green, blue, without an interlace. Enough for screenshots and figures.
#pragma once

#include <filesystem>
#include <string>

#include "app/ui/texture.h"

namespace vitrine::ui {

std::string encode_png(const Image& image);  // opaque: alpha is dropped when every pixel has 255, else kept
void write_png(const std::filesystem::path& path, const Image& image);  // atomically

}  // namespace vitrine::ui
