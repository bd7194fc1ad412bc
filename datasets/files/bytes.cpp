// Checked steps through bytes.
#include "datasets/files/bytes.h"

#include <utility>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::datasets {

std::string in_lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string count_text(std::size_t count) {
  return to_text(static_cast<std::int64_t>(count));
}

void refuse_file(std::string_view file, std::string fact, std::string expected, std::string got, std::string remedy) {
  throw FileError({std::string(file), std::move(fact), std::move(expected), std::move(got), std::move(remedy)});
}

std::string_view Bytes::take(std::size_t count, std::string_view what) {
  if (count > left()) {
    fail("is cut off in " + std::string(what), count_text(count) + " bytes", count_text(left()) + " bytes");
  }
  place_ += count;
  return bytes_.substr(place_ - count, count);
}

std::uint32_t Bytes::big(std::size_t count, std::string_view what) {
  std::uint32_t number = 0;
  for (const char byte : take(count, what)) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

std::uint32_t Bytes::little(std::size_t count, std::string_view what) {
  const std::string_view bytes = take(count, what);
  std::uint32_t number = 0;
  for (std::size_t i = count; i > 0; --i) number = number << 8 | static_cast<std::uint8_t>(bytes[i - 1]);
  return number;
}

void Bytes::seek(std::size_t place, std::string_view what) {
  if (place > bytes_.size()) {
    fail("points behind its end for " + std::string(what), "at most byte " + count_text(bytes_.size()),
         "byte " + count_text(place));
  }
  place_ = place;
}

void Bytes::fail(std::string fact, std::string expected, std::string got) const {
  refuse_file(file_, std::move(fact) + ", at byte " + count_text(place_), std::move(expected), std::move(got),
              "Copy or download the file again.");
}

std::size_t checked_product(std::size_t count, std::size_t each, const Bytes& at) {
  std::size_t product = 0;
  if (__builtin_mul_overflow(count, each, &product)) {
    at.fail("says that it holds more than any machine can", "a smaller size",
            count_text(count) + " times " + count_text(each));
  }
  return product;
}

}  // namespace vitrine::datasets
