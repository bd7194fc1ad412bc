// IDX is the format of MNIST: a magic number with the element type, sizes, then numbers in big-endian order; often
// packed with gzip. Pictures and labels lie in two files that belong together.
#pragma once

#include <filesystem>
#include <string>

#include "datasets/array.h"

namespace vitrine::datasets {

// The array of one IDX file; items are its first dimension. `file` is the name for messages.
Array parse_idx(std::string bytes, std::string_view file);
// Unpacks first when the bytes are packed.
Array read_idx(const std::filesystem::path& path);

// Pictures (or whatever the items are) and the labels beside them. Without a path for labels it is looked for beside
// the first: "…-images-idx3-ubyte" has "…-labels-idx1-ubyte".
Dataset load_idx(const std::filesystem::path& items, std::filesystem::path labels = {});

}  // namespace vitrine::datasets
