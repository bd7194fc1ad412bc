// Bytes is a reader over the contents of a file that trusts none of it: every step is checked against what is left, and
// what is wrong is told with the place. A loader hands its file's name to it once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::datasets {

class Bytes {
 public:
  Bytes(std::string_view bytes, std::string_view file) : bytes_(bytes), file_(file) {}

  std::size_t place() const { return place_; }
  std::size_t left() const { return bytes_.size() - place_; }
  std::string_view take(std::size_t count, std::string_view what);  // FileError when so many are not left
  std::uint32_t big(std::size_t count, std::string_view what);      // an unsigned number of up to 4 bytes
  std::uint32_t little(std::size_t count, std::string_view what);
  void skip(std::size_t count, std::string_view what) { take(count, what); }
  void seek(std::size_t place, std::string_view what);

  // "file: fact at byte N; expected E; got G. Remedy"
  [[noreturn]] void fail(std::string fact, std::string expected, std::string got) const;

 private:
  std::string_view bytes_, file_;
  std::size_t place_ = 0;
};

// count × each, or FileError: sizes from a file may not overflow.
std::size_t checked_product(std::size_t count, std::size_t each, const Bytes& at);

std::string count_text(std::size_t count);         // 60000
std::string in_lower_case(std::string_view text);  // the letters A to Z only, whatever the locale
[[noreturn]] void refuse_file(std::string_view file, std::string fact, std::string expected, std::string got,
                              std::string remedy);

}  // namespace vitrine::datasets
