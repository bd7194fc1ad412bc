// Windows are stretches of a long series as rows: so many lines of a table each, beginning every so many lines. With
// several columns they stand one behind the other in a window. A window is an anomaly where one of its lines is.
#pragma once

#include <cstddef>
#include <string_view>

#include "datasets/files/csv.h"

namespace vitrine::datasets {

struct WindowRecipe {
  std::size_t length = 140;
  std::size_t stride = 70;
};

// The label is the column called label, class, target or anomaly, if there is one; its most frequent value is normal.
// Without one every window counts as normal. FileError when there are too few lines for a window, or words in between.
Dataset windows(const Table& table, const WindowRecipe& recipe, std::string_view file);

}  // namespace vitrine::datasets
