// Small pictures of every format, made here.
#pragma once

#include <cstddef>
#include <string>

namespace vitrine::datasets::small {

// A picture whose left half is red and right half blue, in the format of an ending (".png").
std::string picture(const std::string& ending, std::size_t width = 16, std::size_t height = 12);
std::string half_transparent_png();        // green over nothing
std::string gif(bool interlaced = false);  // 4 × 4: red, blue, red, blue … with the last pixel transparent

}  // namespace vitrine::datasets::small
