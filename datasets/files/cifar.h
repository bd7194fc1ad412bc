// CIFAR's binary batches: records of one or two label bytes and 3072 bytes of red, green and blue planes of 32 × 32.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "datasets/array.h"

namespace vitrine::datasets {

enum class CifarKind { ten, hundred };  // hundred: a coarse label before the fine one, which is used

Dataset parse_cifar(std::string bytes, CifarKind kind, std::string_view file);
// Several batches as one set. Names of classes are taken from batches.meta.txt (fine_label_names.txt) beside the first.
Dataset load_cifar(std::span<const std::filesystem::path> batches, CifarKind kind = CifarKind::ten);

}  // namespace vitrine::datasets
