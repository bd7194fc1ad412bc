// Shape rules and samples that several op families share.
#include "engine/ops/rules.h"

#include <string>

#include "engine/core/number.h"

namespace vitrine::ops {
namespace {

Spec floats(std::initializer_list<std::int64_t> extents) {
  return {DType::float32, Shape(extents)};
}

constexpr std::pair<unsigned, DType> kTypes[] = {{kFloat, DType::float32},
                                                 {kInteger, DType::int32},
                                                 {kTruth, DType::boolean},
                                                 {kComplexNumber, DType::complex64},
                                                 {kText, DType::string}};

}  // namespace

void expect_types(ShapeRule& rule, int input, unsigned types) {
  const DType got = rule.input(input).dtype;
  std::string expected;
  for (const auto& [flag, dtype] : kTypes) {
    if ((types & flag) == 0) continue;
    if (dtype == got) return;
    expected += (expected.empty() ? "" : " or ") + std::string(name_of(dtype));
  }
  rule.refuse("input " + to_text(std::int64_t{input}), "has the wrong type", expected, std::string(name_of(got)),
              got == DType::string ? "Strings are moved and compared, not calculated with." : "Convert it with cast.");
}

void expect_same_type(ShapeRule& rule, int first, int second) {
  const DType want = rule.input(first).dtype, got = rule.input(second).dtype;
  if (want == got) return;
  rule.refuse("input " + to_text(std::int64_t{second}), "has another type than input " + to_text(std::int64_t{first}),
              std::string(name_of(want)), std::string(name_of(got)), "Convert it with cast.");
}

std::vector<Sample> unary_samples() {
  return {{.inputs = {floats({})}, .attrs = {}},
          {.inputs = {floats({1})}, .attrs = {}},
          {.inputs = {floats({13})}, .attrs = {}},
          {.inputs = {floats({0, 3})}, .attrs = {}},
          {.inputs = {floats({2, 7, 19})}, .attrs = {}}};
}

std::vector<Sample> binary_samples() {
  return {{.inputs = {floats({}), floats({})}, .attrs = {}},
          {.inputs = {floats({13}), floats({13})}, .attrs = {}},
          {.inputs = {floats({5, 17}), floats({17})}, .attrs = {}},
          {.inputs = {floats({5, 17}), floats({5, 1})}, .attrs = {}},
          {.inputs = {floats({1, 3}), floats({4, 1})}, .attrs = {}},
          {.inputs = {floats({}), floats({2, 3, 4})}, .attrs = {}},
          {.inputs = {floats({0, 3}), floats({3})}, .attrs = {}}};
}

std::vector<Sample> between(std::vector<Sample> samples, double low, double high) {
  for (Sample& sample : samples) sample.low = low, sample.high = high;
  return samples;
}

std::vector<Sample> also(std::vector<Sample> samples, unsigned types) {
  const std::vector<Sample> originals(samples.begin(),
                                      samples.begin() + std::min<std::ptrdiff_t>(4, std::ssize(samples)));
  for (const auto& [flag, dtype] : kTypes) {
    if ((types & flag) == 0 || dtype == DType::float32) continue;
    for (Sample sample : originals) {
      for (Spec& spec : sample.inputs) spec.dtype = dtype;
      if (dtype == DType::int32) sample.low = -9, sample.high = 9;
      samples.push_back(std::move(sample));
    }
  }
  return samples;
}

void expect_length(const ShapeRule& rule, std::string_view argument, const Integers& list) {
  const auto rank = static_cast<std::size_t>(rule.input(0).shape.rank());
  if (list.size() == rank) return;
  rule.refuse(argument, "has the wrong length", to_text(static_cast<std::int64_t>(rank)),
              to_text(static_cast<std::int64_t>(list.size())), "Give one number for each axis.");
}

}  // namespace vitrine::ops
