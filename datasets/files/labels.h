// Labels from a file are numbers or names; a data set wants classes numbered from 0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/array.h"

namespace vitrine::datasets {

// Turns labels that are whole numbers into places in the list of those that occur, in ascending order, and answers that
// list as names. FileError when one is no whole number or there are too many.
std::vector<std::string> numbered_classes(std::vector<float>& labels, std::string_view file);
// Keeps 0, 1, 2 … as they are when labels lie below the number of names.
std::vector<std::string> numbered_classes(std::vector<float>& labels, std::vector<std::string> names,
                                          std::string_view file);

// FileError naming the first item with a number that is infinite or none: no scaling and no network can use it.
void require_finite(const Array& array, std::string_view file);

}  // namespace vitrine::datasets
