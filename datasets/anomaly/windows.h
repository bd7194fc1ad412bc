// Windows are stretches of a long series as rows: so many lines of a table each, beginning every so many lines. With
// several columns they stand one behind the other in a window. A window is an anomaly where one of its lines is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/files/csv.h"

namespace vitrine::datasets {

struct WindowRecipe {
  std::size_t length = 140;
  std::size_t stride = 70;
};

struct Windows {
  Dataset data;                     // class 0 is normal
  std::vector<std::string> series;  // names of the columns that stand one behind the other
  std::vector<std::string> notes;   // sentences about what was found out rather than said
};
// The label is the column called so (names_label), if there is one; its most frequent value is normal. Without one
// every window counts as normal. Columns of words, such as times, are left out. FileError when there are too few lines
// for a window, or no numbers.
Windows windows(const Table& table, const WindowRecipe& recipe, std::string_view file);

}  // namespace vitrine::datasets
