// Codes and texts, and bringing several vocabularies to one.
#include "engine/tensor/strings.h"

#include <cstring>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine {
namespace {

const Node::Storage& storage_of(const Tensor& t) {
  return t.node().storage.at(static_cast<std::size_t>(t.output()));
}

std::vector<std::int32_t> codes_of(const Tensor& strings) {
  const std::vector<std::byte> bytes = strings.bytes();
  std::vector<std::int32_t> codes(bytes.size() / sizeof(std::int32_t));
  if (!codes.empty()) std::memcpy(codes.data(), bytes.data(), bytes.size());
  return codes;
}

Tensor coded(Backend& backend, std::span<const std::int32_t> codes, const Shape& shape,
             std::shared_ptr<const Vocabulary> vocabulary) {
  auto node = std::make_shared<Node>();
  node->specs.push_back({DType::string, shape});
  const std::size_t bytes = node->specs[0].bytes();
  node->storage.push_back({backend.allocate(bytes, "strings"), {dense_strides(shape), 0}, std::move(vocabulary)});
  backend.upload(*node->storage[0].buffer, 0, std::as_bytes(codes));
  return {std::move(node), 0};
}

}  // namespace

std::int32_t Vocabulary::code_of(std::string_view text) {
  const auto known = codes_.find(text);
  if (known != codes_.end()) return known->second;
  if (text.size() > limits::kVocabularyBytes - bytes_) {
    throw UsageError({"strings", "are too long together",
                      "at most " + to_text(static_cast<std::int64_t>(limits::kVocabularyBytes)) + " bytes", "more",
                      "Take fewer at a time."});
  }
  bytes_ += text.size();
  const auto added = codes_.emplace(text, static_cast<std::int32_t>(texts_.size())).first;
  texts_.push_back(&added->first);
  return added->second;
}

const std::string& Vocabulary::text_of(std::int32_t code) const {
  VITRINE_ASSERT(code >= 0 && static_cast<std::size_t>(code) < texts_.size());
  return *texts_[static_cast<std::size_t>(code)];
}

Tensor strings(Backend& backend, std::span<const std::string> texts, const Shape& shape) {
  const auto count = static_cast<std::int64_t>(texts.size());
  if (count != shape.elements()) {
    throw ShapeError({"strings", "have another number than their shape", to_text(shape.elements()), to_text(count),
                      "Check the shape."});
  }
  const auto vocabulary = std::make_shared<Vocabulary>();
  std::vector<std::int32_t> codes;
  for (const std::string& text : texts) codes.push_back(vocabulary->code_of(text));
  return coded(backend, codes, shape, vocabulary);
}

std::vector<std::string> texts_of(const Tensor& strings) {
  if (strings.dtype() != DType::string) {
    throw UsageError({"texts_of", "needs a tensor of strings", "string", std::string(name_of(strings.dtype())),
                      "Read numbers with floats."});
  }
  std::vector<std::string> texts;
  const std::vector<std::int32_t> codes = codes_of(strings);
  for (const std::int32_t code : codes) texts.push_back(storage_of(strings).vocabulary->text_of(code));
  return texts;
}

bool share_vocabulary(std::span<const Tensor> tensors) {
  const Vocabulary* common = nullptr;
  for (const Tensor& t : tensors) {
    if (t.dtype() != DType::string) continue;
    const Vocabulary* own = storage_of(t).vocabulary.get();
    if (common != nullptr && own != common) return false;
    common = own;
  }
  return true;
}

std::vector<Tensor> in_one_vocabulary(std::span<const Tensor> tensors) {
  std::vector<Tensor> answer(tensors.begin(), tensors.end());
  if (share_vocabulary(tensors)) return answer;
  const auto common = std::make_shared<Vocabulary>();
  for (Tensor& t : answer) {
    if (t.dtype() != DType::string) continue;
    std::vector<std::int32_t> codes = codes_of(t);
    for (std::int32_t& code : codes) code = common->code_of(storage_of(t).vocabulary->text_of(code));
    t = coded(storage_of(t).buffer->backend(), codes, t.shape(), common);
  }
  return answer;
}

}  // namespace vitrine
