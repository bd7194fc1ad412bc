// A sprite sheet is one picture that holds many samples of equal size, side by side and line after line, with a file of
// labels beside it: a byte each, a byte for each class (one of them not zero), or lines of text.
#pragma once

#include <filesystem>

#include "datasets/images/picture.h"

namespace vitrine::datasets {

struct SpriteForm {
  std::size_t columns = 28, rows = 28;  // pixels of one sample
  bool sample_a_row = false;            // every row of the sheet is one sample, its pixels in a line
};

// `labels` may be empty: all samples are then of one class. More tiles than labels: the rest is not used.
Dataset parse_sprites(std::string_view sheet, std::string_view labels, const SpriteForm& form, std::string_view file);
Dataset load_sprites(const std::filesystem::path& sheet, const std::filesystem::path& labels, const SpriteForm& form);

}  // namespace vitrine::datasets
