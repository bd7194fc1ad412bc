// Strings read, taken apart on the host, and made into tensors again.
#include "engine/ops/text.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/fingerprint.h"
#include "engine/core/number.h"

namespace vitrine::ops {
namespace {

[[noreturn]] void refuse(std::string_view function, std::string fact, std::string expected, std::string got) {
  throw UsageError(
      {"[" + std::string(function) + "]", std::move(fact), std::move(expected), std::move(got), "Check the call."});
}

std::vector<std::string> texts_for(std::string_view function, const Tensor& x, bool list) {
  if (x.dtype() != DType::string) refuse(function, "works on strings", "string", std::string(name_of(x.dtype())));
  if (list && x.shape().rank() != 1) refuse(function, "takes a list of strings", "1 axis", text_of(x.shape()));
  return texts_of(x);
}

Tensor whole(Backend& backend, const std::vector<std::int32_t>& numbers, const Shape& shape) {
  return tensor(backend, {DType::int32, shape}, std::as_bytes(std::span(numbers)));
}
std::int64_t length(const auto& list) {
  return static_cast<std::int64_t>(list.size());
}

std::vector<std::string> words_of(const std::string& text, std::string_view delimiters, bool skip_empty) {
  std::vector<std::string> words;
  if (delimiters.empty()) {
    for (const char c : text) words.emplace_back(1, c);
    return words;
  }
  for (std::size_t from = 0; !text.empty() && from <= text.size();) {
    const std::size_t to = std::min(text.find_first_of(delimiters, from), text.size());
    if (to > from || !skip_empty) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

// Where rows begin, checked: from 0, rising, to the number of words.
std::vector<std::int32_t> row_splits(const Tensor& splits, std::int64_t words) {
  if (splits.dtype() != DType::int32 || splits.shape().rank() != 1) {
    refuse("string_grams", "splits are a list of whole numbers", "int32 with 1 axis", text_of(splits.spec()));
  }
  const std::vector<std::byte> bytes = splits.bytes();
  std::vector<std::int32_t> rows(bytes.size() / sizeof(std::int32_t));
  if (!rows.empty()) std::memcpy(rows.data(), bytes.data(), bytes.size());
  const bool fits = rows.empty() ? words == 0 : rows.front() == 0 && rows.back() == words;
  if (!fits || !std::ranges::is_sorted(rows)) {
    refuse("string_grams", "the splits do not cover the words", "rising from 0 to " + to_text(words),
           text_of(splits.shape()));
  }
  return rows;
}

class GramMaker {
 public:
  GramMaker(const Grams& grams, std::span<const std::string> words) : grams_(grams), words_(words) {}

  // All grams of one width of a row.
  void add(std::int64_t begin, std::int64_t count, std::int64_t width) {
    const std::int64_t padding = padding_of(width), grams = count + 2 * padding - width + 1;
    for (std::int64_t gram = 0; gram < grams; ++gram) {
      const std::int64_t left = std::max<std::int64_t>(0, padding - gram);
      const std::int64_t right = std::max<std::int64_t>(0, padding - (grams - gram - 1));
      write(left, begin + (left > 0 ? 0 : gram - padding), width - left - right, right);
    }
  }
  // One gram of all that a row has, padded.
  void add_whole(std::int64_t begin, std::int64_t count) {
    const std::int64_t padding = std::max<std::int64_t>(grams_.pad_width, 0);
    write(padding, begin, count, padding);
  }
  const std::vector<std::string>& made() const { return made_; }

 private:
  std::int64_t padding_of(std::int64_t width) const {
    return std::min(grams_.pad_width < 0 ? width - 1 : grams_.pad_width, width - 1);
  }
  void write(std::int64_t left, std::int64_t begin, std::int64_t count, std::int64_t right) {
    std::string gram;
    auto append = [&, first = true](std::string_view word) mutable {
      if (!first) gram += grams_.separator;
      first = false;
      gram += word;
    };
    for (std::int64_t i = 0; i < left; ++i) append(grams_.left_pad);
    for (const std::string& word : words_.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(count))) {
      append(word);
    }
    for (std::int64_t i = 0; i < right; ++i) append(grams_.right_pad);
    bytes_ += gram.size();
    if (bytes_ > limits::kVocabularyBytes) {
      refuse("string_grams", "the grams are too long together",
             "at most " + to_text(static_cast<std::int64_t>(limits::kVocabularyBytes)) + " bytes", "more");
    }
    made_.push_back(std::move(gram));
  }

  const Grams& grams_;
  std::span<const std::string> words_;
  std::vector<std::string> made_;
  std::size_t bytes_ = 0;
};

}  // namespace

Words split_strings(const Tensor& strings_in, std::string_view delimiters, bool skip_empty) {
  const std::vector<std::string> texts = texts_for("split_strings", strings_in, true);
  std::vector<std::int32_t> places;
  std::vector<std::string> values;
  std::int32_t widest = 0;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    std::int32_t place = 0;
    for (std::string& word : words_of(texts[row], delimiters, skip_empty)) {
      places.insert(places.end(), {static_cast<std::int32_t>(row), place++});
      values.push_back(std::move(word));
    }
    widest = std::max(widest, place);
  }
  Backend& backend = strings_in.operand().buffer->backend();
  return {whole(backend, places, {length(values), 2}), strings(backend, values, {length(values)}),
          whole(backend, {static_cast<std::int32_t>(texts.size()), widest}, {2})};
}

Ragged string_grams(const Tensor& words, const Tensor& splits, const Grams& grams) {
  constexpr std::int64_t kWidest = 1024;  // words in a gram
  const std::vector<std::string> texts = texts_for("string_grams", words, true);
  const std::vector<std::int32_t> rows = row_splits(splits, length(texts));
  if (grams.pad_width < -1 || grams.pad_width > kWidest) {
    refuse("string_grams", "the padding is out of range", "-1 to " + to_text(kWidest), to_text(grams.pad_width));
  }
  for (const std::int64_t width : grams.widths) {
    if (width < 1 || width > kWidest) {
      refuse("string_grams", "a width is out of range", "1 to " + to_text(kWidest), to_text(width));
    }
  }
  GramMaker maker(grams, texts);
  std::vector<std::int32_t> ends(rows.empty() ? 0 : 1, 0);
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const std::int64_t begin = rows[row - 1], count = rows[row] - begin;
    for (const std::int64_t width : grams.widths) maker.add(begin, count, width);
    const bool nothing = length(maker.made()) == ends.back();
    if (nothing && grams.preserve_short && count > 0) maker.add_whole(begin, count);
    ends.push_back(static_cast<std::int32_t>(maker.made().size()));
  }
  Backend& backend = words.operand().buffer->backend();
  return {strings(backend, maker.made(), {length(maker.made())}), whole(backend, ends, {length(ends)})};
}

Tensor hash_bucket(const Tensor& strings_in, std::int64_t buckets) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (buckets < 1 || buckets > kMost) {
    refuse("hash_bucket", "has no such number of buckets", "1 to " + to_text(kMost), to_text(buckets));
  }
  std::vector<std::int32_t> numbers;
  for (const std::string& text : texts_for("hash_bucket", strings_in, false)) {
    numbers.push_back(static_cast<std::int32_t>(fingerprint(text) % static_cast<std::uint64_t>(buckets)));
  }
  return whole(strings_in.operand().buffer->backend(), numbers, strings_in.shape());
}

}  // namespace vitrine::ops
