// Opening a file whose kind nobody named: the first bytes and the size say which loader it is for. Names do not matter,
// because people rename files and browsers add endings.
#pragma once

#include <filesystem>
#include <string_view>

#include "datasets/dataset.h"

namespace vitrine::datasets {

enum class FileKind { idx, cifar10, cifar100, numpy, picture, table };

// By what is in it; `size` is the whole file's, `start` its first kKindBytes at most. FileError names what is known.
inline constexpr std::size_t kKindBytes = 256 << 10;
FileKind kind_of(std::string_view start, std::uintmax_t size, std::string_view file);

// A folder is one of pictures, or of one published set (IDX, CIFAR batches, UCR text), whose largest part is opened.
Dataset open(const std::filesystem::path& path);

}  // namespace vitrine::datasets
