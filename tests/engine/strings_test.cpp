// Strings are moved, compared and looked up like numbers, whatever vocabularies they come from; nothing calculates with
// them. What the functions of strings answer was read off TensorFlow.js 4.22.
#include <doctest/doctest.h>

#include <array>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/comparison.h"
#include "engine/ops/dynamic.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/text.h"
#include "engine/ops/types.h"
#include "engine/tensor/scope.h"

namespace vitrine {
namespace {

using Texts = std::vector<std::string>;

struct Fixture {
  std::unique_ptr<Backend> cpu = open_device("cpu");
  Tensor list(const Texts& texts) const { return strings(*cpu, texts, {static_cast<std::int64_t>(texts.size())}); }
  Tensor whole(const std::vector<std::int32_t>& numbers) const {
    return tensor(*cpu, {DType::int32, {static_cast<std::int64_t>(numbers.size())}}, std::as_bytes(std::span(numbers)));
  }
};

TEST_CASE_FIXTURE(Fixture, "a tensor of strings is read back as it was made") {
  const Texts texts = {"", "a", "größe", std::string("nul\0inside", 10), "a", ""};
  const Tensor x = strings(*cpu, texts, {2, 3});
  CHECK(x.dtype() == DType::string);
  CHECK(texts_of(x) == texts);
  CHECK(texts_of(forget(x)) == texts);
  CHECK(texts_of(strings(*cpu, Texts{}, {0, 2})).empty());
}

TEST_CASE_FIXTURE(Fixture, "whatever moves elements moves strings") {
  const Tensor x = strings(*cpu, Texts{"a", "b", "c", "d", "e", "f"}, {2, 3});
  CHECK(texts_of(ops::transpose(x)) == Texts{"a", "d", "b", "e", "c", "f"});
  CHECK(texts_of(ops::reshape(ops::transpose(x), {6})) == Texts{"a", "d", "b", "e", "c", "f"});
  CHECK(texts_of(ops::slice(x, {0, 1}, {2, 2})) == Texts{"b", "c", "e", "f"});
  CHECK(texts_of(ops::reverse(x, {1})) == Texts{"c", "b", "a", "f", "e", "d"});
  CHECK(texts_of(ops::tile(ops::slice(x, {0, 0}, {1, 2}), {2, 2})) == Texts{"a", "b", "a", "b", "a", "b", "a", "b"});
  CHECK(texts_of(ops::gather(x, whole({1, 1, 0}), 0)) == Texts{"d", "e", "f", "d", "e", "f", "a", "b", "c"});
  CHECK(texts_of(ops::pad(list({"a"}), {1}, {2})) == Texts{"", "a", "", ""});
}

TEST_CASE_FIXTURE(Fixture, "strings of several vocabularies meet in one call") {
  const Tensor a = list({"x", "y", "z"}), b = list({"z", "y", "new"});
  const std::array both{a, b};
  CHECK(texts_of(ops::concat(both, 0)) == Texts{"x", "y", "z", "z", "y", "new"});
  CHECK(ops::equal(a, b).floats() == std::vector<float>{0, 1, 0});
  CHECK(ops::not_equal(a, strings(*cpu, Texts{"y"}, {})).floats() == std::vector<float>{1, 0, 1});
  CHECK(texts_of(ops::where(ops::equal(a, b), a, b)) == Texts{"z", "y", "new"});
  CHECK(texts_of(ops::set_difference(a, b).values) == Texts{"x"});
}

TEST_CASE_FIXTURE(Fixture, "unique strings come in the order they come first") {
  const ops::Indexed found = ops::unique(list({"b", "a", "b", "", "a"}));
  CHECK(texts_of(found.values) == Texts{"b", "a", ""});
  CHECK(found.indices.floats() == std::vector<float>{0, 1, 0, 2, 1});
}

TEST_CASE_FIXTURE(Fixture, "nothing calculates with strings, turns them into numbers or traces them") {
  const Tensor x = list({"1", "2"});
  CHECK_THROWS_AS(x + x, ShapeError);
  CHECK_THROWS_AS(x + tensor(*cpu, std::vector<float>{1, 2}, {2}), ShapeError);
  CHECK_THROWS_AS(ops::cast(x, DType::float32), ShapeError);
  CHECK_THROWS_AS(ops::greater(x, x), ShapeError);
  CHECK_THROWS_AS(x.floats(), UsageError);
  CHECK_THROWS_AS(ops::pad(x, {1}, {1}, 3), ShapeError);
  const auto trace = std::make_shared<TraceContext>();
  CHECK_THROWS_AS(placeholder(trace, {DType::string, {2}}), UsageError);
  CHECK_THROWS_AS(ops::where(placeholder(trace, {DType::boolean, {2}}), x, x), UsageError);
}

TEST_CASE_FIXTURE(Fixture, "strings split at any of the delimiters, into bytes without one") {
  const Tensor x = list({"a b  c", "", "x,y ", " "});
  const ops::Words words = ops::split_strings(x, " ");
  CHECK(texts_of(words.values) == Texts{"a", "b", "c", "x,y"});
  CHECK(words.indices.floats() == std::vector<float>{0, 0, 0, 1, 0, 2, 2, 0});
  CHECK(words.shape.floats() == std::vector<float>{4, 3});
  CHECK(texts_of(ops::split_strings(x, " ", false).values) == Texts{"a", "b", "", "c", "x,y", "", "", ""});
  CHECK(texts_of(ops::split_strings(x, ", ", false).values) == Texts{"a", "b", "", "c", "x", "y", "", "", ""});
  CHECK(texts_of(ops::split_strings(x, "").values) == Texts{"a", " ", "b", " ", " ", "c", "x", ",", "y", " ", " "});
}

TEST_CASE_FIXTURE(Fixture, "grams join neighbouring words, padded at the ends of rows") {
  const Tensor words = list({"a", "b", "c", "d", "e"}), rows = whole({0, 3, 3, 4, 5});
  const auto grams = [&](Integers widths, std::int64_t pad_width, bool preserve) {
    return ops::string_grams(words, rows, {"|", std::move(widths), "L", "R", pad_width, preserve});
  };
  CHECK(texts_of(grams({2}, 0, false).values) == Texts{"a|b", "b|c"});
  CHECK(grams({2}, 0, false).splits.floats() == std::vector<float>{0, 2, 2, 2, 2});
  const ops::Ragged padded = grams({1, 3}, -1, false);
  CHECK(texts_of(padded.values) == Texts{"a", "b", "c", "L|L|a", "L|a|b", "a|b|c", "b|c|R", "c|R|R", "L|L|R", "L|R|R",
                                         "d", "L|L|d", "L|d|R", "d|R|R", "e", "L|L|e", "L|e|R", "e|R|R"});
  CHECK(padded.splits.floats() == std::vector<float>{0, 8, 10, 14, 18});
  CHECK(texts_of(grams({2, 4}, 1, true).values) ==
        Texts{"L|a", "a|b", "b|c", "c|R", "L|a|b|c", "a|b|c|R", "L|R", "L|d", "d|R", "L|e", "e|R"});
  CHECK(texts_of(grams({5}, 0, true).values) == Texts{"a|b|c", "d", "e"});
  CHECK(texts_of(grams({6}, 1, true).values) == Texts{"L|a|b|c|R", "L|d|R", "L|e|R"});
}

TEST_CASE_FIXTURE(Fixture, "strings of every length fall into the buckets of FarmHash") {
  Texts texts;
  for (const int n : {0, 1, 2, 3, 4, 7, 8, 12, 16, 17, 25, 32, 33, 50, 64, 65, 100, 128, 129, 200}) {
    std::string text;
    for (int i = 0; i < n; ++i) text += static_cast<char>('a' + (i * 7 + n) % 26);
    texts.push_back(text);
  }
  texts.emplace_back("größe");
  CHECK(ops::hash_bucket(list(texts), 1000003).floats() ==
        std::vector<float>{377723, 113437, 611307, 685975, 295228, 546286, 392787, 235020, 440015, 113858, 69416,
                           719600, 192477, 715326, 383648, 276658, 242305, 346981, 906313, 738048, 224392});
}

}  // namespace
}  // namespace vitrine
