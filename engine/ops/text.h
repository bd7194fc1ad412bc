// Functions of strings: split into words, joined to n-grams, numbered by a hash. They look at the strings, so they are
// called outside of plans, which they feed with numbers. Strings are bytes, in UTF-8 where they are text.
#pragma once

#include <string_view>

#include "engine/tensor/strings.h"

namespace vitrine::ops {

// The words of each string of a list: indices int32 [n, 2] (string, word), values [n], shape int32 [2].
struct Words {
  Tensor indices, values, shape;
};
// Any byte of `delimiters` ends a word; without delimiters each byte is one.
Words split_strings(const Tensor& strings, std::string_view delimiters, bool skip_empty = true);

struct Grams {
  std::string_view separator = " ";
  Integers widths{2};
  std::string_view left_pad{}, right_pad{};
  std::int64_t pad_width = 0;   // at each end; -1: one less than the width
  bool preserve_short = false;  // a row too short for any width gives one gram of all it has
};
struct Ragged {
  Tensor values, splits;  // row i is values[splits[i]] up to, but without, values[splits[i + 1]]
};
Ragged string_grams(const Tensor& words, const Tensor& splits, const Grams& grams);

// Which of `buckets` each string belongs to: FarmHash's 64-bit fingerprint, which never changes, modulo their number.
Tensor hash_bucket(const Tensor& strings, std::int64_t buckets);  // int32

}  // namespace vitrine::ops
