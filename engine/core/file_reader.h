// A FileReader is a regular file that is read in pieces, for those too large to be held.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace vitrine {

class FileReader {
 public:
  explicit FileReader(const std::filesystem::path& path);  // FileError when absent, a directory, a pipe
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  std::size_t size() const { return size_; }  // when it was opened
  std::size_t read(std::span<char> into);     // fewer than asked for only at the end of the file

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
};

}  // namespace vitrine
