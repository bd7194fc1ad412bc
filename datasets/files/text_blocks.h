// TextBlocks reads a text file of any size in blocks of whole lines, a few megabytes each, so that a table may be far
// larger than the memory it is given.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/core/file_reader.h"

namespace vitrine::datasets {

class TextBlocks {
 public:
  explicit TextBlocks(const std::filesystem::path& path);
  // The next block; false at the end. A block ends between two lines, and not inside a quoted field. FileError for a
  // zero byte, or for a line that is longer than a block.
  bool next();
  std::string_view text() const { return std::string_view(buffer_).substr(0, cut_); }
  std::size_t line() const { return line_; }  // number of the block's first line, from 1
  std::size_t bytes() const { return reader_.size(); }
  double share() const;  // of the file that lies behind or in this block

 private:
  std::string file_;
  FileReader reader_;
  std::string buffer_;
  std::size_t cut_ = 0, line_ = 1, done_ = 0;
  bool ended_ = false;
};

}  // namespace vitrine::datasets
