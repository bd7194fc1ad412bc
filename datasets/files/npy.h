// .npy is NumPy's format of one array, .npz a zip of several. Items are the first axis.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "datasets/array.h"

namespace vitrine::datasets {

// Numbers of any width and byte order, in C order, or in Fortran order up to two axes more than items; 1 to 4 axes.
Array parse_npy(std::string bytes, std::string_view file);

struct NamedArray {
  std::string name;  // "x_train" of x_train.npy
  Array array;
};
std::vector<NamedArray> parse_npz(std::string_view bytes, std::string_view file);

// A .npy alone is unlabelled. In a .npz the items are the array with the most numbers (or called x, data, images), the
// labels the one with as many items and one number each (or called y, labels).
Dataset load_numpy(const std::filesystem::path& path);

std::string npy_bytes(std::span<const float> values, std::span<const std::size_t> shape);  // as NumPy writes float32

}  // namespace vitrine::datasets
