// A Vocabulary is what the codes of a tensor of strings stand for: each text once, numbered as they came. Such a tensor
// holds codes of four bytes, its storage knows the vocabulary, and to a device it is a tensor of int32: whatever moves
// elements moves strings. Code 0 is the empty string, so that zeroed memory and padding read as empty strings.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/tensor.h"

namespace vitrine {

class Vocabulary {
 public:
  Vocabulary() { code_of(""); }
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
  std::int32_t code_of(std::string_view text);  // added when it is new
  const std::string& text_of(std::int32_t code) const;
  std::size_t size() const { return texts_.size(); }

 private:
  std::map<std::string, std::int32_t, std::less<>> codes_;
  std::vector<const std::string*> texts_;  // into codes_
  std::size_t bytes_ = 0;
};

Tensor strings(Backend& backend, std::span<const std::string> texts, const Shape& shape);
std::vector<std::string> texts_of(const Tensor& strings);  // a dense copy

// Codes compare only within one vocabulary. The gate brings the tensors of a call to one, and so does who reads codes.
bool share_vocabulary(std::span<const Tensor> tensors);  // numbers have none and count as sharing
std::vector<Tensor> in_one_vocabulary(std::span<const Tensor> tensors);

}  // namespace vitrine
