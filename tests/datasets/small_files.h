// Small files of every format, made here: what loaders are tried with and what fuzzing starts from.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace vitrine::datasets::small {

template <class T>
std::string raw(std::initializer_list<T> values) {
  return std::string(reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T));
}

std::string gzip(std::string_view bytes);
std::string idx();         // two pictures of 2 × 3
std::string idx_labels();  // 7 and 3
std::string cifar();       // two records, labels 4 and 9; the second starts with the pixel (1, 2, 3)
std::string npy(std::string_view type, bool fortran, std::string_view shape, std::string_view numbers);
struct ZipEntry {
  std::string name, contents;
};
std::string zip(bool packed, std::span<const ZipEntry> entries);
std::string npz(bool packed);  // x: two items of two numbers; y: 8 and 4

struct Folder {  // a new one, gone with its owner
  std::filesystem::path path;
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace vitrine::datasets::small
