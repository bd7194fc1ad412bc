// Shape rules and samples that several op families share.
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

Spec floats(std::initializer_list<std::int64_t> extents) {
  return {DType::float32, Shape(extents)};
}

}  // namespace

void same_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::float32);
  rule.output(rule.input(0));
}

void broadcast2(ShapeRule& rule) {
  rule.expect_dtype(0, DType::float32);
  rule.expect_dtype(1, DType::float32);
  rule.output({DType::float32, broadcast_shapes(rule.op(), rule.input(0).shape, rule.input(1).shape)});
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

}  // namespace vitrine::ops
