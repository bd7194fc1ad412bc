// Shape rules, samples and short forms of entries that several op families share.
#pragma once

#include "engine/tensor/op.h"

namespace vitrine::ops {

inline constexpr std::string_view kNoShaderYet = "its shader waits for the first plan that needs it";
inline constexpr std::string_view kNoComplexShaders = "shaders know no complex numbers";

// Which types of numbers an op takes.
inline constexpr unsigned kFloat = 1, kInteger = 2, kTruth = 4, kComplexNumber = 8, kText = 16;
inline constexpr unsigned kNumber = kFloat | kInteger, kAnyNumber = kNumber | kComplexNumber,
                          kAnyType = kAnyNumber | kTruth, kComparable = kAnyType | kText;
void expect_types(ShapeRule& rule, int input, unsigned types);
void expect_same_type(ShapeRule& rule, int first, int second);

template <unsigned types>
void unary_shape(ShapeRule& rule) {  // the output like the input
  expect_types(rule, 0, types);
  rule.output(rule.input(0));
}
template <unsigned types>
void binary_shape(ShapeRule& rule) {  // two inputs of one type, the output as they broadcast
  expect_types(rule, 0, types);
  expect_same_type(rule, 0, 1);
  rule.output({rule.input(0).dtype, broadcast_shapes(rule.op(), rule.input(0).shape, rule.input(1).shape)});
}
template <unsigned types>
void comparison_shape(ShapeRule& rule) {  // the same with truths for an answer
  expect_types(rule, 0, types);
  expect_same_type(rule, 0, 1);
  rule.output({DType::boolean, broadcast_shapes(rule.op(), rule.input(0).shape, rule.input(1).shape)});
}
inline void same_shape(ShapeRule& rule) {
  unary_shape<kFloat>(rule);
}
inline void broadcast2(ShapeRule& rule) {
  binary_shape<kFloat>(rule);
}

std::vector<Sample> unary_samples();   // scalar, odd sizes, zero size
std::vector<Sample> binary_samples();  // the same, and broadcasting both ways
std::vector<Sample> between(std::vector<Sample> samples, double low, double high);
std::vector<Sample> also(std::vector<Sample> samples, unsigned types);  // the first few once more in these types

// The same with numbers from low to high, in hundredths: away from kinks and poles, where no finite difference is
// right.
template <int low, int high>
std::vector<Sample> unary_between() {
  return between(unary_samples(), low / 100.0, high / 100.0);
}
template <int low, int high>
std::vector<Sample> binary_between() {
  return between(binary_samples(), low / 100.0, high / 100.0);
}
// For ops that take several types.
template <unsigned types>
std::vector<Sample> unary_in_types() {
  return also(unary_samples(), types);
}
template <unsigned types>
std::vector<Sample> binary_in_types() {
  return also(binary_samples(), types);
}

// An elementwise op of one float.
constexpr Op unary_op(std::string_view name, std::string_view formula, Micro micro,
                      std::vector<Tensor> (*gradient)(const GradientCall&), std::vector<Sample> (*samples)()) {
  return {.name = name,
          .formula = formula,
          .attrs = {},
          .shape = same_shape,
          .gradient = {gradient, {}},
          .samples = samples,
          .micro = micro,
          .cpu_only = kNoShaderYet};
}

// One number for each axis of the first input.
void expect_length(const ShapeRule& rule, std::string_view argument, const Integers& list);

}  // namespace vitrine::ops
